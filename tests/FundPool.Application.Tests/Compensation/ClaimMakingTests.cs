using FundPool.Application.Compensation;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Compensation;

/// <summary>From the bad loan to the reviewer's desk: begun, filled in, handed to the checker, submitted.</summary>
public sealed class ClaimMakingTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor maker = null!;
    private TestActor checker = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
        checker = await portal.PersonAsync("B001", OrganisationKind.Bank, Role.Checker);
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task StartClaim_ForABadLoan_FillsInTheLastReport()
    {
        long loan = await portal.BadLoanAsync("B001");

        long id = (await portal.SendAsync(maker, new StartClaim.Command(loan))).Value;

        Claim claim = await ClaimAsync(id);
        (claim.Number, claim.State, claim.RiskClass, claim.NplDate, claim.OutstandingFen, claim.NplPrincipalFen, claim.CreditReportOn)
            .ShouldBe(("B001-2026-000001", "draft", "substandard", new DateOnly(2026, 3, 12), 90_000_000L, 90_000_000L, (DateOnly?)null));
        claim.Hands.ShouldBe([maker.Person]);
    }

    [Fact]
    public async Task StartClaim_WhileOneIsUnderWay_NamesIt()
    {
        ClaimKey open = await portal.ClaimAsync("B001", ClaimState.Proposed);

        Outcome<long> second = await portal.SendAsync(maker, new StartClaim.Command(open.Loan));

        second.Refusal!.Words.Zh.ShouldContain("B001-2026-000001 在办理");
    }

    [Fact]
    public async Task StartClaim_AfterARejection_BeginsAnew()
    {
        ClaimKey rejected = await portal.ClaimAsync("B001", ClaimState.Rejected);

        (await ClaimAsync((await portal.SendAsync(maker, new StartClaim.Command(rejected.Loan))).Value)).Number.ShouldBe("B001-2026-000002");
    }

    [Fact]
    public async Task StartClaim_ForAPerformingLoan_IsRefusedWithTheArticle()
    {
        long loan = await portal.RegisterAsync(maker, "JJ-GOOD");

        (await portal.SendAsync(maker, new StartClaim.Command(loan))).Refusal!.Article.Code.ShouldBe("15(3)");
    }

    [Fact]
    public async Task Claims_OfAnotherBank_AreNotThere()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Checking);
        TestActor other = await portal.MakerAsync("B002");
        TestActor otherChecker = await portal.PersonAsync("B002", OrganisationKind.Bank, Role.Checker);

        (await portal.SendAsync(other, new StartClaim.Command(claim.Loan))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(other, new SaveClaim.Command(claim.Id, Cells(), 1))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(other, new SendToChecker.Command(claim.Id))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(otherChecker, new SubmitClaim.Command(claim.Id, null))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(otherChecker, new GiveBackClaim.Command(claim.Id, "x"))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(other, new WithdrawClaim.Command(claim.Id, "x"))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(other, new AskReReview.Command(claim.Id, "x"))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(other, new ShowClaim.Query(claim.Bank, claim.Id))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(other, new ReplayRuling.Query(claim.Bank, claim.Id, 1))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(other, new RuleClaim.Query(claim.Id, Cells()))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(other, new ListClaims.Query())).Rows.ShouldBeEmpty();
        (await portal.SendAsync(other, new ListAwaitingClaims.Query())).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task SaveClaim_WithGaps_IsKept_AndWithNonsense_IsNot()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Draft);
        TestActor second = await portal.MakerAsync();

        Outcome<int> gaps = await portal.SendAsync(second, new SaveClaim.Command(claim.Id, Cells(outstanding: "", statement: "借款人停产"), 1));
        Outcome<int> nonsense = await portal.SendAsync(second, new SaveClaim.Command(claim.Id, Cells(npl: "2026-13-01", outstanding: "900,000.01"), 2));
        Outcome<int> stale = await portal.SendAsync(second, new SaveClaim.Command(claim.Id, Cells(), 1));

        gaps.Value.ShouldBe(2);
        Claim kept = await ClaimAsync(claim.Id);
        (kept.OutstandingFen, kept.Statement, kept.RowVersion).ShouldBe(((long?)null, "借款人停产", 2));
        kept.Hands.ShouldContain(second.Person);
        nonsense.Problems.Select(problem => (problem.Field, problem.Code)).ShouldBe([("npl_date", "format"), ("outstanding_principal", "range")]);
        stale.Refusal!.Words.Zh.ShouldContain("已被修改");
    }

    [Fact]
    public async Task SendToChecker_WithGapsAndWithoutDocuments_NamesEach()
    {
        long id = (await portal.SendAsync(maker, new StartClaim.Command(await portal.BadLoanAsync("B001")))).Value;

        Outcome<long> sent = await portal.SendAsync(maker, new SendToChecker.Command(id));

        sent.Problems.Select(problem => problem.Field).ShouldBe(["credit_report_on", .. Enumerable.Repeat("materials", 10)]);
        sent.Problems[1].Message.Zh.ShouldBe("缺少材料“风险补偿申请表”（第19条第(2)项）");
    }

    [Fact]
    public async Task SubmitClaim_Whole_KeepsTheVersionAndStartsTheClock()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Draft);
        (await portal.SendAsync(maker, new SendToChecker.Command(key.Id))).Succeeded.ShouldBeTrue();

        Outcome<long> submitted = await portal.SendAsync(checker, new SubmitClaim.Command(key.Id, "材料齐全"));

        submitted.Succeeded.ShouldBeTrue();
        Claim claim = await ClaimAsync(key.Id);
        (claim.State, claim.Version, claim.AppliedOn, claim.Outcome, claim.ShareBp, claim.BasisFen, claim.AmountFen, claim.ReviewDue, claim.CheckedBy)
            .ShouldBe(("submitted", 1, new DateOnly(2026, 3, 18), "eligible", 4000, 90_000_000L, 36_000_000L, new DateOnly(2026, 4, 17), checker.Person));
        ShowClaim.Answer shown = (await portal.SendAsync(checker, new ShowClaim.Query(key.Bank, key.Id))).Value;
        shown.Steps[^1].ShouldSatisfyAllConditions(
            step => step.Opinion.ShouldBe("材料齐全"), step => step.Person.ShouldBe(checker.Acting.PersonName), step => step.ToState.ShouldBe("submitted"), step => step.Article.ShouldBe("19(2)"));
        ClaimContent.MaterialsOf(shown.Versions.ShouldHaveSingleItem().Version).Count.ShouldBe(10);
    }

    [Fact]
    public async Task SubmitClaim_ByWhoeverEnteredIt_IsRefused()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Draft);
        TestActor both = checker.With(Permission.MakeClaims);
        (await portal.SendAsync(both, new SaveClaim.Command(key.Id, Cells(), 1))).Succeeded.ShouldBeTrue();
        await portal.SendAsync(maker, new SendToChecker.Command(key.Id));

        Outcome<long> own = await portal.SendAsync(both, new SubmitClaim.Command(key.Id, null));

        own.Refusal!.Words.Zh.ShouldContain("须由另一人审核");
        (await ClaimAsync(key.Id)).State.ShouldBe("checking");
    }

    [Theory]
    [InlineData("credit_report_on = '2026-02-27'", "19(2)")]
    [InlineData("risk_class = 'special_mention'", "15(3)")]
    [InlineData("npl_date = '2026-01-19'", "13")]
    public async Task SubmitClaim_AConditionNotMet_IsRefusedWithItsArticle(string change, string article)
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Checking);
        await portal.Database.ExecuteAsync($"update compensation.claim set {change} where id = $1", key.Id);

        Outcome<long> refused = await portal.SendAsync(checker, new SubmitClaim.Command(key.Id, null));

        refused.Refusal!.Article.Code.ShouldBe(article);
        (await ClaimAsync(key.Id)).Version.ShouldBe(0);
    }

    [Fact]
    public async Task SubmitClaim_BadOnTheDayOfRegistration_GoesToTheReviewerWithTheAmountAtStake()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Checking);
        await portal.Database.ExecuteAsync("update compensation.claim set npl_date = '2026-01-20' where id = $1", key.Id);

        (await portal.SendAsync(checker, new SubmitClaim.Command(key.Id, null))).Succeeded.ShouldBeTrue();

        Claim claim = await ClaimAsync(key.Id);
        (claim.Outcome, claim.AmountFen).ShouldBe(("undetermined", 36_000_000L));
        (await portal.SendAsync(checker, new SubmitClaim.Command(key.Id, null))).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task SubmitClaim_OfASuspendedBank_IsTakenAndWaits()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Checking);
        long large = await portal.Database.ScalarAsync<long>("select min(id) from loan.loan where note_no = 'B001-GOOD-1'");
        await portal.SendAsync(maker, new ReportClassification.Command(large, "loss", new DateOnly(2026, 3, 17), Money.Parse("30000000.00"), 91, true));

        Outcome<long> plain = await portal.SendAsync(checker, new SubmitClaim.Command(key.Id, null, OnlyPlain: true));
        Outcome<long> taken = await portal.SendAsync(checker, new SubmitClaim.Command(key.Id, null));

        plain.Refusal!.Words.Zh.ShouldContain("需要留意");
        taken.Succeeded.ShouldBeTrue();
        Claim claim = await ClaimAsync(key.Id);
        (claim.Outcome, claim.AmountFen, claim.AcceptedAt).ShouldBe(("halted", 36_000_000L, new DateTime(2026, 3, 18, 1, 0, 0, DateTimeKind.Utc)));
    }

    [Fact]
    public async Task GiveBackClaim_NeedsAReason_AndReturnsToTheMaker()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Checking);

        Outcome<long> without = await portal.SendAsync(checker, new GiveBackClaim.Command(key.Id, " "));
        Outcome<long> with = await portal.SendAsync(checker, new GiveBackClaim.Command(key.Id, "征信报告缺页"));

        without.Problems.ShouldHaveSingleItem().Field.ShouldBe("opinion");
        with.Succeeded.ShouldBeTrue();
        (await ClaimAsync(key.Id)).State.ShouldBe("draft");
        (await portal.SendAsync(checker, new GiveBackClaim.Command(key.Id, "再次"))).Refusal!.Words.Zh.ShouldContain("草稿");
    }

    [Fact]
    public async Task ReplayRuling_OfASubmission_GivesTheSameFigure_AlsoWhenTheFactsHaveChanged()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Checking);
        await portal.SendAsync(checker, new SubmitClaim.Command(key.Id, null));
        // Without any rate the loan's limit can't be told any more; the ruling of then rests on the rates of then.
        await portal.Database.ExecuteAsync("delete from reference.loan_prime_rate where published_on > '2020-01-01'");

        ClaimRuling.Replay replay = (await portal.SendAsync(checker, new ReplayRuling.Query(key.Bank, key.Id, 1))).Value.Replay;

        (replay.IsEqual, replay.IsIntact, replay.StoredAmount, replay.Ruling.Amount).ShouldBe((true, true, Money.Parse("360000.00"), Money.Parse("360000.00")));
    }

    [Fact]
    public async Task ReplayRuling_OfATamperedCase_IsNotEqual()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);
        await portal.Database.ExecuteAsync("alter table compensation.claim_version disable trigger append_only");
        await portal.Database.ExecuteAsync("update compensation.claim_version set ruled_case = jsonb_set(ruled_case, '{outstandingPrincipal}', '\"800000.00\"')");

        ClaimRuling.Replay replay = (await portal.SendAsync(checker, new ReplayRuling.Query(key.Bank, key.Id, 1))).Value.Replay;

        (replay.IsEqual, replay.Ruling.Amount).ShouldBe((false, Money.Parse("320000.00")));
    }

    private static string?[] Cells(string? npl = "2026-03-12", string? outstanding = "900,000.00", string? statement = null) =>
        [null, "substandard", npl, "2026-03-13", outstanding, "900000", statement];

    private async Task<Claim> ClaimAsync(long id)
    {
        await using Data.FundPoolDb db = new(Data.FundPoolDb.Options(portal.Database.Owner));
        return db.Claims.Single(claim => claim.Id == id);
    }
}
