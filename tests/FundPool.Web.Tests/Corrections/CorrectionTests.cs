using System.Net;
using System.Text.RegularExpressions;
using FundPool.Web.Tests.Loans;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Corrections;

public sealed class CorrectionTests : IAsyncLifetime
{
    private LoanDesk desk = null!;
    private Visitor maker = null!;
    private Visitor reviewer = null!;
    private string loan = "";

    public async Task InitializeAsync()
    {
        desk = await LoanDesk.OpenAsync();
        loan = await desk.RegisterAsync();
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 5, 6, 1, 0, 0, TimeSpan.Zero));
        maker = await desk.Portal.SignedInAsync(desk.Maker);
        reviewer = await desk.Portal.SignedInAsync(desk.Reviewer);
    }

    public async Task DisposeAsync()
    {
        maker.Dispose();
        reviewer.Dispose();
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task ProposeCorrection_Checked_ShowsOldAndNewAndTheNewShare()
    {
        Page check = await maker.PostAsync($"{loan}/correct", Correction(("TotalBalance", "5,800,000.00")));

        check.Status.ShouldBe(HttpStatusCode.OK);
        check.Text.ShouldContain("<del>4,800,000.00</del>");
        check.Text.ShouldContain("<strong>5,800,000.00</strong>");
        check.Text.ShouldContain("原为 40%");
    }

    [Fact]
    public async Task ProposeCorrection_WithoutReason_StandsAtTheField()
    {
        Page page = await maker.PostAsync($"{loan}/correct", [.. LoanDesk.Form(("Branch", "南山支行")), ("Version", "1")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("href=\"#Reason\"");
    }

    [Fact]
    public async Task ProposeCorrection_NothingChanged_SaysSo()
    {
        Page page = await maker.PostAsync($"{loan}/correct", Correction());

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("没有任何字段被修改");
    }

    [Fact]
    public async Task DecideCorrection_Consent_ChangesTheLoanAndItsShare()
    {
        string correction = await ProposeAsync(("TotalBalance", "5,800,000.00"));

        Page queue = await reviewer.GetAsync("/corrections");
        Page decided = await reviewer.PostAsync(correction, [("Consent", "true"), ("Opinion", "与借据影像一致")]);

        queue.Text.ShouldContain("甲银行深圳分行");
        decided.Location.ShouldBe("/corrections");
        Page shown = await maker.GetAsync(loan);
        shown.Text.ShouldContain("5,800,000.00");
        shown.Text.ShouldContain("同意更正");
        shown.Text.ShouldContain("<ins>30%</ins>");
    }

    [Fact]
    public async Task DecideCorrection_RefusalWithoutReason_StandsAtTheOpinion()
    {
        string correction = await ProposeAsync(("Branch", "南山支行"));

        Page without = await reviewer.PostAsync(correction, [("Consent", "false")]);
        Page with = await reviewer.PostAsync(correction, [("Consent", "false"), ("Opinion", "缺少经办机构证明")]);

        without.Status.ShouldBe(HttpStatusCode.BadRequest);
        without.Text.ShouldContain("href=\"#Opinion\"");
        with.Location.ShouldBe("/corrections");
        (await maker.GetAsync(correction)).Text.ShouldContain("缺少经办机构证明");
        (await maker.GetAsync(loan)).Text.ShouldNotContain("<ins>南山支行</ins></td></tr></tbody></table></li><li class=\"event event-good\"");
    }

    [Fact]
    public async Task DecideCorrection_Ineligible_WarnsThatTheLoanIsStruckOut()
    {
        string correction = await ProposeAsync(("Industry", "K7010"));

        (await reviewer.GetAsync(correction)).Text.ShouldContain("同意后该笔贷款将从贷款项目库剔除");
        await reviewer.PostAsync(correction, [("Consent", "true")]);

        (await maker.GetAsync(loan)).Text.ShouldContain("已剔除");
    }

    [Fact]
    public async Task WithdrawCorrection_Waiting_LeavesTheLoanAsItWas()
    {
        string correction = await ProposeAsync(("Branch", "南山支行"));

        Page withdrawn = await maker.PostAsync(correction, [], $"{correction}/withdraw");
        Page decided = await reviewer.PostAsync(correction, [("Consent", "true")], correction);

        withdrawn.Location.ShouldBe(loan);
        decided.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        decided.Text.ShouldContain("该项更正已处理");
    }

    [Fact]
    public async Task Corrections_OfAnotherBank_AreNotFound()
    {
        string correction = await ProposeAsync(("Branch", "南山支行"));
        using Visitor other = await desk.Portal.SignedInAsync(desk.OtherBank);

        (await other.GetAsync(correction)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync("/corrections?all=true")).Text.ShouldNotContain("JJ-2026-0001");
        (await other.PostAsync("/loans", [], $"{correction}/withdraw")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await maker.PostAsync("/loans", [("Consent", "true")], correction)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static (string Name, string Value)[] Correction(params (string, string?)[] changed) =>
        [.. LoanDesk.Form(changed), ("Version", "1"), ("Reason", "原登记有误，附借据影像")];

    private async Task<string> ProposeAsync(params (string, string?)[] changed)
    {
        Page done = await maker.PostAsync($"{loan}/correct", Correction(changed), $"{loan}/correct/confirm");
        done.Location.ShouldBe(loan);
        return Regex.Match((await maker.GetAsync(loan)).Text, "/corrections/\\d+/\\d+").Value;
    }
}
