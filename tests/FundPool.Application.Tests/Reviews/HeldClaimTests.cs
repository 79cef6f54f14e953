using FundPool.Application.Compensation;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reviews;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Suspension;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Reviews;

/// <summary>Suspension at work (a.17) on the reviewer's desk, and many at once.</summary>
public sealed class HeldClaimTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor officer = null!;
    private TestActor chief = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer);
        chief = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Chief);
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task AcceptedDuringASuspension_IsHeld_AndTheClockStandsUntilTheBankResumes()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);
        long bad = await SuspendAsync("2026-03-14");

        Outcome<long> refused = await ProposeAsync(key);
        refused.Refusal!.Article.Code.ShouldBe("17");
        refused.Refusal!.Words.Zh.ShouldContain("自 2026-03-14 起暂停补偿业务");
        ListReviews.Answer inbox = await portal.SendAsync(officer, new ListReviews.Query(ReviewTray.Held));
        inbox.Rows.ShouldHaveSingleItem().Held!.Article.Code.ShouldBe("17");
        (inbox.Counts[ReviewTray.Officer], inbox.Counts[ReviewTray.Held]).ShouldBe((0, 1));
        (await portal.SendAsync(officer, new ShowStanding.Query(key.Bank))).Value.Held.ShouldHaveSingleItem().Claim.ShouldBe(key.Id);

        portal.Clock.Set(new DateTimeOffset(2026, 3, 20, 9, 0, 0, TimeSpan.FromHours(8)));
        await portal.SendAsync(await portal.MakerAsync(), new ReportClassification.Command(bad, "normal", new DateOnly(2026, 3, 20), Money.Parse("30000000.00"), 0, true));

        Claim claim = await ClaimAsync(key);
        claim.Stops.ShouldBe("[{\"to\": \"2026-03-20\", \"from\": \"2026-03-17\"}]");
        // Thirty days from 2026-03-16 end on 04-15; the four days that it was held are put on: Sunday 04-19, moved to Monday.
        claim.ReviewDue.ShouldBe(new DateOnly(2026, 4, 20));
        (await ProposeAsync(key)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task AcceptedBeforeTheSuspension_IsReviewedAndApproved()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);
        await SuspendAsync("2026-03-17");

        long review = (await ProposeAsync(key)).Value;
        (await portal.SendAsync(chief, new DecideReview.Command(key.Bank, key.Id, review, true, "同意"))).Value.ShouldBe("approved");
        ShowReview.Answer page = (await portal.SendAsync(officer, new ShowReview.Query(key.Bank, key.Id))).Value;
        page.Desk.Changes.ShouldHaveSingleItem().Words.Zh.ShouldContain("恢复办理前不列入批次");
    }

    [Fact]
    public async Task ManyAtOnce_DoesWhatIsSafe_AndLeavesTheRestWithItsReason()
    {
        ClaimKey safe = await portal.ClaimAsync("B001", ClaimState.Submitted, ("borrower_id", LoanRows.CreditCode(1)));
        ClaimKey approved = await portal.ClaimAsync("B001", ClaimState.Approved, ("borrower_id", LoanRows.CreditCode(2)));
        ClaimKey corrected = await portal.ClaimAsync("B002", ClaimState.Submitted, ("borrower_id", LoanRows.CreditCode(3)));
        await portal.Database.ExecuteAsync("update loan.loan set total_balance_fen = 600000000 where id = $1", corrected.Loan);

        ManyDone proposed = (await portal.SendAsync(officer, new ProposeWholeApprovals.Command([Ref(corrected), Ref(safe), Ref(approved), Ref(safe)], "批量核对无误"))).Value;

        (proposed.Count, proposed.SumFen).ShouldBe((1, 36_000_000L));
        proposed.Left.Select(left => left.Claim).ShouldBe([approved.Id, corrected.Id]);
        proposed.Left[1].Why.Zh.ShouldBe("按今日的登记内容认定为 270,000.00 元，提交时为 360,000.00 元");
        ManyDone consented = (await portal.SendAsync(chief, new ConsentToWholeApprovals.Command([Ref(safe), Ref(corrected)], "同意"))).Value;
        (consented.Count, consented.SumFen, consented.Left.Count).ShouldBe((1, 36_000_000L, 1));
        (await ClaimAsync(safe)).State.ShouldBe("approved");
        (await ClaimAsync(corrected)).State.ShouldBe("submitted");
    }

    [Fact]
    public async Task ManyAtOnce_LeavesPartialApprovalsToTheirPage()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);
        await portal.SendAsync(officer, new ProposeReview.Command(key.Bank, key.Id, (await ClaimAsync(key)).RowVersion, "approve", [new("other", 100, "尾差")], [new("purpose", "confirmed", null)], [], [], "部分通过"));

        ManyDone done = (await portal.SendAsync(chief, new ConsentToWholeApprovals.Command([Ref(key)], null))).Value;

        (done.Count, done.Left.ShouldHaveSingleItem().Why.Zh).ShouldBe((0, "不是初次审核的全额通过，请打开单独审定"));
        (await portal.SendAsync(officer, new ProposeWholeApprovals.Command([], "无"))).Problems.ShouldHaveSingleItem().Field.ShouldBe("claims");
    }

    private static ClaimRef Ref(ClaimKey key) => new(key.Bank, key.Id);

    /// <summary>A bad loan of thirty million beside six hundred million good ones: 4.9 %. Answers with its number.</summary>
    private async Task<long> SuspendAsync(string on)
    {
        DateOnly day = DateOnly.ParseExact(on, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        long loan = await portal.Database.ScalarAsync<long>("select id from loan.loan where note_no = 'B001-GOOD-1'");
        await portal.SendAsync(await portal.MakerAsync(), new ReportClassification.Command(loan, "loss", new DateOnly(2026, 3, 13), Money.Parse("30000000.00"), 95, true));
        await portal.Database.ExecuteAsync("update loan.standing set measured_on = $1 where standing = 'suspended'", day);
        return loan;
    }

    private async Task<Outcome<long>> ProposeAsync(ClaimKey key) =>
        await portal.SendAsync(officer, new ProposeReview.Command(key.Bank, key.Id, (await ClaimAsync(key)).RowVersion, "approve", [], [new("purpose", "confirmed", null)], [], [], "资料齐全"));

    private async Task<Claim> ClaimAsync(ClaimKey key)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner));
        return await db.Claims.AsNoTracking().SingleAsync(c => c.Id == key.Id);
    }
}
