using System.Net;
using FundPool.Application.DueDates;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.DueDates;

public sealed class DeadlinePagesTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPortal desk = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        desk = TestPortal.Over(portal.Database, portal.Clock);
    }

    public async Task DisposeAsync()
    {
        await desk.DisposeAsync();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task Deadlines_OfTheBank_SayWhoUntilWhenAndWhatFollows()
    {
        await desk.ClaimAsync("B001", ClaimState.Planned);
        using Visitor maker = await portal.SignedInAsync(await portal.AddAsync("B001", "maker", Role.Maker));

        Page page = await maker.GetAsync("/deadlines");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("提交拨款资料");
        page.Text.ShouldContain("还剩 2 天");
        page.Text.ShouldContain("逾期：拨款顺延，提醒银行总行");
        page.Text.ShouldContain("2026年第1季度");
    }

    [Fact]
    public async Task Deadlines_OfOneKindAndBand_ShowTheseAlone()
    {
        await desk.ClaimAsync("B001", ClaimState.Planned);
        await desk.ClaimAsync("B001", ClaimState.Submitted);
        using Visitor officer = await portal.SignedInAsync(await portal.AddAsync("GXT", "officer", Role.Officer));

        string review = (await officer.GetAsync("/deadlines?code=review")).Text, soon = (await officer.GetAsync("/deadlines?band=FiveDays")).Text;

        review.ShouldNotContain("逾期：拨款顺延");
        review.ShouldContain("逾期：列入超期清单");
        soon.ShouldContain("逾期：拨款顺延");
        soon.ShouldNotContain("逾期：列入超期清单");
    }

    [Fact]
    public async Task Missed_AfterTheJob_StandsInTheHistory()
    {
        await desk.ClaimAsync("B001", ClaimState.Planned);
        portal.Clock.Advance(TimeSpan.FromDays(5));
        await new RemindOfDeadlines(portal.Database.App, desk.Rules).RunAsync(CancellationToken.None);
        using Visitor treasurer = await portal.SignedInAsync(await portal.AddAsync("JRZX", "officer", Role.Officer));

        string page = (await treasurer.GetAsync("/deadlines?missed=true")).Text;

        page.ShouldContain("提交拨款资料");
        page.ShouldContain("2026-03-20");
    }

    [Fact]
    public async Task Returned_ForTheReviewer_CountsByAge()
    {
        await desk.ClaimAsync("B001", ClaimState.Returned);
        portal.Clock.Advance(TimeSpan.FromDays(20));
        using Visitor chief = await portal.SignedInAsync(await portal.AddAsync("GXT", "chief", Role.Chief));

        string page = (await chief.GetAsync("/deadlines/returned")).Text;

        page.ShouldContain("等待银行补正");
        page.ShouldContain("甲银行深圳分行");
        page.ShouldContain("<td data-label=\"已过天数\" class=\"number\">22</td>");
    }
}
