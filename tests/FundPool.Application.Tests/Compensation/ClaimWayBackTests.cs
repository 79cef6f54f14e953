using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Compensation;

/// <summary>What the bank does after the reviewer has spoken: it supplements, withdraws, asks for a second look; and what the lists show.</summary>
public sealed class ClaimWayBackTests : IAsyncLifetime
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
    public async Task Supplement_AnsweredAndSubmitted_ShowsWhatDiffersAndLengthensTheClock()
    {
        ClaimKey key = await ReturnedAsync();
        long deficiency = await portal.Database.ScalarAsync<long>("select id from compensation.deficiency");

        Outcome<long> unanswered = await portal.SendAsync(maker, new SendToChecker.Command(key.Id));
        int version = await portal.Database.ScalarAsync<int>("select row_version from compensation.claim where id = $1", key.Id);
        (await portal.SendAsync(maker, new SaveClaim.Command(key.Id, [null, "substandard", "2026-03-12", "2026-03-24", "850000.00", "900000.00", "已催收"], version,
            new Dictionary<long, string?> { [deficiency] = "已补传余额证明" }))).Succeeded.ShouldBeTrue();
        (await portal.SendAsync(maker, new SendToChecker.Command(key.Id))).Succeeded.ShouldBeTrue();
        (await portal.SendAsync(checker, new SubmitClaim.Command(key.Id, null))).Succeeded.ShouldBeTrue();

        unanswered.Problems.ShouldHaveSingleItem().Field.ShouldBe("answers");
        ShowClaim.Answer shown = (await portal.SendAsync(checker, new ShowClaim.Query(key.Bank, key.Id))).Value;
        // Returned on the 18th and back on the 25th: seven days did not count, so the 30 days from 2026-03-16 end on 2026-04-22.
        (shown.Claim.Version, shown.Claim.AppliedOn, shown.Claim.AmountFen, shown.Claim.ReviewDue).ShouldBe((2, new DateOnly(2026, 3, 16), 34_000_000L, new DateOnly(2026, 4, 22)));
        shown.Versions[1].Changes.Select(change => (change.Field, change.Old, change.New)).ShouldBe(
            [("credit_report_on", "2026-03-13", "2026-03-24"), ("outstanding_principal", "900000.00", "850000.00"), ("statement", null, "已催收"), ("amount", "360000.00", "340000.00")]);
        shown.Told.ShouldHaveSingleItem().Answer.ShouldBe("已补传余额证明");
    }

    [Fact]
    public async Task Deficiencies_OnlyProposed_AreNotToldToTheBank()
    {
        ClaimKey key = await ReturnedAsync();
        await portal.Database.ExecuteAsync("update compensation.review set state = 'proposed', chief = null, chief_name = null, decided_at = null");

        (await portal.SendAsync(maker, new ShowClaim.Query(key.Bank, key.Id))).Value.Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task ShowClaim_ToTheBank_HidesTheOfficersOpinionUntilTheDecision()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);
        TestActor officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer);
        await portal.Database.ExecuteAsync("with why as (select set_config('app.reason', '拟同意，余额待核', true)) update compensation.claim c set state = 'proposed' from why where c.id = $1", key.Id);

        (await portal.SendAsync(maker, new ShowClaim.Query(key.Bank, key.Id))).Value.Steps[^1].Opinion.ShouldBeNull();
        (await portal.SendAsync(officer, new ShowClaim.Query(key.Bank, key.Id))).Value.Steps[^1].Opinion.ShouldBe("拟同意，余额待核");

        await portal.Database.ExecuteAsync("with why as (select set_config('app.reason', '同意', true)) update compensation.claim c set state = 'rejected', rejected_on = '2026-03-18' from why where c.id = $1", key.Id);
        (await portal.SendAsync(maker, new ShowClaim.Query(key.Bank, key.Id))).Value.Steps.TakeLast(2).Select(step => step.Opinion).ShouldBe(["拟同意，余额待核", "同意"]);
    }

    [Fact]
    public async Task Draft_OfABank_IsNotThereForTheReviewer()
    {
        ClaimKey draft = await portal.ClaimAsync("B001", ClaimState.Checking);
        ClaimKey submitted = await portal.ClaimAsync("B001", ClaimState.Submitted);
        TestActor officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer);

        (await portal.SendAsync(officer, new ShowClaim.Query(draft.Bank, draft.Id))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(officer, new ListClaims.Query())).Rows.ShouldHaveSingleItem().Id.ShouldBe(submitted.Id);
    }

    [Fact]
    public async Task AskReReview_OfARejection_WorksOnce()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Rejected);

        (await portal.SendAsync(maker, new AskReReview.Command(key.Id, ""))).Problems.ShouldHaveSingleItem().Field.ShouldBe("reason");
        (await portal.SendAsync(maker, new AskReReview.Command(key.Id, "借据日期有误读"))).Succeeded.ShouldBeTrue();

        (await portal.Database.ColumnAsync("select state || ' ' || re_review_due || ' ' || re_reviewed from compensation.claim where id = $1", key.Id)).ShouldBe(["re_review 2026-04-09 true"]);
        await portal.Database.ExecuteAsync("update compensation.claim set state = 're_proposed' where id = $1", key.Id);
        await portal.Database.ExecuteAsync("update compensation.claim set state = 'rejected' where id = $1", key.Id);
        (await portal.SendAsync(maker, new AskReReview.Command(key.Id, "再次"))).Refusal!.Words.Zh.ShouldContain("已复核过一次");
    }

    [Fact]
    public async Task AskReReview_OfAnApproval_OnlyWhereLessWasApproved()
    {
        ClaimKey whole = await portal.ClaimAsync("B001", ClaimState.Approved);
        ClaimKey part = await portal.ClaimAsync("B001", ClaimState.Approved);
        await portal.Database.ExecuteAsync("update compensation.claim set approved_fen = amount_fen - 100 where id = $1", part.Id);

        (await portal.SendAsync(maker, new AskReReview.Command(whole.Id, "请再看"))).Refusal!.Words.Zh.ShouldContain("已全额通过");
        (await portal.SendAsync(maker, new AskReReview.Command(part.Id, "扣减无依据"))).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData(ClaimState.Draft, true)]
    [InlineData(ClaimState.Submitted, true)]
    [InlineData(ClaimState.Planned, true)]
    [InlineData(ClaimState.Published, false)]
    [InlineData(ClaimState.Ordered, false)]
    [InlineData(ClaimState.Paid, false)]
    public async Task WithdrawClaim_FromAState_IsAllowedOrNot(ClaimState state, bool allowed)
    {
        ClaimKey key = await portal.ClaimAsync("B001", state);

        Outcome<long> outcome = await portal.SendAsync(maker, new WithdrawClaim.Command(key.Id, "借款人已还清"));

        outcome.Succeeded.ShouldBe(allowed);
        if (state == ClaimState.Planned)
        {
            (await portal.Database.ScalarAsync<long>("select count(*) from compensation.plan_item where claim_id = $1 and left_at is null", key.Id)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task ListAwaitingClaims_ShowsTheNearestDeadlineFirst_WithoutWhatIsUnderWay()
    {
        ClaimKey underWay = await portal.ClaimAsync("B001", ClaimState.Submitted);
        ClaimKey rejected = await portal.ClaimAsync("B001", ClaimState.Rejected);
        long fresh = await portal.BadLoanAsync("B001"), old = await portal.BadLoanAsync("B001"), late = await portal.BadLoanAsync("B001");
        await portal.Database.ExecuteAsync("update loan.loan set npl_since = '2026-02-02' where id = $1", old);
        await portal.Database.ExecuteAsync("update loan.loan set npl_since = '2025-12-01' where id = $1", late);

        ListAwaitingClaims.Answer running = await portal.SendAsync(maker, new ListAwaitingClaims.Query());
        ListAwaitingClaims.Answer missed = await portal.SendAsync(maker, new ListAwaitingClaims.Query(Missed: true));

        running.Rows.Select(row => (row.Loan, row.Deadline.Due, row.Rejected)).ShouldBe(
            [(old, new DateOnly(2026, 5, 6), false), (rejected.Loan, new DateOnly(2026, 6, 12), true), (fresh, new DateOnly(2026, 6, 12), false)]);
        running.Rows.ShouldNotContain(row => row.Loan == underWay.Loan);
        missed.Rows.ShouldHaveSingleItem().Loan.ShouldBe(late);
        (running.Running, running.Soon, running.Over).ShouldBe((3, 0, 1));
    }

    [Fact]
    public async Task ListClaims_ByGroup_CountsEachAndAddsUp()
    {
        await portal.ClaimAsync("B001", ClaimState.Submitted);
        await portal.ClaimAsync("B001", ClaimState.Proposed);
        ClaimKey approved = await portal.ClaimAsync("B001", ClaimState.Approved);

        ListClaims.Page review = await portal.SendAsync(maker, new ListClaims.Query("review"));
        ListClaims.Page found = await portal.SendAsync(maker, new ListClaims.Query(Text: "B001-2026-000003"));

        (review.Total, review.AmountFen, review.Counts["approved"], review.Counts["draft"]).ShouldBe((2, 72_000_000L, 1, 0));
        found.Rows.ShouldHaveSingleItem().Id.ShouldBe(approved.Id);
    }

    // Returned on Wednesday the 18th for a missing balance statement; it is the 25th now.
    private async Task<ClaimKey> ReturnedAsync()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Returned);
        await portal.Database.ExecuteAsync("""
            with r as (insert into compensation.review (pool_id, bank_id, claim_id, kind, claim_version, state, proposal, officer_opinion, officer, officer_name, chief, chief_name, decided_at)
              select pool_id, bank_id, id, 'review', 1, 'decided', 'return', '缺材料', 901, '初审', 902, '复审', now() from compensation.claim where id = $1 returning *)
            insert into compensation.deficiency (pool_id, bank_id, claim_id, review_id, code, material_code, note) select pool_id, bank_id, claim_id, id, 'missing', 'balance_statement', '未见申请日余额' from r
            """, key.Id);
        await portal.Database.ExecuteAsync("""update compensation.claim set stops = '[{"from":"2026-03-19","to":null}]' where id = $1""", key.Id);
        portal.Clock.Set(new DateTimeOffset(2026, 3, 25, 9, 0, 0, TimeSpan.FromHours(8)));
        return key;
    }
}
