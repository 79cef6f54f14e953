using System.Globalization;
using System.Net;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Compensation;

/// <summary>The claim's pages as the bank's people, the reviewer and others see them.</summary>
public sealed class ClaimPagesTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPortal cases = null!;
    private Visitor maker = null!;
    private Visitor checker = null!;
    private Visitor officer = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        cases = TestPortal.Over(portal.Database, portal.Clock);
        maker = await portal.SignedInAsync(await portal.AddAsync("B001", "maker", Role.Maker));
        checker = await portal.SignedInAsync(await portal.AddAsync("B001", "checker", Role.Checker));
        officer = await portal.SignedInAsync(await portal.AddAsync("GXT", "officer", Role.Officer));
    }

    public async Task DisposeAsync()
    {
        maker.Dispose();
        checker.Dispose();
        officer.Dispose();
        await cases.DisposeAsync();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task WholeWay_FromTheLoanToTheReviewer_InTheBrowsersSteps()
    {
        long loan = await cases.BadLoanAsync("B001");
        string bank = cases.Bank("B001").ToString(CultureInfo.InvariantCulture);
        (await maker.GetAsync($"/loans/{bank}/{loan}")).Text.ShouldContain("申请补偿");
        (await maker.GetAsync("/claims/awaiting")).Text.ShouldContain("B001-BAD-");

        string edit = (await maker.PostAsync("/claims/awaiting", [("loan", loan.ToString(CultureInfo.InvariantCulture))], "/claims/start")).Location!;
        Page form = await maker.GetAsync(edit);
        form.Text.ShouldContain("value=\"900,000.00\"");
        Page saved = await maker.PostAsync(edit, [("Version", "1"), ("RiskClass", "substandard"), ("NplDate", "2026-03-12"), ("CreditReportOn", "2026-03-13"),
            ("OutstandingPrincipal", "900,000.00"), ("NplPrincipal", "900,000.00"), ("Statement", "借款人停产，已起诉")]);
        string here = edit[..^"/edit".Length];
        saved.Location.ShouldBe(here + "/materials");
        Page check = await maker.GetAsync(here + "/check");
        check.Text.ShouldContain("缺少材料“借据”");
        check.Text.ShouldContain("叁拾陆万元整");

        ClaimKey ready = await cases.ClaimAsync("B001", ClaimState.Draft);
        string claim = $"/claims/{ready.Bank}/{ready.Id}";
        (await maker.PostAsync(claim + "/check", [], claim + "/send")).Location.ShouldBe(claim);
        Page shown = await checker.GetAsync(claim);
        shown.Text.ShouldContain("复核通过，提交管理机构");
        (await checker.PostAsync(claim, [("Opinion", "材料齐全"), ("Version", "2")], claim + "/submit")).Location.ShouldBe(claim);
        Page reviewed = await officer.GetAsync(claim);
        reviewed.Text.ShouldContain("材料齐全");
        reviewed.Text.ShouldContain("待初审");
        reviewed.Text.ShouldNotContain("summary-change");
        (await officer.GetAsync(claim + "/versions/1")).Text.ShouldContain("与提交时的裁定完全一致");
    }

    [Fact]
    public async Task ClaimFile_UploadedLookedAtAndConfirmed_MakesTheDrafts()
    {
        long loan = await cases.BadLoanAsync("B001");
        string note = (await cases.Database.ScalarAsync<string>("select note_no from loan.loan where id = $1", loan))!;
        (await maker.GetAsync("/claims/import/template")).Status.ShouldBe(HttpStatusCode.OK);
        (await maker.UploadAsync("/claims/import", "申请.csv", [])).Status.ShouldBe(HttpStatusCode.BadRequest);

        Page uploaded = await maker.UploadAsync("/claims/import", "申请.csv", System.Text.Encoding.UTF8.GetBytes($"借据编号,征信报告日期\n{note},2026-03-13\nNICHT-DA,2026-03-13\n"));

        string here = uploaded.Location.ShouldNotBeNull();
        Page shown = await maker.GetAsync(here);
        shown.Text.ShouldContain("360,000.00");
        shown.Text.ShouldContain("贷款项目库中没有本行借据“NICHT-DA”");
        (await maker.GetAsync(here + "/errors")).Status.ShouldBe(HttpStatusCode.OK);
        (await maker.PostAsync(here, [("shown", "of another day")])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        string digest = System.Text.RegularExpressions.Regex.Match(shown.Text, "name=\"shown\" value=\"([0-9a-f]{64})\"").Groups[1].Value;
        (await maker.PostAsync(here, [("shown", digest)])).Location.ShouldBe("/claims?group=draft");
        (await maker.GetAsync("/claims?group=draft")).Text.ShouldContain(note);
    }

    [Fact]
    public async Task SaveClaim_Nonsense_StandsAtItsFieldAndLosesNothing()
    {
        ClaimKey key = await cases.ClaimAsync("B001", ClaimState.Draft);

        Page page = await maker.PostAsync($"/claims/{key.Bank}/{key.Id}/edit", [("Version", "1"), ("RiskClass", "substandard"), ("NplDate", "昨天"), ("OutstandingPrincipal", "9,000,000.00"), ("Statement", "停产")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("href=\"#NplDate\"");
        page.Text.ShouldContain("href=\"#OutstandingPrincipal\"");
        page.Text.ShouldContain("value=\"昨天\"");
        page.Text.ShouldContain("停产</textarea>");
    }

    [Fact]
    public async Task RuleClaim_WhileTyping_SaysAmountInFiguresAndCapitals()
    {
        ClaimKey key = await cases.ClaimAsync("B001", ClaimState.Draft);

        Page panel = await maker.PostAsync($"/claims/{key.Bank}/{key.Id}/edit", [("RiskClass", "substandard"), ("NplDate", "2026-03-12"), ("CreditReportOn", "2026-03-13"), ("OutstandingPrincipal", "850000"), ("NplPrincipal", "900000")], $"/claims/{key.Bank}/{key.Id}/rule");

        panel.Text.ShouldContain("340,000.00");
        panel.Text.ShouldContain("叁拾肆万元整");
        panel.Text.ShouldContain("第19条第(2)项");
    }

    [Fact]
    public async Task Draft_LeftAndOpenedAgain_IsRestored_UntilTheClaimChanges()
    {
        ClaimKey key = await cases.ClaimAsync("B001", ClaimState.Draft);
        string edit = $"/claims/{key.Bank}/{key.Id}/edit";

        Page kept = await maker.PostAsync(edit, [("Version", "1"), ("Statement", "写到一半"), ("draft_version", "0")], $"/claims/{key.Bank}/{key.Id}/draft");

        kept.Status.ShouldBe(HttpStatusCode.OK);
        (await maker.GetAsync(edit)).Text.ShouldContain("写到一半");
        await portal.Database.ExecuteAsync("update compensation.claim set row_version = 2 where id = $1", key.Id);
        (await maker.GetAsync(edit)).Text.ShouldNotContain("写到一半");
    }

    [Fact]
    public async Task SubmitClaims_Several_TellsOfEach()
    {
        ClaimKey good = await cases.ClaimAsync("B001", ClaimState.Checking), stale = await cases.ClaimAsync("B001", ClaimState.Checking);
        await portal.Database.ExecuteAsync("update compensation.claim set credit_report_on = '2026-02-20' where id = $1", stale.Id);

        Page result = await checker.PostAsync("/claims?group=draft", [("ids", $"{good.Id}"), ("ids", $"{stale.Id}")], "/claims/submit");

        result.Text.ShouldContain("已提交 1 项，未提交 1 项");
        result.Text.ShouldContain("征信报告");
        (await portal.Database.ScalarAsync<string>("select state from compensation.claim where id = $1", good.Id)).ShouldBe("submitted");
    }

    [Fact]
    public async Task OpenMaterial_APdf_ShowsItselfAndMayDoNothing()
    {
        ClaimKey key = await cases.ClaimAsync("B001", ClaimState.Submitted);
        long file = await portal.Database.ScalarAsync<long>("select min(file_id) from compensation.material where claim_id = $1", key.Id);

        Page pdf = await officer.GetAsync($"/claims/{key.Bank}/{key.Id}/materials/{file}");

        pdf.Status.ShouldBe(HttpStatusCode.OK);
        pdf.Text.ShouldStartWith("%PDF");
    }

    [Fact]
    public async Task ShowClaim_InEveryState_OpensForEveryReader()
    {
        foreach (ClaimState state in Enum.GetValues<ClaimState>())
        {
            ClaimKey key = await cases.ClaimAsync("B001", state);
            foreach (Visitor visitor in (Visitor[])[maker, checker, officer])
            {
                Page page = await visitor.GetAsync($"/claims/{key.Bank}/{key.Id}");
                bool never = state is ClaimState.Draft or ClaimState.Checking or ClaimState.Withdrawn;
                page.Status.ShouldBe(visitor == officer && never ? HttpStatusCode.NotFound : HttpStatusCode.OK, state.ToString());
            }
        }

        (await officer.GetAsync("/claims")).Text.ShouldContain("已转入补偿库");
        (await maker.GetAsync("/claims?group=payment")).Text.ShouldContain("待拨付");
    }
}
