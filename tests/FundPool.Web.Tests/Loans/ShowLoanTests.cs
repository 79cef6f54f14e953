using System.Net;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Loans;

public sealed class ShowLoanTests : IAsyncLifetime
{
    private LoanDesk desk = null!;
    private Visitor maker = null!;

    public async Task InitializeAsync()
    {
        desk = await LoanDesk.OpenAsync();
        maker = await desk.Portal.SignedInAsync(desk.Maker);
    }

    public async Task DisposeAsync()
    {
        maker.Dispose();
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task ShowLoan_Enterprise_ExplainsTheRulingByArticle()
    {
        string loan = await LoanDesk.RegisterAsync(maker, ("Qualifications", "high_tech"));

        Page page = await maker.GetAsync(loan);

        page.Text.ShouldContain("第19条第(1)项");
        page.Text.ShouldContain("借据日期当日具有资质（国家高新技术企业），提高10%");
        page.Text.ShouldContain("2,250,000.00");
        page.Text.ShouldContain("2026-04-22");
    }

    [Fact]
    public async Task ShowLoan_OwnersNumber_IsMaskedForEverybody()
    {
        string loan = await LoanDesk.RegisterFormAsync(maker, LoanDesk.OwnersForm());
        using Visitor reviewer = await desk.Portal.SignedInAsync(desk.Reviewer);

        Page own = await maker.GetAsync(loan);
        Page reviewers = await reviewer.GetAsync(loan);

        own.Text.ShouldContain("110105********002X");
        own.Text.ShouldNotContain("11010519491231002X");
        own.Text.ShouldContain("欧阳建国");
        reviewers.Text.ShouldNotContain("欧阳建国");
    }

    [Fact]
    public async Task UnmaskBorrower_WithAReason_ShowsTheNumberAndIsWrittenDown()
    {
        string loan = await LoanDesk.RegisterFormAsync(maker, LoanDesk.OwnersForm());
        using Visitor reviewer = await desk.Portal.SignedInAsync(desk.Reviewer);

        Page without = await reviewer.PostAsync($"{loan}/unmask", [("reason", "看")]);
        Page with = await reviewer.PostAsync($"{loan}/unmask", [("reason", "核对授信材料")]);

        without.Status.ShouldBe(HttpStatusCode.BadRequest);
        without.Text.ShouldNotContain("11010519491231002X");
        with.Text.ShouldContain("11010519491231002X");
        (await reviewer.GetAsync(loan)).Text.ShouldContain("核对授信材料");
    }

    [Fact]
    public async Task UnmaskBorrower_ByTheAuditor_IsDenied()
    {
        string loan = await LoanDesk.RegisterFormAsync(maker, LoanDesk.OwnersForm());
        using Visitor auditor = await desk.Portal.SignedInAsync(desk.Auditor);

        (await auditor.GetAsync(loan)).Text.ShouldNotContain("/unmask");
        (await auditor.GetAsync($"{loan}/unmask")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task ReportClassification_Look_ShowsTheEffectAndKeepsNothing()
    {
        string loan = await LoanDesk.RegisterAsync(maker);

        Page effect = await maker.PostAsync($"{loan}/classify", [("RiskClass", "substandard"), ("ValueDate", "2026-03-17"), ("Outstanding", "4,400,000.00"), ("OverdueDays", "91")]);

        effect.Status.ShouldBe(HttpStatusCode.OK);
        effect.Text.ShouldContain("100.00%");
        effect.Text.ShouldContain("本行状态将由“正常”变为“暂停补偿审核”");
        (await maker.GetAsync(loan)).Text.ShouldContain("登记后还没有报告过分类");
    }

    [Fact]
    public async Task ReportClassification_Kept_SetsTheClaimDeadline()
    {
        string loan = await LoanDesk.RegisterAsync(maker);

        Page kept = await maker.PostAsync($"{loan}/classify", [("RiskClass", "substandard"), ("ValueDate", "2026-03-17"), ("Outstanding", "4,400,000.00"), ("Step", "Keep")]);

        kept.Location.ShouldBe(loan);
        Page page = await maker.GetAsync(loan);
        page.Text.ShouldContain("不良自 2026-03-17 起");
        page.Text.ShouldContain("2026-06-17");
        (await maker.GetAsync("/loans?nplOnly=true")).Text.ShouldContain("2026-06-17");
    }

    [Theory]
    [InlineData("ValueDate", "2026-03-09", "认定日期早于借据日期")]
    [InlineData("ValueDate", "2026-03-19", "认定日期晚于今天")]
    [InlineData("Outstanding", "4,500,000.01", "本金余额大于贷款金额")]
    [InlineData("Outstanding", "1.005", "金额最多两位小数")]
    [InlineData("RiskClass", "", "请选择五级分类")]
    public async Task ReportClassification_BadInput_StandsAtTheField(string field, string value, string says)
    {
        string loan = await LoanDesk.RegisterAsync(maker);
        Dictionary<string, string> form = new() { ["RiskClass"] = "doubtful", ["ValueDate"] = "2026-03-17", ["Outstanding"] = "100.00", [field] = value };

        Page page = await maker.PostAsync($"{loan}/classify", form.Select(pair => (pair.Key, pair.Value)));

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain($"href=\"#{field}\"");
        page.Text.ShouldContain(says);
    }
}
