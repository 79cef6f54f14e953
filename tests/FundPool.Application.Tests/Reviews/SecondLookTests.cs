using FundPool.Application.Pipeline;
using FundPool.Application.Reviews;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Reviews;

/// <summary>Re-review and re-examination: other people than before, and what becomes of the claim.</summary>
public sealed class SecondLookTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor officer = null!;
    private TestActor chief = null!;
    private TestActor secondOfficer = null!;
    private TestActor secondChief = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer);
        chief = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Chief);
        secondOfficer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer);
        secondChief = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Chief);
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task ReReview_IsOtherPeoples_AndTheAmountMayRise()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);
        await DecideAsync(chief, key, (await ProposeAsync(officer, key, "approve", [new("other", 10_000_000, "证据不足")])).Value);
        await portal.Database.ExecuteAsync("update compensation.claim set state = 're_review', re_review_due = '2026-04-09', row_version = row_version + 1 where id = $1", key.Id);

        (await ProposeAsync(officer, key, "approve")).Refusal!.Words.Zh.ShouldBe("您参与过本申请此前的审核；复核须由另外的人员办理");
        (await ProposeAsync(secondOfficer, key, "return")).Problems.ShouldHaveSingleItem().Field.ShouldBe("proposal");
        long review = (await ProposeAsync(secondOfficer, key, "approve", [new("other", 4_000_000, "部分证据不足")])).Value;
        (await DecideAsync(chief, key, review)).Refusal!.Words.Zh.ShouldBe("您参与过本申请此前的审核；复核须由另外的人员办理");
        (await DecideAsync(secondChief, key, review)).Value.ShouldBe("approved");

        Claim claim = await ClaimAsync(key);
        (claim.ApprovedFen, claim.ReReviewed, claim.State).ShouldBe((32_000_000L, true, "approved"));
    }

    [Fact]
    public async Task ReReview_MayEndInARejection()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.ReReview);

        long review = (await ProposeAsync(secondOfficer, key, "reject", grounds: [new("15(2)", "purpose", "用途不符")])).Value;
        (await ClaimAsync(key)).State.ShouldBe("re_proposed");
        await DecideAsync(secondChief, key, review);

        Claim claim = await ClaimAsync(key);
        (claim.State, claim.ApprovedFen, claim.ReReviewed).ShouldBe(("rejected", null, true));
    }

    [Fact]
    public async Task Objection_Unfounded_IsClearOnlyOnceTheNoticeIsOver()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Objected);
        long review = (await ProposeAsync(officer, key, "clear")).Value;

        (await DecideAsync(chief, key, review)).Refusal!.Words.Zh.ShouldBe("公示期至 2026-03-25 才满，期满前仍可提出异议；请于期满后作出异议不成立的决定");
        portal.Clock.Set(new DateTimeOffset(2026, 3, 26, 9, 0, 0, TimeSpan.FromHours(8)));
        (await DecideAsync(chief, key, review)).Value.ShouldBe("clear");

        (await ClaimAsync(key)).ApprovedFen.ShouldBe(36_000_000L);
    }

    [Fact]
    public async Task Objection_PartlyFounded_ComesBackWithLess_ForANewBatch()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Objected);

        (await ProposeAsync(officer, key, "approve")).Problems.ShouldHaveSingleItem().Field.ShouldBe("deductions");
        long review = (await ProposeAsync(officer, key, "approve", [new("already_recovered", 6_000_000, "公示期间收回")])).Value;
        await DecideAsync(chief, key, review);

        Claim claim = await ClaimAsync(key);
        (claim.State, claim.ApprovedFen, claim.BatchId).ShouldBe(("approved", 30_000_000L, null));
    }

    [Fact]
    public async Task Objection_Founded_IsRejected_AndCantBeReturned()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Objected);

        (await ProposeAsync(officer, key, "return")).Problems.ShouldHaveSingleItem().Field.ShouldBe("proposal");
        long review = (await ProposeAsync(officer, key, "reject", grounds: [new("14", "other_cover", "另有担保公司代偿")])).Value;
        await DecideAsync(chief, key, review, consent: false);
        (await ClaimAsync(key)).State.ShouldBe("objected");
        long again = (await ProposeAsync(officer, key, "reject", grounds: [new("14", "other_cover", "另有担保公司代偿")])).Value;
        await DecideAsync(chief, key, again);

        Claim claim = await ClaimAsync(key);
        (claim.State, claim.RejectedOn, claim.ApprovedFen).ShouldBe(("rejected", new DateOnly(2026, 3, 18), null));
    }

    private async Task<Outcome<long>> ProposeAsync(TestActor who, ClaimKey key, string proposal, Deducted[]? deductions = null, Ground[]? grounds = null) =>
        await portal.SendAsync(who, new ProposeReview.Command(key.Bank, key.Id, (await ClaimAsync(key)).RowVersion, proposal, deductions ?? [], [new("purpose", "confirmed", null)], grounds ?? [], [], "复核报告"));

    private Task<Outcome<string>> DecideAsync(TestActor who, ClaimKey key, long review, bool consent = true) =>
        portal.SendAsync(who, new DecideReview.Command(key.Bank, key.Id, review, consent, "同意"));

    private async Task<Claim> ClaimAsync(ClaimKey key)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner));
        return await db.Claims.AsNoTracking().SingleAsync(c => c.Id == key.Id);
    }
}
