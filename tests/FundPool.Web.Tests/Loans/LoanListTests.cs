using System.Net;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Loans;

public sealed class LoanListTests : IAsyncLifetime
{
    private LoanDesk desk = null!;
    private Visitor maker = null!;

    public async Task InitializeAsync()
    {
        desk = await LoanDesk.OpenAsync();
        maker = await desk.Portal.SignedInAsync(desk.Maker);
        await LoanDesk.RegisterAsync(maker);
        await LoanDesk.RegisterAsync(maker, ("NoteNo", "JJ-2026-0002"), ("BorrowerName", "深圳市前海蓝海智能股份有限公司"), ("LoanDate", "2026-02-01"), ("Principal", "2,000,000.00"), ("Branch", "前海支行"));
    }

    public async Task DisposeAsync()
    {
        maker.Dispose();
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task ListLoans_OwnBank_ShowsLoansWithTotals()
    {
        Page page = await maker.GetAsync("/loans");

        page.Text.ShouldContain("JJ-2026-0001");
        page.Text.ShouldContain("JJ-2026-0002");
        page.Text.ShouldContain("<strong>2</strong>");
        page.Text.ShouldContain("6,500,000.00");
    }

    [Fact]
    public async Task ListLoans_AnotherBank_SeesNoneOfThem()
    {
        using Visitor other = await desk.Portal.SignedInAsync(desk.OtherBank);

        Page page = await other.GetAsync($"/loans?bank={desk.Bank}");

        page.Text.ShouldNotContain("JJ-2026-000");
    }

    [Theory]
    [InlineData("q=蓝海", "JJ-2026-0002", "JJ-2026-0001")]
    [InlineData("q=jj-2026-0001", "JJ-2026-0001", "JJ-2026-0002")]
    [InlineData("min=3,000,000", "JJ-2026-0001", "JJ-2026-0002")]
    [InlineData("branch=前海", "JJ-2026-0002", "JJ-2026-0001")]
    public async Task ListLoans_Narrowed_ShowsWhatFits(string query, string there, string notThere)
    {
        Page page = await maker.GetAsync($"/loans?{query}");

        page.Text.ShouldContain($">{there}<");
        page.Text.ShouldNotContain($">{notThere}<");
    }

    [Theory]
    [InlineData("nplOnly=true")]
    [InlineData("quarter=20254")]
    [InlineData("riskClass=loss")]
    [InlineData("library=closed")]
    [InlineData("due=claim")]
    public async Task ListLoans_NothingFits_SaysWhatToDo(string query)
    {
        Page page = await maker.GetAsync($"/loans?{query}");

        page.Text.ShouldContain("没有符合条件的贷款");
        page.Text.ShouldContain("清除全部条件");
    }

    [Theory]
    [InlineData("-principal", "JJ-2026-0001", "JJ-2026-0002")]
    [InlineData("principal", "JJ-2026-0002", "JJ-2026-0001")]
    [InlineData("loan_date", "JJ-2026-0002", "JJ-2026-0001")]
    public async Task ListLoans_Sorted_StandsInThatOrder(string sort, string first, string second)
    {
        Page page = await maker.GetAsync($"/loans?sort={sort}");

        page.Text.IndexOf(first, StringComparison.Ordinal).ShouldBeLessThan(page.Text.IndexOf(second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListLoans_MoreThanAPage_GoesOnAndBack()
    {
        for (int i = 0; i < 50; i++)
        {
            await LoanDesk.RegisterAsync(maker, ("NoteNo", $"JJ-2026-1{i:000}"), ("LoanDate", "2026-01-15"));
        }

        Page first = await maker.GetAsync("/loans");
        Page second = await maker.GetAsync("/loans" + first.Between("href=\"/loans?after=", "\"").Insert(0, "?after="));
        Page back = await maker.GetAsync("/loans" + second.Between("href=\"/loans?before=", "\"").Insert(0, "?before="));

        first.Text.ShouldContain("本页 50 笔");
        second.Text.ShouldContain("本页 2 笔");
        back.Text.ShouldContain("本页 50 笔");
        back.Text.ShouldContain(">JJ-2026-0001<");
        back.Text.ShouldNotContain("href=\"/loans?before=");
    }

    [Fact]
    public async Task ListLoans_WhileTyping_AnswersTheTableAlone()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/loans?q=蓝海&quarter=&riskClass=");
        request.Headers.Add("HX-Request", "true");

        Page page = await maker.SendAsync(request);

        page.Text.ShouldNotContain("<html");
        page.Text.ShouldContain("JJ-2026-0002");
        page.Headers["HX-Push-Url"].ShouldBe("/loans?q=%E8%93%9D%E6%B5%B7");
    }

    [Fact]
    public async Task ExportLoans_Filtered_IsAWorkbookWithAnUnusedName()
    {
        Page file = await maker.GetAsync("/loans/export?q=蓝海");

        file.Status.ShouldBe(HttpStatusCode.OK);
        file.Headers["Content-Type"].ShouldBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        file.Headers["Content-Disposition"].ShouldContain("filename*=UTF-8''%E8%B4%B7%E6%AC%BE%E9%A1%B9%E7%9B%AE%E5%BA%93_20260318_090000.xlsx");
    }

    [Fact]
    public async Task ListLoans_ReviewerAndAuditor_SeeAllBanksAndNoOwnersName()
    {
        await LoanDesk.RegisterFormAsync(maker, [.. LoanDesk.OwnersForm().Where(field => field.Name != "NoteNo"), ("NoteNo", "JJ-2026-0003")]);

        foreach (TestPerson who in new[] { desk.Reviewer, desk.Auditor })
        {
            using Visitor visitor = await desk.Portal.SignedInAsync(who);
            Page page = await visitor.GetAsync("/loans");
            page.Text.ShouldContain("甲银行深圳分行");
            page.Text.ShouldContain("JJ-2026-0003");
            page.Text.ShouldContain("欧阳*");
            page.Text.ShouldNotContain("欧阳建国");
            page.Text.ShouldNotContain("11010519491231002X");
        }

        (await maker.GetAsync("/loans")).Text.ShouldContain("欧阳建国");
    }

    [Fact]
    public async Task SaveView_Shared_IsThereForColleaguesOnly()
    {
        await maker.PostAsync("/loans/views", [("Name", "前海大额"), ("Query", "?branch=前海&min=1000000&after=x"), ("Shared", "true")]);
        using Visitor colleague = await desk.Portal.SignedInAsync(desk.Checker);
        using Visitor other = await desk.Portal.SignedInAsync(desk.OtherBank);

        Page shown = await colleague.GetAsync("/loans/views");

        shown.Text.ShouldContain("前海大额");
        shown.Text.ShouldContain("min=1000000\"");
        shown.Text.ShouldNotContain("/drop");
        (await other.GetAsync("/loans/views")).Text.ShouldNotContain("前海大额");
    }

    [Fact]
    public async Task SaveView_WithoutAName_KeepsTheFilter()
    {
        Page page = await maker.PostAsync("/loans/views", [("Query", "?branch=前海")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("请给视图起一个名字");
        page.Text.ShouldContain("value=\"?branch=前海\"");
    }
}
