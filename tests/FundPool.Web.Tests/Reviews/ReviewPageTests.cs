using System.Net;
using System.Text.RegularExpressions;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Reviews;

public sealed class ReviewPageTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPortal useCases = null!;
    private Visitor officer = null!;
    private Visitor chief = null!;
    private ClaimKey key = null!;

    private string Page => $"/reviews/{key.Bank}/{key.Id}";

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        useCases = TestPortal.Over(portal.Database, portal.Clock);
        officer = await portal.SignedInAsync(await portal.AddAsync("GXT", "officer", Role.Officer));
        chief = await portal.SignedInAsync(await portal.AddAsync("GXT", "chief", Role.Chief));
        key = await useCases.ClaimAsync("B001", ClaimState.Submitted, ("borrower_name", "深圳市晨光精密有限公司"), ("qualifications", "high_tech"));
    }

    public async Task DisposeAsync()
    {
        officer.Dispose();
        chief.Dispose();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task Inbox_ShowsTheClaimToTheOfficer_AndNothingToABank()
    {
        Page list = await officer.GetAsync("/reviews");
        using Visitor maker = await portal.SignedInAsync(await portal.AddAsync("B001", "maker", Role.Maker));

        list.Text.ShouldContain("深圳市晨光精密有限公司");
        list.Text.ShouldContain("剩 19 个工作日");
        list.Text.ShouldContain("450,000.00");
        (await maker.GetAsync("/reviews")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await maker.GetAsync(Page)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await chief.GetAsync("/reviews")).Text.ShouldContain("没有待办的申请");
    }

    [Fact]
    public async Task Page_HasEveryStepToMark_AndKeepsWhatIsTypedAfterANo()
    {
        Page page = await officer.GetAsync(Page);
        Page again = await officer.PostAsync(Page, Form(page, ("Proposal", "approve"), ("Opinion", ""), ("Marks[0].Note", "办法有效期内"), ("Deductions[0].Amount", "100.00")));

        page.Text.ShouldContain("name=\"Marks[21].Verdict\"");
        page.Text.ShouldContain("<strong class=\"ms-auto\">450,000.00</strong>");
        again.Status.ShouldBe(HttpStatusCode.BadRequest);
        again.Text.ShouldContain("请写明初审意见，1000 字以内");
        again.Text.ShouldContain("value=\"办法有效期内\"");
        again.Text.ShouldContain("value=\"100.00\"");
    }

    [Fact]
    public async Task Deduction_WithoutAReason_StandsAtItsField()
    {
        Page page = await officer.GetAsync(Page);

        Page again = await officer.PostAsync(Page, Form(page, ("Proposal", "approve"), ("Opinion", "部分通过"), ("Deductions[0].Amount", "100.00")));

        again.Status.ShouldBe(HttpStatusCode.BadRequest);
        again.Text.ShouldContain("href=\"#Deductions_0__Reason\"");
    }

    [Fact]
    public async Task Figure_OfFindings_FillsTheLinesToTheFen()
    {
        Page page = await officer.GetAsync(Page);

        Page figured = await officer.PostAsync(Page, Form(page, ("FoundPrincipal", "800,000.00"), ("NoQualification", "true")), Page + "/figure");

        figured.Status.ShouldBe(HttpStatusCode.OK);
        // 900,000 × 50 % = 450,000; 800,000 × 50 % = 400,000; 800,000 × 40 % = 320,000.
        figured.Text.ShouldContain("value=\"50,000.00\"");
        figured.Text.ShouldContain("value=\"80,000.00\"");
        figured.Text.ShouldContain("核定本金余额 800,000.00 元");
        figured.Text.ShouldContain("叁拾贰万元整");
        (await officer.PostAsync(Page, Form(page), Page + "/figure")).Text.ShouldContain("请先填写核定的本金余额");
    }

    [Fact]
    public async Task OfficerProposesInPart_ChiefConsents_AndItIsApproved()
    {
        Page page = await officer.GetAsync(Page);
        Page proposed = await officer.PostAsync(Page, Form(page, ("Proposal", "approve"), ("Opinion", "核减后通过"), Confirmed(page, "purpose"), ("Deductions[0].Amount", "50,000.00"), ("Deductions[0].Reason", "还款明细余额较低")));
        Page decision = await chief.GetAsync(Page);
        string review = Regex.Match(decision.Text, "name=\"Review\" value=\"(\\d+)\"").Groups[1].Value;

        Page empty = await chief.PostAsync(Page, [("Review", review), ("Consent", "false")], Page + "/decide");
        Page done = await chief.PostAsync(Page, [("Review", review), ("Consent", "true"), ("ChiefOpinion", "同意")], Page + "/decide");

        proposed.Location.ShouldBe("/reviews");
        decision.Text.ShouldContain("肆拾万元整");
        decision.Text.ShouldContain("核减：核定的本金余额低于申报");
        empty.Status.ShouldBe(HttpStatusCode.BadRequest);
        empty.Text.ShouldContain("退回初审时请写明意见");
        done.Location.ShouldBe("/reviews?tray=Chief");
        (await portal.Database.ScalarAsync<long>("select approved_fen from compensation.claim where id = $1", key.Id)).ShouldBe(40_000_000L);
        (await officer.GetAsync(Page)).Text.ShouldContain("已审定");
        using Visitor maker = await portal.SignedInAsync(await portal.AddAsync("B001", "maker", Role.Maker));
        Page claim = await maker.GetAsync($"/claims/{key.Bank}/{key.Id}");
        claim.Text.ShouldContain("核减：核定的本金余额低于申报");
        claim.Text.ShouldNotContain("打开审核");
        (await officer.GetAsync($"/claims/{key.Bank}/{key.Id}")).Text.ShouldContain($"href=\"{Page}\"");
    }

    [Fact]
    public async Task Return_ListsWhatIsMissingByMaterial()
    {
        Page page = await officer.GetAsync(Page);
        Page proposed = await officer.PostAsync(Page, Form(page, ("Proposal", "return"), ("Opinion", "退回补正"), ("Lacks[1].Code", "missing"), ("Lacks[1].Note", "缺担保合同")));

        proposed.Location.ShouldBe("/reviews");
        (await chief.GetAsync(Page)).Text.ShouldContain("补正：贷款合同");
    }

    [Fact]
    public async Task Draft_IsThereAgain()
    {
        Page page = await officer.GetAsync(Page);
        Page kept = await officer.PostAsync(Page, [.. Form(page, ("Opinion", "写到一半")), ("draft_version", "0")], Page + "/draft");
        Page stale = await officer.PostAsync(Page, [.. Form(page, ("Opinion", "另一窗口")), ("draft_version", "0")], Page + "/draft");

        kept.Text.ShouldBe("{\"version\":1}");
        stale.Status.ShouldBe(HttpStatusCode.Conflict);
        (await officer.GetAsync(Page)).Text.ShouldContain("写到一半");
    }

    [Fact]
    public async Task ManyAtOnce_SaysWhatWasDoneAndWhatWasLeft()
    {
        ClaimKey second = await useCases.ClaimAsync("B002", ClaimState.Submitted);

        Page done = await officer.PostAsync("/reviews", [("Claims", $"{key.Bank}/{key.Id}"), ("Claims", $"{second.Bank}/{second.Id}"), ("Claims", "nonsense"), ("Opinion", "批量核对")], "/reviews/propose");
        Page none = await officer.PostAsync("/reviews", [("Opinion", "批量核对")], "/reviews/propose");

        // The test's loans are all one borrower's, so that each asks for a look.
        done.Text.ShouldContain("同一借款人另有补偿申请，请打开核对");
        none.Location.ShouldBe("/reviews?tray=Officer");
    }

    /// <summary>The page's form as a browser sends it: every line with its code.</summary>
    private static (string Name, string Value) Confirmed(Page page, string code) =>
        ($"Marks[{Regex.Match(page.Text, $"name=\"Marks\\[(\\d+)\\]\\.Code\" value=\"{code}\"").Groups[1].Value}].Verdict", "confirmed");

    private static List<(string Name, string Value)> Form(Page page, params (string Name, string Value)[] typed) =>
    [
        .. Regex.Matches(page.Text, "type=\"hidden\" name=\"((?:Marks|Deductions|Grounds|Lacks)\\[\\d+\\]\\.\\w+|Version)\" value=\"([^\"]*)\"").Select(m => (m.Groups[1].Value, m.Groups[2].Value)),
        .. typed,
    ];
}
