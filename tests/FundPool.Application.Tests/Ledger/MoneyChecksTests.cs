using FundPool.Application.Payments;
using FundPool.Application.Verification;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Ledger;

/// <summary>Each check finds what a superuser broke past every trigger, and finds nothing in what the use cases left.</summary>
public sealed class MoneyChecksTests(MoneyChecksTests.Fixture fixture) : IClassFixture<MoneyChecksTests.Fixture>
{
    [Theory]
    [InlineData("ledger_entries", "update ledger.posting set fen = fen + 1 where account = 'appropriations'", "update ledger.posting set fen = fen - 1 where account = 'appropriations'")]
    [InlineData("ledger_balances", "update ledger.balance set fen = fen + 1 where account = 'special'", "update ledger.balance set fen = fen - 1 where account = 'special'")]
    [InlineData("special_account", "update ledger.posting set fen = fen - 900000000 where account = 'special' and fen > 0", "update ledger.posting set fen = fen + 900000000 where account = 'special' and fen = -800000000")]
    [InlineData("paid_claims", "update compensation.claim set paid_fen = null", "update compensation.claim set paid_fen = approved_fen")]
    [InlineData("paid_claims", "update compensation.claim set state = 'ordered'", "update compensation.claim set state = 'compensated'")]
    [InlineData("paid_half", "update ledger.posting set fen = fen + 9000001 where account = 'compensation'", "update ledger.posting set fen = fen - 9000001 where account = 'compensation'")]
    [InlineData("paid_half_of_claim", "update compensation.claim set basis_fen = 71999998", "update compensation.claim set basis_fen = 90000000")]
    [InlineData("payment_orders", "update compensation.payment_item set amount_fen = amount_fen + 1", "update compensation.payment_item set amount_fen = amount_fen - 1")]
    [InlineData("plan_totals", "update compensation.plan set total_fen = total_fen + 1", "update compensation.plan set total_fen = total_fen - 1")]
    [InlineData("in_one_batch", """
        drop index compensation.batch_item_once; insert into compensation.batch (pool_id, name, made_by, made_by_name) select pool_id, '二', 1, '甲' from compensation.batch;
        insert into compensation.batch_item select i.pool_id, i.bank_id, (select max(id) from compensation.batch), i.claim_id, i.amount_fen from compensation.batch_item i
        """, """
        delete from compensation.batch_item where batch_id = (select max(id) from compensation.batch); delete from compensation.batch where name = '二';
        create unique index batch_item_once on compensation.batch_item (pool_id, bank_id, claim_id) where left_at is null
        """)]
    [InlineData("in_one_plan", """
        drop index compensation.plan_item_once; insert into compensation.plan (pool_id, title, basis, made_by, made_by_name) select pool_id, '二', '二', 1, '甲' from compensation.plan;
        insert into compensation.plan_item select i.pool_id, i.bank_id, (select max(id) from compensation.plan), i.claim_id, 1, i.amount_fen from compensation.plan_item i
        """, """
        delete from compensation.plan_item where plan_id = (select max(id) from compensation.plan); delete from compensation.plan where title = '二';
        create unique index plan_item_once on compensation.plan_item (pool_id, bank_id, claim_id) where left_at is null
        """)]
    [InlineData("in_one_order", """
        drop index compensation.payment_item_once;
        insert into compensation.payment_item select pool_id, bank_id, order_id, 99, claim_id, amount_fen from compensation.payment_item
        """, """
        delete from compensation.payment_item where n = 99;
        create unique index payment_item_once on compensation.payment_item (pool_id, bank_id, claim_id) where left_at is null
        """)]
    [InlineData("compensation_library", "update loan.loan set library = 'loan' where library = 'compensation'", "update loan.loan set library = 'compensation' where note_no like '%-BAD-%'")]
    [InlineData("claim_steps", "update compensation.step set to_state = 'draft' where to_state = 'paid'", "update compensation.step set to_state = 'paid' where from_state = 'ordered'")]
    [InlineData("claim_steps", "update compensation.step set from_state = 'draft', claim_id = claim_id where from_state = 'planned'", "update compensation.step set from_state = 'planned' where to_state = 'filed'")]
    public async Task Check_WhenASuperuserBreaksIt_FindsIt(string check, string broken, string mended)
    {
        await RunAsync(broken);

        IReadOnlyList<Violation> found = await VerifyAsync();

        found.Select(v => v.Check).ShouldContain(check);
        await RunAsync(mended);
        (await VerifyAsync()).ShouldBeEmpty();
    }

    private Task<int> RunAsync(string sql) => fixture.Portal.Database.ExecuteAsync($"set session_replication_role = replica; {sql}; set session_replication_role = origin");

    // The chain of the record is not touched by what is broken here.
    private async Task<IReadOnlyList<Violation>> VerifyAsync() => await VerifyDatabase.RunAsync(fixture.Portal.Database.Owner, _ => { }, 10, CancellationToken.None);

    public sealed class Fixture : IAsyncLifetime
    {
        public TestPortal Portal { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Portal = await TestPortal.OpenAsync();
            await Portal.AppropriateAsync("1000000.00");
            PlanKey plan = await Portal.PayableAsync("B001");
            long order = await Portal.OrderedAsync(plan);
            await Portal.SendAsync(await Portal.TreasurerAsync(Role.Chief), new ReleasePaymentOrder.Command(plan.Bank, order, MoneyIn.Key()));
            await Portal.SendAsync(await Portal.CheckerAsync(), new ConfirmReceipt.Command(order, new DateOnly(2026, 3, 18)));
        }

        public Task DisposeAsync() => Portal.DisposeAsync().AsTask();
    }
}
