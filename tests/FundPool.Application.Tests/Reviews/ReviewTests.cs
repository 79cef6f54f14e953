using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reviews;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Reviews;

public sealed class ReviewTests : IAsyncLifetime
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
    public async Task Approval_WholeByTwoPeople_KeepsTheRuledAmount()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);

        long review = (await ProposeAsync(key, "approve")).Value;
        (await ClaimAsync(key)).State.ShouldBe("proposed");
        (await DecideAsync(key, review)).Value.ShouldBe("approved");

        Claim claim = await ClaimAsync(key);
        (claim.State, claim.ApprovedFen, claim.ApprovedOn).ShouldBe(("approved", 36_000_000L, new DateOnly(2026, 3, 18)));
        Review kept = await ReviewAsync(review);
        (kept.State, kept.OfficerName, kept.ChiefName, kept.RuledFen).ShouldBe(("decided", officer.Acting.PersonName, chief.Acting.PersonName, 36_000_000L));
        ClaimStep[] steps = await StepsAsync(key);
        (steps[^2].Action, steps[^2].Opinion, steps[^2].PersonName).ShouldBe(("ProposeReview", "资料齐全，符合条件", officer.Acting.PersonName));
        (steps[^1].Action, steps[^1].ToState, steps[^1].Opinion, steps[^1].Article).ShouldBe(("DecideReview", "approved", "同意", "20(1)"));
    }

    [Fact]
    public async Task Approval_InPart_TakesOffEachDeductionToTheFen()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);

        long review = (await ProposeAsync(key, "approve", deductions: [new("balance_lower", 1_234_567, "还款明细显示余额较低"), new("partly_other_use", 100_01, "部分资金转借")])).Value;
        await DecideAsync(key, review);

        (await ClaimAsync(key)).ApprovedFen.ShouldBe(34_755_432L);
        ReviewContent.DeductedOf(await ReviewAsync(review)).ShouldBe([new("balance_lower", 1_234_567, "还款明细显示余额较低"), new("partly_other_use", 10_001, "部分资金转借")]);
    }

    [Fact]
    public async Task Approval_WithTheUseOfTheMoneyNotLookedAt_IsSentBack()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);

        Problem problem = (await ProposeAsync(key, "approve", marks: [])).Problems.ShouldHaveSingleItem();

        (problem.Field, problem.Code).ShouldBe(("marks", "required"));
    }

    [Fact]
    public async Task Approval_WithDeductionsOfEverything_IsRefusedAtTheDeductions()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);

        (await ProposeAsync(key, "approve", deductions: [new("other", 36_000_000, "全部")])).Problems.ShouldHaveSingleItem().Field.ShouldBe("deductions");
        (await ProposeAsync(key, "approve", deductions: [new("other", -5, "负数"), new("nonsense", 5, "")])).Problems.Select(p => p.Field)
            .ShouldBe(["deductions.other.amount", "deductions.nonsense.amount", "deductions.nonsense.reason"]);
        (await ClaimAsync(key)).State.ShouldBe("submitted");
    }

    [Fact]
    public async Task Approval_WithADoubtedCondition_IsRefused()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);

        (await ProposeAsync(key, "approve", marks: [new("purpose", "doubted", "发票抬头不符")])).Problems.ShouldHaveSingleItem().Field.ShouldBe("marks");
    }

    [Fact]
    public async Task Rejection_NeedsArticlesAndNotes()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);

        (await ProposeAsync(key, "reject")).Problems.ShouldHaveSingleItem().Field.ShouldBe("grounds");
        (await ProposeAsync(key, "reject", grounds: [new("99", "purpose", "用途不符")])).Problems.ShouldHaveSingleItem().Field.ShouldBe("grounds");
        long review = (await ProposeAsync(key, "reject", grounds: [new("15(2)", "purpose", "资金转入理财")])).Value;
        await DecideAsync(key, review);

        Claim claim = await ClaimAsync(key);
        (claim.State, claim.RejectedOn, claim.ApprovedFen).ShouldBe(("rejected", new DateOnly(2026, 3, 18), null));
    }

    [Fact]
    public async Task Return_TellsEverythingAtOnce_AndStopsTheClock()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);

        long review = (await ProposeAsync(key, "return", lacks: [new("missing", "contract", "缺担保合同"), new("illegible", null, "放款回单不清")])).Value;
        (await DeficienciesAsync(key)).ShouldBeEmpty();
        (await DecideAsync(key, review)).Value.ShouldBe("returned");

        (await DeficienciesAsync(key)).Select(d => (d.Code, d.MaterialCode, d.Note)).ShouldBe([("missing", "contract", "缺担保合同"), ("illegible", null, "放款回单不清")]);
        (await ClaimAsync(key)).Stops.ShouldBe("[{\"to\": null, \"from\": \"2026-03-19\"}]");
    }

    [Fact]
    public async Task SendingBack_NeedsAnOpinion_AndTheSameOfficerProposesAnew()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);
        long review = (await ProposeAsync(key, "approve")).Value;

        (await DecideAsync(key, review, consent: false, opinion: "")).Problems.ShouldHaveSingleItem().Field.ShouldBe("opinion");
        (await DecideAsync(key, review, consent: false, opinion: "请补充核对用途")).Value.ShouldBe("submitted");
        (await ReviewAsync(review)).State.ShouldBe("sent_back");
        long second = (await ProposeAsync(key, "approve")).Value;

        (await DecideAsync(key, review)).Succeeded.ShouldBeFalse();
        (await DecideAsync(key, second)).Value.ShouldBe("approved");
    }

    [Fact]
    public async Task Proposal_OnAClaimThatMovedOn_SaysSo()
    {
        ClaimKey approved = await portal.ClaimAsync("B001", ClaimState.Approved);
        ClaimKey submitted = await portal.ClaimAsync("B001", ClaimState.Submitted);

        (await ProposeAsync(approved, "approve")).Refusal!.Words.Zh.ShouldBe("该申请目前为“审核通过”，不能进行此操作；请刷新页面查看最新状态");
        (await portal.SendAsync(officer, Command(submitted, 1, "approve"))).Refusal!.Words.Zh.ShouldBe("该申请在您打开之后已有变动；请核对最新内容后再提出");
        (await portal.SendAsync(officer, Command(submitted with { Bank = portal.Bank("B002") }, 1, "approve"))).IsNotFound.ShouldBeTrue();
    }

    [Fact]
    public async Task WhoeverProposed_OrEntered_DoesNotDecide()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);
        long review = (await ProposeAsync(key, "approve")).Value;
        TestActor both = new(officer.Acting, OrganisationKind.Reviewer, Membership.PermissionsOf(OrganisationKind.Reviewer, [Role.Officer, Role.Chief]));

        (await portal.SendAsync(both, new DecideReview.Command(key.Bank, key.Id, review, true, "同意"))).Refusal!.Words.Zh.ShouldBe("提出初审意见的人不能作出复审决定");
        await portal.Database.ExecuteAsync("update compensation.claim set hands = hands || $2::int where id = $1", key.Id, chief.Person);
        (await DecideAsync(key, review)).Refusal!.Words.Zh.ShouldBe("您录入或修改过该项内容，须由另一人审核");
        (await ClaimAsync(key)).State.ShouldBe("proposed");
    }

    [Fact]
    public async Task TwoChiefsAtOnce_GiveOneDecision()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);
        long review = (await ProposeAsync(key, "approve")).Value;
        TestActor other = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Chief);

        Outcome<string>[] both = await Task.WhenAll(
            portal.SendAsync(chief, new DecideReview.Command(key.Bank, key.Id, review, true, "同意")),
            portal.SendAsync(other, new DecideReview.Command(key.Bank, key.Id, review, false, "再核")));

        both.Count(outcome => outcome.Succeeded).ShouldBe(1);
        (await StepsAsync(key)).Count(step => step.Action == "DecideReview").ShouldBe(1);
    }

    [Fact]
    public async Task Approval_AfterTheLoanTurnedGood_IsRefusedWithItsArticle()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);
        long review = (await ProposeAsync(key, "approve")).Value;
        await portal.SendAsync(await portal.MakerAsync(), new ReportClassification.Command(key.Loan, "normal", new DateOnly(2026, 3, 17), Money.Parse("900000.00"), 0, true));

        (await DecideAsync(key, review)).Refusal!.Article.Code.ShouldBe("15(3)");
        (await ClaimAsync(key)).State.ShouldBe("proposed");
        (await DecideAsync(key, review, consent: false, opinion: "已上调")).Value.ShouldBe("submitted");
        (await ProposeAsync(key, "reject", grounds: [new("15(3)", "risk_class", "已上调为正常")])).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Page_ShowsWhatTheBorrowerHasElsewhere_AndIsNoBanks()
    {
        ClaimKey key = await portal.ClaimAsync("B001", ClaimState.Submitted);
        ClaimKey other = await portal.ClaimAsync("B002", ClaimState.Submitted);
        await portal.Database.ExecuteAsync("update loan.loan set note_no = (select note_no from loan.loan where id = $1) where id = $2", key.Loan, other.Loan);

        ShowReview.Answer page = (await portal.SendAsync(officer, new ShowReview.Query(key.Bank, key.Id))).Value;

        page.Elsewhere.ShouldContain(row => row.Loan == other.Loan && row.Claim == other.Id && row.ClaimState == "submitted");
        page.Warnings.Select(w => w.Words.Zh).ShouldContain(text => text.Contains("登记有相同的借据编号", StringComparison.Ordinal));
        page.Desk.Ruling.Amount.ShouldBe(Money.Parse("360000.00"));
        (await portal.SendAsync(await portal.MakerAsync(), new ShowReview.Query(key.Bank, key.Id))).IsNotFound.ShouldBeTrue();
    }

    [Fact]
    public async Task Inbox_PutsTheOldestDueFirst_AndCountsTheTrays()
    {
        ClaimKey late = await portal.ClaimAsync("B001", ClaimState.Submitted);
        ClaimKey soon = await portal.ClaimAsync("B002", ClaimState.Submitted);
        await portal.ClaimAsync("B001", ClaimState.Proposed);
        await portal.ClaimAsync("B001", ClaimState.Returned);
        await portal.Database.ExecuteAsync("update compensation.claim set review_due = '2026-03-20' where id = $1", soon.Id);

        ListReviews.Answer inbox = await portal.SendAsync(officer, new ListReviews.Query(ReviewTray.Officer));

        inbox.Rows.Select(row => row.Claim.Id).ShouldBe([soon.Id, late.Id]);
        inbox.Rows.Select(row => row.WorkingDays).ShouldBe([2, 19]);
        (inbox.Counts[ReviewTray.Officer], inbox.Counts[ReviewTray.Chief], inbox.Counts[ReviewTray.Held], inbox.Counts[ReviewTray.Returned]).ShouldBe((2, 1, 0, 1));
        (await portal.SendAsync(officer, new ListReviews.Query(ReviewTray.Officer, Bank: soon.Bank))).Rows.ShouldHaveSingleItem().Claim.Id.ShouldBe(soon.Id);
        (await portal.SendAsync(officer, new ListReviews.Query(ReviewTray.Officer, Band: 5))).Rows.ShouldHaveSingleItem().Claim.Id.ShouldBe(soon.Id);
        (await portal.SendAsync(officer, new ListReviews.Query(ReviewTray.Officer, Mine: true))).Rows.ShouldBeEmpty();
        (await portal.SendAsync(await portal.MakerAsync(), new ListReviews.Query(ReviewTray.Officer))).Rows.ShouldBeEmpty();
    }

    private static ProposeReview.Command Command(ClaimKey key, int version, string proposal, Deducted[]? deductions = null, Mark[]? marks = null, Ground[]? grounds = null, Lack[]? lacks = null) =>
        new(key.Bank, key.Id, version, proposal, deductions ?? [], marks ?? [new("purpose", "confirmed", null)], grounds ?? [], lacks ?? [], "资料齐全，符合条件");

    private async Task<Outcome<long>> ProposeAsync(ClaimKey key, string proposal, Deducted[]? deductions = null, Mark[]? marks = null, Ground[]? grounds = null, Lack[]? lacks = null) =>
        await portal.SendAsync(officer, Command(key, (await ClaimAsync(key)).RowVersion, proposal, deductions, marks, grounds, lacks));

    private Task<Outcome<string>> DecideAsync(ClaimKey key, long review, bool consent = true, string opinion = "同意") =>
        portal.SendAsync(chief, new DecideReview.Command(key.Bank, key.Id, review, consent, opinion));

    private async Task<Claim> ClaimAsync(ClaimKey key)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner));
        return await db.Claims.AsNoTracking().SingleAsync(c => c.Id == key.Id);
    }

    private async Task<Review> ReviewAsync(long id)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner));
        return await db.Reviews.AsNoTracking().SingleAsync(r => r.Id == id);
    }

    private async Task<ClaimStep[]> StepsAsync(ClaimKey key)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner));
        return await db.ClaimSteps.AsNoTracking().Where(s => s.ClaimId == key.Id).OrderBy(s => s.Id).ToArrayAsync();
    }

    private async Task<List<Deficiency>> DeficienciesAsync(ClaimKey key)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner));
        return await db.Deficiencies.AsNoTracking().Where(d => d.ClaimId == key.Id).OrderBy(d => d.Id).ToListAsync();
    }
}
