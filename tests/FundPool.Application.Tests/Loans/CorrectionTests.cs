using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Loans;

public sealed class CorrectionTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor maker = null!;
    private TestActor reviewer = null!;
    private long loan;

    private int Bank => portal.Bank("B001");

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
        reviewer = await portal.ReviewerAsync();
        loan = await portal.RegisterAsync(maker, "JJ-1");
        portal.Clock.Set(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.FromHours(8)));
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Proposal_ChangesNothing_BeforeTheConsent()
    {
        long correction = await ProposeAsync(("total_balance", "16000000.00"), ("branch", "福田支行"));

        Loan before = await LoanAsync();
        (before.Branch, before.ExpectedShareBp, before.Version).ShouldBe((null, 4000, 1));
        ListCorrections.Row row = (await portal.SendAsync(reviewer, new ListCorrections.Query(WaitingOnly: true))).ShouldHaveSingleItem();
        (row.Correction.Id, row.Correction.ShareBeforeBp, row.Correction.ShareAfterBp, row.BankName).ShouldBe((correction, 4000, 2000, "甲银行深圳分行"));
        CorrectionContent.ReadChanges(row.Correction.Changes).ShouldBe([new FieldChange("total_balance", "5000000.00", "16000000.00"), new FieldChange("branch", null, "福田支行")]);
    }

    [Fact]
    public async Task Consent_MakesTheChange_AndRulesAnew()
    {
        long correction = await ProposeAsync(("total_balance", "16000000.00"));

        (await DecideAsync(correction, consent: true)).Value.ShouldBe(loan);

        Loan after = await LoanAsync();
        (after.TotalBalanceFen, after.ExpectedShareBp, after.Version, after.Library).ShouldBe((1_600_000_000L, 2000, 2, "loan"));
        Correction kept = await CorrectionAsync();
        (kept.State, kept.DecidedBy, kept.DecidedByName).ShouldBe(("consented", (int?)reviewer.Person, reviewer.Acting.PersonName));
    }

    [Fact]
    public async Task Refusal_NeedsAnOpinion_AndChangesNothing()
    {
        long correction = await ProposeAsync(("branch", "甲"));

        (await DecideAsync(correction, consent: false)).Problems.ShouldHaveSingleItem().Message.Zh.ShouldBe("不同意时请写明理由");
        (await DecideAsync(correction, consent: false, "名单中查无该企业")).Succeeded.ShouldBeTrue();

        (await LoanAsync()).Branch.ShouldBeNull();
        (await CorrectionAsync()).State.ShouldBe("refused");
        (await DecideAsync(correction, consent: true)).Refusal!.Words.Zh.ShouldBe("该项更正已处理");
    }

    [Fact]
    public async Task Correction_ThatMakesTheLoanIneligible_StrikesItOut_AndItLeavesTheRatio()
    {
        long good = await RegisterInWindowAsync("JJ-2");
        long correction = await ProposeAsync(("industry", "K7010"));
        CorrectionContent.ReadFindings((await CorrectionAsync()).FindingsAfter).ShouldHaveSingleItem().Code.ShouldBe("industry");

        (await DecideAsync(correction, consent: true)).Succeeded.ShouldBeTrue();

        Loan struck = await LoanAsync();
        (struck.Library, struck.ExpectedShareBp).ShouldBe(("struck_out", 0));
        Application.Suspension.ShowStanding.Answer standing = (await portal.SendAsync(maker, new Application.Suspension.ShowStanding.Query(Bank))).Value;
        (standing.Figures.Loans, standing.Figures.Principal).ShouldBe((1L, new Money(450_000_000)));
        (await portal.SendAsync(maker, new ReportClassification.Command(loan, "loss", new DateOnly(2026, 5, 1), new Money(1), null, true))).Refusal!.Article.Code.ShouldBe("11(2)");
        good.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Proposer_EvenWithTheRight_CannotConsent()
    {
        long correction = await ProposeAsync(("branch", "甲"));
        // One person who may do both, in the pool's scope: neither the use case nor the database lets it through.
        TestActor both = reviewer with { Acting = reviewer.Acting with { Person = maker.Person } };

        Outcome<long> outcome = await portal.SendAsync(both, new DecideCorrection.Command(Bank, correction, true, null));
        outcome.Refusal!.Words.Zh.ShouldBe("提出更正的人不能同意自己的更正");
        PostgresException refused = await Should.ThrowAsync<PostgresException>(() => portal.Database.ExecuteAsync(reviewer.Acting,
            "update loan.correction set state = 'consented', decided_by = proposed_by, decided_by_name = 'x', decided_at = now() where id = $1", correction));

        refused.SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
        (await LoanAsync()).Branch.ShouldBeNull();
    }

    [Theory]
    [InlineData(OrganisationKind.Bank, "B001", Role.Maker)]
    [InlineData(OrganisationKind.Bank, "B001", Role.Checker)]
    [InlineData(OrganisationKind.Authority, "GXJ", Role.Chief)]
    [InlineData(OrganisationKind.Treasurer, "JRZX", Role.Chief)]
    [InlineData(OrganisationKind.Finance, "CZJ", Role.Officer)]
    [InlineData(OrganisationKind.Auditor, "SJJ", Role.Auditor)]
    [InlineData(OrganisationKind.Platform, "PLATFORM", Role.PlatformAdministrator)]
    [InlineData(OrganisationKind.Reviewer, "GXT", Role.OrganisationAdministrator)]
    public async Task EverybodyButTheReviewer_IsNotAllowedToConsent(OrganisationKind kind, string organisation, Role role)
    {
        long correction = await ProposeAsync(("branch", "甲"));
        TestActor other = await portal.PersonAsync(organisation, kind, role);

        await Should.ThrowAsync<PermissionDeniedException>(() => portal.SendAsync(other, new DecideCorrection.Command(Bank, correction, true, null)));
    }

    [Fact]
    public async Task TwoReviewers_DecidingAtOnce_DecideOnce()
    {
        long correction = await ProposeAsync(("branch", "甲"));
        TestActor second = await portal.ReviewerAsync();

        Outcome<long>[] outcomes = await Task.WhenAll(
            portal.SendAsync(reviewer, new DecideCorrection.Command(Bank, correction, true, null)), portal.SendAsync(second, new DecideCorrection.Command(Bank, correction, false, "不同意")));

        outcomes.Count(o => o.Succeeded).ShouldBe(1);
        outcomes.Count(o => o.Refusal is not null).ShouldBe(1);
    }

    [Fact]
    public async Task SecondProposal_WhileOneWaits_IsRefused_UntilItIsWithdrawn()
    {
        long first = await ProposeAsync(("branch", "甲"));

        (await SendProposalAsync("JJ-1", ("branch", "乙"))).Refusal!.Words.Zh.ShouldStartWith("该笔贷款已有一项更正待同意");
        (await portal.SendAsync(maker, new WithdrawCorrection.Command(first))).Value.ShouldBe(loan);
        (await SendProposalAsync("JJ-1", ("branch", "乙"))).Succeeded.ShouldBeTrue();
        (await DecideAsync(first, consent: true)).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task Proposal_ThatChangesNothing_OrWithoutAReason_OrOfAnOldVersion_IsSentBack()
    {
        (await SendProposalAsync("JJ-1")).Problems.ShouldHaveSingleItem().Message.Zh.ShouldBe("没有任何字段被修改");
        (await portal.SendAsync(maker, new ProposeCorrection.Command(loan, LoanRows.Sound("JJ-1", ("branch", "甲")), "", 1))).Problems.ShouldHaveSingleItem().Code.ShouldBe("required");
        (await portal.SendAsync(maker, new ProposeCorrection.Command(loan, LoanRows.Sound("JJ-1", ("branch", "甲")), "理由", 7))).Refusal!.Article.Code.ShouldBe("11(3)");
        (await SendProposalAsync("JJ-1", ("principal", "zehn"))).Problems.ShouldHaveSingleItem().Field.ShouldBe("principal");
    }

    [Fact]
    public async Task Consent_AfterAReportAboveTheNewAmount_IsRefusedInsteadOfFailing()
    {
        long correction = await ProposeAsync(("principal", "1000000.00"));
        (await portal.SendAsync(maker, new ReportClassification.Command(loan, "special_mention", new DateOnly(2026, 5, 1), new Money(400_000_000), null, true))).Succeeded.ShouldBeTrue();

        (await DecideAsync(correction, consent: true)).Refusal!.Words.Zh.ShouldStartWith("更正后的贷款金额小于其后报告的本金余额");
        (await DecideAsync(correction, consent: false, "请重新提出")).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Consent_ToANumberTakenSince_IsRefusedInsteadOfFailing()
    {
        long correction = await ProposeAsync("JJ-NEW");
        await RegisterInWindowAsync("JJ-NEW");

        (await DecideAsync(correction, consent: true)).Refusal!.Article.Code.ShouldBe("10(2)");
    }

    [Fact]
    public async Task Correction_OfAnotherBank_IsNotFound()
    {
        long correction = await ProposeAsync(("branch", "甲"));
        TestActor stranger = await portal.MakerAsync("B002");

        (await portal.SendAsync(stranger, new WithdrawCorrection.Command(correction))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(reviewer, new DecideCorrection.Command(portal.Bank("B002"), correction, true, null))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new ListCorrections.Query())).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ClaimState.Submitted, true)]
    [InlineData(ClaimState.Approved, false)]
    [InlineData(ClaimState.Paid, false)]
    public async Task Correction_OnceTheClaimWasDecidedOn_IsRefused(ClaimState state, bool taken)
    {
        ClaimKey claim = await portal.ClaimAsync("B001", state);
        Loan of = (await portal.SendAsync(maker, new ShowLoan.Query(claim.Bank, claim.Loan))).Value.Loan;

        Outcome<long> outcome = await portal.SendAsync(maker, new ProposeCorrection.Command(claim.Loan,
            LoanRows.Sound(of.NoteNo, ("loan_date", "2026-01-15"), ("principal", "900000.00"), ("total_balance", "16000000.00")), "登记有误", of.Version));

        outcome.Succeeded.ShouldBe(taken);
        (outcome.Refusal?.Words.Zh.Contains("已审定", StringComparison.Ordinal) ?? false).ShouldBe(!taken);
    }

    [Fact]
    public async Task Consent_ThatLowersThePrincipal_MovesTheSums()
    {
        long correction = await ProposeAsync(("principal", "1000000.00"));

        (await DecideAsync(correction, consent: true)).Succeeded.ShouldBeTrue();

        (await portal.Database.ScalarAsync<decimal>("select sum(principal_fen) from loan.summary")).ShouldBe(100_000_000m);
        (await Verification.VerifyDatabase.RunAsync(portal.Database.Owner, _ => { }, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    private Task<long> ProposeAsync(params (string, string?)[] changes) => ProposeAsync("JJ-1", changes);

    private async Task<long> ProposeAsync(string note, params (string, string?)[] changes) => (await SendProposalAsync(note, changes)).Value;

    private Task<Outcome<long>> SendProposalAsync(string note, params (string, string?)[] changes) =>
        portal.SendAsync(maker, new ProposeCorrection.Command(loan, LoanRows.Sound(note, [("contract_no", "HT-JJ-1"), .. changes]), "登记有误", 1));

    private Task<Outcome<long>> DecideAsync(long correction, bool consent, string? opinion = null) =>
        portal.SendAsync(reviewer, new DecideCorrection.Command(Bank, correction, consent, opinion));

    private async Task<Loan> LoanAsync() => (await portal.SendAsync(maker, new ShowLoan.Query(Bank, loan))).Value.Loan;

    private async Task<Correction> CorrectionAsync() => (await portal.SendAsync(maker, new ShowLoan.Query(Bank, loan))).Value.Corrections[0];

    private async Task<long> RegisterInWindowAsync(string note) => await portal.RegisterAsync(maker, note, ("loan_date", "2026-05-20"), ("maturity_date", "2027-05-20"));
}
