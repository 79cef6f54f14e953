using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Domain.Compensation;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Notices;

public sealed class BatchTests : IAsyncLifetime
{
    private NoticeDesk desk = null!;

    public async Task InitializeAsync() => desk = await NoticeDesk.OpenAsync();

    public Task DisposeAsync() => desk.DisposeAsync().AsTask();

    [Fact]
    public async Task Batch_OfApprovedClaimsOfTwoBanks_HoldsThemWithTheirSums()
    {
        ClaimRef one = await desk.ApprovedAsync(), two = await desk.ApprovedAsync("B002");

        long batch = await desk.BatchAsync(one, two);

        (await desk.StateOfAsync(one)).ShouldBe("batched");
        ListBatches.Row row = (await desk.Portal.SendAsync(desk.Officer, new ListBatches.Query())).Value.Batches.ShouldHaveSingleItem();
        (row.Batch.Id, row.Items, row.AmountFen).ShouldBe((batch, 2, 72_000_000L));
        ShowBatch.Answer shown = (await desk.Portal.SendAsync(desk.Chief, new ShowBatch.Query(batch))).Value;
        shown.Items.Select(line => line.BankName).ShouldBe(["甲银行深圳分行", "乙银行深圳分行"]);
        shown.Waiting.ShouldBeEmpty();
    }

    [Fact]
    public async Task Claim_ThatMustNotEnter_SaysWhyAndTheOthersStayOutToo()
    {
        ClaimRef good = await desk.ApprovedAsync(), upgraded = await desk.ApprovedAsync(), listed = await desk.ApprovedAsync("B002");
        await desk.Portal.Database.ExecuteAsync("update loan.loan set risk_class = 'special_mention', npl_since = null where id = (select loan_id from compensation.claim where id = $1)", upgraded.Id);
        await desk.Portal.Database.ExecuteAsync("update tenancy.organisation set dishonest_from = '2026-03-01' where code = 'B002'");

        Outcome<long> outcome = await desk.Portal.SendAsync(desk.Officer, new StartBatch.Command("2026年第一批", [good, upgraded, listed]));

        outcome.Refusal!.Article.Code.ShouldBe("15(3)");
        outcome.Refusal.Words.Zh.ShouldContain("已上调为正常或关注");
        outcome.Refusal.Words.Zh.ShouldContain("严重失信主体名单期间（第30条）");
        (await desk.StateOfAsync(good)).ShouldBe("approved");
        ListBatches.Answer list = (await desk.Portal.SendAsync(desk.Officer, new ListBatches.Query())).Value;
        list.Batches.ShouldBeEmpty();
        list.Waiting.Select(line => line.WhyNot.Count).ShouldBe([0, 1, 1]);
    }

    [Fact]
    public async Task SuspendedBank_WithAnApprovedClaim_HaltsBeforeTheBatch()
    {
        ClaimRef claim = await desk.ApprovedAsync();
        await SuspendAsync("B001");

        Outcome<long> outcome = await desk.Portal.SendAsync(desk.Officer, new StartBatch.Command("2026年第一批", [claim]));

        outcome.Refusal!.Article.Code.ShouldBe("17");
    }

    [Fact]
    public async Task TwoOfficers_PuttingTheSameClaimInAtOnce_PutItInOnce()
    {
        ClaimRef claim = await desk.ApprovedAsync();
        TestActor other = await desk.Portal.PersonAsync("GXJ", Domain.Tenancy.OrganisationKind.Authority, Domain.Tenancy.Role.Officer);

        Outcome<long>[] outcomes = await Task.WhenAll(
            desk.Portal.SendAsync(desk.Officer, new StartBatch.Command("甲", [claim])), desk.Portal.SendAsync(other, new StartBatch.Command("乙", [claim])));

        outcomes.Count(outcome => outcome.Succeeded).ShouldBe(1);
        outcomes.Single(outcome => !outcome.Succeeded).Refusal!.Words.Zh.ShouldContain("已列入批次");
        (await desk.Portal.Database.ScalarAsync<long>("select count(*) from compensation.batch_item where left_at is null")).ShouldBe(1);
        (await desk.Portal.Database.ScalarAsync<long>("select count(*) from compensation.batch")).ShouldBe(1);
    }

    [Fact]
    public async Task ClaimTakenOut_WithAReason_IsApprovedAgainAndMayComeBack()
    {
        ClaimRef one = await desk.ApprovedAsync(), two = await desk.ApprovedAsync();
        long batch = await desk.BatchAsync(one, two);

        (await desk.Portal.SendAsync(desk.Officer, new TakeFromBatch.Command(batch, one, ""))).Problems.ShouldHaveSingleItem().Field.ShouldBe("reason");
        (await desk.Portal.SendAsync(desk.Officer, new TakeFromBatch.Command(batch, one, "材料待核"))).Succeeded.ShouldBeTrue();

        (await desk.StateOfAsync(one)).ShouldBe("approved");
        ShowBatch.Answer shown = (await desk.Portal.SendAsync(desk.Officer, new ShowBatch.Query(batch))).Value;
        shown.Items.ShouldHaveSingleItem().Claim.Id.ShouldBe(two.Id);
        shown.Left.ShouldHaveSingleItem().Because.ShouldBe("材料待核");
        (await desk.Portal.Database.ScalarAsync<string>("select opinion from compensation.step where claim_id = $1 order by id desc limit 1", one.Id)).ShouldBe("材料待核");
        (await desk.Portal.SendAsync(desk.Officer, new AddToBatch.Command(batch, [one]))).Succeeded.ShouldBeTrue();
        (await desk.Portal.SendAsync(desk.Officer, new ShowBatch.Query(batch))).Value.Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Batch_WithoutNameOrClaims_IsSentBackAtItsFields()
    {
        Outcome<long> outcome = await desk.Portal.SendAsync(desk.Officer, new StartBatch.Command(" ", []));

        outcome.Problems.Select(problem => problem.Field).ShouldBe(["name", "claims"]);
    }

    [Fact]
    public async Task Claim_InAnotherState_IsRefused()
    {
        ClaimKey submitted = await desk.Portal.ClaimAsync("B001", ClaimState.Submitted);

        Outcome<long> outcome = await desk.Portal.SendAsync(desk.Officer, new StartBatch.Command("甲", [new ClaimRef(submitted.Bank, submitted.Id)]));

        outcome.Refusal!.Words.Zh.ShouldContain("待初审");
    }

    [Fact]
    public async Task Bank_AskingForBatches_FindsNothing()
    {
        long batch = await desk.BatchAsync(await desk.ApprovedAsync());
        TestActor maker = await desk.Portal.MakerAsync();

        (await desk.Portal.SendAsync(maker, new ShowBatch.Query(batch))).IsNotFound.ShouldBeTrue();
        (await desk.Portal.SendAsync(maker, new ListBatches.Query())).IsNotFound.ShouldBeTrue();
        await Should.ThrowAsync<PermissionDeniedException>(() => desk.Portal.SendAsync(maker, new StartBatch.Command("甲", [])));
        await Should.ThrowAsync<PermissionDeniedException>(() => desk.Portal.SendAsync(desk.Chief, new StartBatch.Command("甲", [])));
    }

    private Task SuspendAsync(string bank) => desk.Portal.Database.ExecuteAsync("""
        insert into loan.standing (pool_id, bank_id, standing, npl_principal_fen, principal_fen, npl_loans, loans, cause, measured_on)
        values ($1, $2, 'suspended', 4, 100, 1, 1, 'test', '2026-03-17')
        """, desk.Portal.Database.Pool, desk.Portal.Bank(bank));
}
