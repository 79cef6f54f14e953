using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Plans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Plans;

public sealed class PlanTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor officer = null!;
    private TestActor chief = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        officer = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Officer);
        chief = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Chief);
    }

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Plan_WhenIssued_GetsItsNumberAndTheBanksTheirDays()
    {
        ClaimRef one = await ClearAsync(), two = await ClearAsync("B002");
        long plan = await DraftAsync(one, two);

        Outcome<string> issued = await IssueAsync(plan);

        issued.Value.ShouldBe("深工信〔2026〕1号");
        ShowPlan.Answer shown = (await portal.SendAsync(chief, new ShowPlan.Query(plan))).Value;
        (shown.Plan.TotalFen, shown.Content.TotalFen, shown.Content.TotalCapital).ShouldBe((72_000_000L, 72_000_000L, "柒拾贰万元整"));
        // Issued on Wednesday 2026-03-18: three calendar days end on Saturday and move to Monday.
        shown.Plan.DocumentsDue.ShouldBe(new DateOnly(2026, 3, 23));
        shown.Content.Items.Select(item => (item.N, item.Bank, item.AmountFen)).ShouldBe([(1, "甲银行深圳分行", 36_000_000L), (2, "乙银行深圳分行", 36_000_000L)]);
        FrozenPapers.Digest(await portal.Database.ScalarAsync<string>("select content from compensation.plan where id = $1", plan)).ShouldBe(shown.Plan.Sha256);
        (await portal.Database.ScalarAsync<string>("select state from compensation.claim where id = $1 and plan_id = $2", one.Id, plan)).ShouldBe("planned");
        ListPublicPlans.Row row = (await portal.SendAsync(chief, new ListPublicPlans.Query("shenzhen"))).Value.Plans.ShouldHaveSingleItem();
        row.ByBank.ShouldBe([("甲银行深圳分行", 1, 36_000_000L), ("乙银行深圳分行", 1, 36_000_000L)]);
        (await IssueAsync(plan)).Refusal!.Words.Zh.ShouldStartWith("该资助计划已下达");
    }

    [Fact]
    public async Task Drafter_HoldingBothRoles_CannotIssue()
    {
        ClaimRef claim = await ClearAsync();
        long plan = await DraftAsync(claim);
        TestActor editor = chief.With(Permission.PreparePlans);
        await portal.SendAsync(editor, new EditPlan.Command(plan, Fields(claim)));

        (await IssueAsync(plan, editor)).Refusal!.Words.Zh.ShouldStartWith("您录入或修改过该项内容");
        (await IssueAsync(plan, officer.With(Permission.IssuePlans))).Refusal!.Words.Zh.ShouldStartWith("您录入或修改过该项内容");
        await Should.ThrowAsync<PermissionDeniedException>(() => portal.SendAsync(officer, new IssuePlan.Command(plan, 1)));
    }

    [Fact]
    public async Task ClaimWithdrawnMeanwhile_StopsTheIssueUntilTheOfficerSavesAgain()
    {
        ClaimRef one = await ClearAsync(), two = await ClearAsync();
        long plan = await DraftAsync(one, two);
        await portal.Database.ExecuteAsync("update compensation.claim set state = 'withdrawn' where id = $1", one.Id);

        Outcome<string> stopped = await IssueAsync(plan);

        stopped.Refusal!.Words.Zh.ShouldStartWith("以下申请已不是“公示无异议”");
        // The bank's withdrawal takes its item out of the plan; the plan still has to be saved and read again.
        await portal.Database.ExecuteAsync("update compensation.plan_item set left_at = now() where claim_id = $1", one.Id);
        (await IssueAsync(plan)).Refusal!.Words.Zh.ShouldStartWith("资助计划在您打开之后已有变动");
        (await portal.SendAsync(officer, new EditPlan.Command(plan, Fields(two)))).Succeeded.ShouldBeTrue();
        (await IssueAsync(plan)).Succeeded.ShouldBeTrue();
        (await portal.Database.ScalarAsync<long>("select total_fen from compensation.plan where id = $1", plan)).ShouldBe(36_000_000);
    }

    [Fact]
    public async Task Claim_InOnePlan_EntersNoOtherUntilThatIsDropped()
    {
        ClaimRef claim = await ClearAsync();
        long first = await DraftAsync(claim);

        (await portal.SendAsync(officer, new DraftPlan.Command(Fields(claim)))).Refusal!.Words.Zh.ShouldContain("另一份计划");
        (await portal.SendAsync(officer, new DropPlan.Command(first, "重拟"))).Succeeded.ShouldBeTrue();
        (await portal.SendAsync(officer, new DraftPlan.Command(Fields(claim)))).Succeeded.ShouldBeTrue();

        (await IssueAsync(first)).Refusal!.Words.Zh.ShouldStartWith("该资助计划已下达或作废");
    }

    [Fact]
    public async Task TwoOfficers_DraftingTheSameClaimAtOnce_DraftOnce()
    {
        ClaimRef claim = await ClearAsync();
        TestActor other = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Officer);

        Outcome<long>[] outcomes = await Task.WhenAll(portal.SendAsync(officer, new DraftPlan.Command(Fields(claim))), portal.SendAsync(other, new DraftPlan.Command(Fields(claim))));

        outcomes.Count(outcome => outcome.Succeeded).ShouldBe(1);
        (await portal.Database.ScalarAsync<long>("select count(*) from compensation.plan_item")).ShouldBe(1);
    }

    [Fact]
    public async Task TwoChiefs_IssuingAtOnce_IssueOnce()
    {
        long plan = await DraftAsync(await ClearAsync());
        TestActor second = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Chief);

        Outcome<string>[] outcomes = await Task.WhenAll(IssueAsync(plan), IssueAsync(plan, second));

        outcomes.Count(outcome => outcome.Succeeded).ShouldBe(1);
        (await portal.Database.ScalarAsync<int>("select last from compensation.number where series = '深工信'")).ShouldBe(1);
    }

    [Fact]
    public async Task ClaimThatIsNotClear_OrAnEmptyPlan_IsSentBack()
    {
        ClaimKey published = await portal.ClaimAsync("B001", ClaimState.Published);

        (await portal.SendAsync(officer, new DraftPlan.Command(Fields(new ClaimRef(published.Bank, published.Id))))).Refusal!.Words.Zh.ShouldContain("公示无异议");
        (await portal.SendAsync(officer, new DraftPlan.Command(new PlanFields(" ", "", [])))).Problems.Select(problem => problem.Field).ShouldBe(["title", "basis", "claims"]);
    }

    [Fact]
    public async Task Bank_SeesItsOwnItemsOfIssuedPlansAlone()
    {
        ClaimRef mine = await ClearAsync(), theirs = await ClearAsync("B002");
        long plan = await DraftAsync(mine, theirs);
        TestActor maker = await portal.MakerAsync();
        (await portal.SendAsync(maker, new ShowPlan.Query(plan))).IsNotFound.ShouldBeTrue();
        await IssueAsync(plan);
        long others = await DraftAsync(await ClearAsync("B002"));
        await IssueAsync(others);

        (await portal.SendAsync(maker, new ShowPlan.Query(plan))).Value.Items.ShouldHaveSingleItem().Line.Claim.Id.ShouldBe(mine.Id);
        (await portal.SendAsync(maker, new ShowPlan.Query(others))).IsNotFound.ShouldBeTrue();
        ListPlans.Row row = (await portal.SendAsync(maker, new ListPlans.Query())).Plans.ShouldHaveSingleItem();
        (row.Plan.Id, row.Items, row.AmountFen).ShouldBe((plan, 1, 36_000_000L));
        await using FileStream workbook = (await portal.SendAsync(maker, new ExportPlan.Command(plan))).Value.Content;
        workbook.Length.ShouldBeGreaterThan(1000);
    }

    private static PlanFields Fields(params ClaimRef[] claims) => new("风险补偿项目资助计划", "《实施细则》第二十条", claims);

    private async Task<ClaimRef> ClearAsync(string bank = "B001")
    {
        ClaimKey claim = await portal.ClaimAsync(bank, ClaimState.Clear);
        return new ClaimRef(claim.Bank, claim.Id);
    }

    private async Task<long> DraftAsync(params ClaimRef[] claims) => (await portal.SendAsync(officer, new DraftPlan.Command(Fields(claims)))).Value;

    private async Task<Outcome<string>> IssueAsync(long plan, TestActor? by = null) =>
        await portal.SendAsync(by ?? chief, new IssuePlan.Command(plan, (await portal.SendAsync(officer, new ShowPlan.Query(plan))).Value.Plan.RowVersion));
}
