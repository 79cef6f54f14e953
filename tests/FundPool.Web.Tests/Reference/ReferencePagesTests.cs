using System.Net;
using FundPool.Domain.Tenancy;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Reference;

public sealed class ReferencePagesTests : IAsyncLifetime
{
    private const string Notice = "https://www.gov.cn/zhengce/2026.htm";

    private Portal portal = null!;
    private Visitor visitor = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        visitor = await portal.SignedInAsync(await portal.AddAsync("PLATFORM", "root", Role.PlatformAdministrator));
    }

    public async Task DisposeAsync()
    {
        visitor.Dispose();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task CalendarYear_SoundRows_IsLoadedShownAndRemovedWithAReason()
    {
        Page added = await AddYearAsync("date,kind,name\n2031-01-01,holiday,元旦\n2031-01-04，上班，元旦\n2030-12-31,放假,元旦");

        added.Location.ShouldBe("/reference/calendar?year=2031");
        Page shown = await visitor.GetAsync(added.Location!);
        shown.Text.ShouldContain("放假 1 天，调休上班 1 天");
        shown.Text.ShouldContain("2030-12-31 放假");

        Page silent = await visitor.PostAsync("/reference/calendar/2031/remove", [("Reason", "")]);
        silent.Status.ShouldBe(HttpStatusCode.BadRequest);
        silent.Text.ShouldContain("请写明移除的理由，500 字以内");
        (await visitor.PostAsync("/reference/calendar/2031/remove", [("Reason", "日期录错")])).Status.ShouldBe(HttpStatusCode.Found);
        (await visitor.GetAsync("/reference/calendar?year=2031")).Text.ShouldContain("2031 年没有录入");
    }

    [Theory]
    [InlineData("2031-01-01,holiday", "第 1 行：“2031-01-01,holiday”应为三列：日期,类型,名称")]
    [InlineData("2031-02-30,holiday,元旦", "第 1 行：“2031-02-30”不是日期")]
    [InlineData("2031-01-01,off,元旦", "第 1 行：“off”应为 holiday（放假）或 workday（上班）")]
    [InlineData("2031-01-01,holiday,元旦\n2031-01-01,holiday,元旦", "第 2 行：2031-01-01 重复")]
    [InlineData("2032-01-01,holiday,元旦", "第 1 行：2032-01-01 不在 2031 年（或上年 12 月）")]
    [InlineData("2031-01-02,workday,元旦", "第 1 行：2031-01-02 不是周末，不需要列为上班日")]
    [InlineData("2031-01-04,workday,元旦", "没有 2031 年的放假日；请核对年份和内容")]
    public async Task CalendarYear_RowsWithAFault_ComeBackAsTyped(string rows, string says)
    {
        Page page = await AddYearAsync(rows);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain(says);
        page.Text.ShouldContain(rows.Split('\n')[0]);
        page.Text.ShouldContain(Notice);
    }

    [Fact]
    public async Task PrimeRate_Entered_StandsConfirmedAndCantBeEnteredTwice()
    {
        // The shipped rates end in September 2026.
        portal.Clock.Set(new DateTimeOffset(2026, 10, 21, 1, 0, 0, TimeSpan.Zero));
        visitor.Dispose();
        visitor = await portal.SignedInAsync(await portal.AddAsync("PLATFORM", "later", Role.PlatformAdministrator));
        (string, string)[] rate = [("PublishedOn", "2026-10-20"), ("OneYear", "3.00"), ("FiveYear", "3.50"), ("Source", Notice)];

        Page first = await visitor.PostAsync("/reference/rates/add", rate);
        Page second = await visitor.PostAsync("/reference/rates/add", rate);

        first.Location.ShouldBe("/reference/rates");
        second.Status.ShouldBe(HttpStatusCode.BadRequest);
        second.Text.ShouldContain("2026年10月的报价已录入；要更正请先移除");
        second.Text.ShouldContain("value=\"3.50\"");
        Page list = await visitor.GetAsync("/reference/rates");
        list.Text.ShouldContain("2026-10-20");
        list.Text.ShouldNotContain("贷款市场报价利率需要更新");
    }

    [Theory]
    [InlineData("2026-03-19", "3.00", "公布日期不能晚于今天")]
    [InlineData("2026-03-18", "30.5", "请填写 0 至 20 之间的百分数")]
    [InlineData("2026-03-18", "3.001", "请填写 0 至 20 之间的百分数")]
    public async Task PrimeRate_ThatCantBe_IsRefused(string day, string rate, string says)
    {
        Page page = await visitor.PostAsync("/reference/rates/add", [("PublishedOn", day), ("OneYear", rate), ("FiveYear", "3.50"), ("Source", Notice)]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain(says);
    }

    private Task<Page> AddYearAsync(string rows) =>
        visitor.PostAsync("/reference/calendar/add", [("Year", "2031"), ("Source", Notice), ("Rows", rows)]);
}
