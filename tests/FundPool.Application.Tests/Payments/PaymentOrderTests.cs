using FundPool.Application.Ledger;
using FundPool.Application.Payments;
using FundPool.Application.Pipeline;
using FundPool.Domain.Kernel;
using FundPool.Domain.Ledger;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Payments;

/// <summary>From the queue to the compensation library: what the money reaches, prepared by one and released by another, once.</summary>
public sealed class PaymentOrderTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync() => portal = await TestPortal.OpenAsync();

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    private async Task<Outcome<long>> ReleaseAsync(PlanKey plan, long order, TestActor? chief = null, string? key = null) =>
        await portal.SendAsync(chief ?? await portal.TreasurerAsync(Role.Chief), new ReleasePaymentOrder.Command(plan.Bank, order, key ?? MoneyIn.Key()));

    [Fact]
    public async Task Order_Released_PaysItsClaimsAndPostsThemOneByOne()
    {
        await portal.AppropriateAsync("1000000.00");
        PlanKey plan = await portal.PayableAsync("B001", claims: 2);
        long order = await portal.OrderedAsync(plan);
        (await portal.StatesAsync(plan)).ShouldBe(["ordered", "ordered"]);
        (await portal.BalanceAsync()).ShouldBe(100_000_000);

        (await ReleaseAsync(plan, order)).Value.ShouldBe(order);

        (await portal.StatesAsync(plan)).ShouldBe(["paid", "paid"]);
        (await portal.BalanceAsync()).ShouldBe(28_000_000);
        (await portal.BalanceAsync("compensation")).ShouldBe(72_000_000);
        (await portal.Database.ColumnAsync("select account || ' ' || fen || ' ' || coalesce(claim_id::text, '-') from ledger.posting p join ledger.entry e on e.id = p.entry_id where e.kind = 'payment' order by n"))
            .ShouldBe(["special -72000000 -", $"compensation 36000000 {plan.Claims[0].Id}", $"compensation 36000000 {plan.Claims[1].Id}"]);
        // 15 working days from Wednesday 2026-03-18, with Qingming on 04-06.
        (await portal.Database.ColumnAsync("select distinct paid_fen || ' ' || paid_on || ' ' || transfer_due from compensation.claim where paid_on is not null")).ShouldBe(["36000000 2026-03-18 2026-04-09"]);
        (await portal.Database.ColumnAsync("select number || ' ' || state || ' ' || total_fen from compensation.payment_order")).ShouldBe(["FK-2026-0001 released 72000000"]);
    }

    [Fact]
    public async Task Order_ByWhoeverPreparedIt_IsNotReleased()
    {
        await portal.AppropriateAsync("1000000.00");
        PlanKey plan = await portal.PayableAsync("B001");
        TestActor both = (await portal.TreasurerAsync(Role.Chief)).With(Permission.PreparePayments);
        long order = await portal.OrderedAsync(plan, both);

        Outcome<long> answer = await ReleaseAsync(plan, order, both);

        answer.Refusal.ShouldNotBeNull().Words.En.ShouldContain("another person must approve");
        (await portal.StatesAsync(plan)).ShouldBe(["ordered"]);
        (await portal.BalanceAsync("compensation")).ShouldBe(0);
    }

    [Fact]
    public async Task Order_PressedTwiceWithOneKey_GivesTheSameAnswer()
    {
        await portal.AppropriateAsync("1000000.00");
        PlanKey plan = await portal.PayableAsync("B001"), other = await portal.PayableAsync("B002");
        long order = await portal.OrderedAsync(plan), second = await portal.OrderedAsync(other);
        TestActor chief = await portal.TreasurerAsync(Role.Chief);

        (await ReleaseAsync(plan, order, chief, "key-released")).Value.ShouldBe(order);
        (await ReleaseAsync(plan, order, chief, "key-released")).Value.ShouldBe(order);
        (await ReleaseAsync(other, second, chief, "key-released")).Refusal.ShouldNotBeNull().Words.En.ShouldContain("other content");
        (await ReleaseAsync(plan, order, chief, "key-again")).Refusal.ShouldNotBeNull().Words.En.ShouldContain("released or dropped already");

        (await portal.BalanceAsync("compensation")).ShouldBe(36_000_000);
    }

    [Fact]
    public async Task Order_WhenTheMoneyIsGone_IsRefusedWithTheShortageAndCanBeReleasedLater()
    {
        long receipt = await portal.AppropriateAsync("400000.00");
        PlanKey plan = await portal.PayableAsync("B001");
        long order = await portal.OrderedAsync(plan);
        long reversal = (await portal.SendAsync(await portal.TreasurerAsync(), new ReverseReceipt.Command(receipt, "拨款退回"))).Value;
        await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new DecideReceipt.Command(reversal, true, null));
        TestActor chief = await portal.TreasurerAsync(Role.Chief);

        Outcome<long> answer = await ReleaseAsync(plan, order, chief, "key-short");

        answer.Refusal.ShouldNotBeNull().Words.Zh.ShouldBe("专户余额不足：本单 360000.00 元，余额 0.00 元，尚缺 360000.00 元；未作任何拨付");
        (await portal.StatesAsync(plan)).ShouldBe(["ordered"]);
        (await portal.Database.ScalarAsync<long>("select count(*) from ledger.once where key = 'key-short'")).ShouldBe(0);
        await portal.AppropriateAsync("360000.00");
        (await ReleaseAsync(plan, order, chief, "key-short")).Value.ShouldBe(order);
        (await portal.BalanceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Order_WhenTheMoneyReachesNotAll_TakesTheFirstOnesAndNobodyOvertakes()
    {
        await portal.AppropriateAsync("800000.00");
        PlanKey later = await portal.PayableAsync("B002", claims: 1, hour: 5);
        PlanKey first = await portal.PayableAsync("B001", claims: 3, hour: 1);

        Outcome<long> overtaking = await portal.SendAsync(await portal.TreasurerAsync(), new PreparePaymentOrder.Command(later.Bank, later.Id, MoneyIn.Key()));
        await portal.OrderedAsync(first);

        overtaking.Refusal.ShouldNotBeNull().Words.Zh.ShouldBe("资金不足：按受理时间排在前面的申请共需 1080000.00 元，本行首笔需 360000.00 元，专户可用 800000.00 元，尚缺 640000.00 元");
        (await portal.StatesAsync(first)).ShouldBe(["ordered", "ordered", "payable"]);
        ShowPaymentQueue.Answer queue = await portal.SendAsync(await portal.TreasurerAsync(), new ShowPaymentQueue.Query());
        queue.Free.ShouldBe(new Money(8_000_000));
        queue.IsShort.ShouldBeTrue();
        queue.Rows.Select(r => (r.Bank, r.Place, r.Ahead.Fen, r.IsCovered)).ShouldBe([(first.Bank, 1, 0L, false), (later.Bank, 2, 36_000_000L, false)]);
    }

    [Fact]
    public async Task Queue_ForABank_TellsItsPlaceAndTheSumAheadAndNoOtherBank()
    {
        await portal.AppropriateAsync("400000.00");
        await portal.PayableAsync("B001", claims: 2, hour: 1);
        PlanKey own = await portal.PayableAsync("B002", claims: 1, hour: 5);

        ShowPaymentQueue.Answer queue = await portal.SendAsync(await portal.MakerAsync("B002"), new ShowPaymentQueue.Query());

        ShowPaymentQueue.Row row = queue.Rows.ShouldHaveSingleItem();
        (row.Bank, row.Place, row.Ahead.Fen, row.IsCovered).ShouldBe((own.Bank, 3, 72_000_000L, false));
        queue.Free.ShouldBeNull();
        queue.IsShort.ShouldBeTrue();
        (await portal.SendAsync(await portal.MakerAsync("B002"), new ShowClaimPayment.Query(own.Bank, own.Claims[0].Id)))!.Place!.Place.ShouldBe(3);
    }

    [Theory]
    [InlineData("update loan.loan set risk_class = 'normal', npl_since = null where id = $1", QueueHold.Upgraded)]
    [InlineData("update loan.loan set library = 'struck_out' where id = $1", QueueHold.Library)]
    [InlineData("insert into ledger.loan_total (pool_id, bank_id, loan_id, principal_fen, fen) select pool_id, bank_id, id, principal_fen, 9000001 from loan.loan where id = $1", QueueHold.Half)]
    public async Task Queue_WhenTheLoanNoLongerCounts_HoldsTheClaimAndPaysTheNext(string change, QueueHold held)
    {
        await portal.AppropriateAsync("400000.00");
        PlanKey first = await portal.PayableAsync("B001", hour: 1), next = await portal.PayableAsync("B002", hour: 5);
        await portal.Database.ExecuteAsync(change, first.Claims[0].Loan);

        ShowPaymentQueue.Answer queue = await portal.SendAsync(await portal.TreasurerAsync(), new ShowPaymentQueue.Query());
        Outcome<long> refused = await portal.SendAsync(await portal.TreasurerAsync(), new PreparePaymentOrder.Command(first.Bank, first.Id, MoneyIn.Key()));
        long order = await portal.OrderedAsync(next);

        queue.Rows.Select(r => (r.Held, r.Place, r.IsCovered)).ShouldBe([(held, 1, false), (null, 1, true)]);
        (await portal.SendAsync(await portal.MakerAsync("B001"), new ShowPaymentQueue.Query())).Rows.ShouldHaveSingleItem().Held.ShouldBe(held);
        refused.Refusal.ShouldNotBeNull().Words.En.ShouldContain("held");
        (await ReleaseAsync(next, order)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Order_WhoseLoanWasUpgradedMeanwhile_IsNotReleased()
    {
        await portal.AppropriateAsync("400000.00");
        PlanKey plan = await portal.PayableAsync("B001");
        long order = await portal.OrderedAsync(plan);
        await portal.Database.ExecuteAsync("update loan.loan set risk_class = 'special_mention', npl_since = null where id = $1", plan.Claims[0].Loan);

        (await ReleaseAsync(plan, order)).Refusal.ShouldNotBeNull().Words.En.ShouldContain("upgraded");

        (await portal.BalanceAsync("compensation")).ShouldBe(0);
        (await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new RefusePaymentOrder.Command(plan.Bank, order, "贷款已上调"))).Succeeded.ShouldBeTrue();
        (await portal.StatesAsync(plan)).ShouldBe(["payable"]);
    }

    [Fact]
    public async Task Order_Dropped_ReturnsItsClaimsAndCanBePreparedAnew()
    {
        await portal.AppropriateAsync("400000.00");
        PlanKey plan = await portal.PayableAsync("B001");
        long order = await portal.OrderedAsync(plan);
        TestActor officer = await portal.TreasurerAsync();

        (await portal.SendAsync(officer, new DropPaymentOrder.Command(plan.Bank, order, ""))).Problems.ShouldHaveSingleItem().Field.ShouldBe("reason");
        (await portal.SendAsync(officer, new DropPaymentOrder.Command(plan.Bank, order, "账号有误"))).Succeeded.ShouldBeTrue();

        (await portal.StatesAsync(plan)).ShouldBe(["payable"]);
        (await ReleaseAsync(plan, order)).Refusal.ShouldNotBeNull();
        long second = await portal.OrderedAsync(plan);
        second.ShouldNotBe(order);
        (await ReleaseAsync(plan, second)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Money_Confirmed_MovesTheLoanToTheCompensationLibrary()
    {
        await portal.AppropriateAsync("400000.00");
        PlanKey plan = await portal.PayableAsync("B001");
        long order = await portal.OrderedAsync(plan);
        await ReleaseAsync(plan, order);
        TestActor checker = await portal.CheckerAsync();
        portal.Clock.Advance(TimeSpan.FromDays(2));

        (await portal.SendAsync(checker, new ConfirmReceipt.Command(order, new DateOnly(2026, 3, 17)))).Problems.ShouldHaveSingleItem().Field.ShouldBe("receivedOn");
        (await portal.SendAsync(checker, new ConfirmReceipt.Command(order, new DateOnly(2026, 3, 19)))).Value.ShouldBe(order);

        (await portal.StatesAsync(plan)).ShouldBe(["compensated"]);
        (await portal.Database.ColumnAsync("select library from loan.loan where id = $1", plan.Claims[0].Loan)).ShouldBe(["compensation"]);
        (await portal.Database.ColumnAsync("select received_on || ' ' || transferred_on || ' ' || transfer_due from compensation.claim where id = $1", plan.Claims[0].Id)).ShouldBe(["2026-03-19 2026-03-20 2026-04-10"]);
        (await portal.Database.ScalarAsync<long>("select coalesce(sum(loans), 0)::bigint from loan.summary where library = 'compensation'")).ShouldBe(1);
        (await portal.SendAsync(checker, new ConfirmReceipt.Command(order, new DateOnly(2026, 3, 19)))).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task Money_ByWhoeverFiledTheDocuments_IsNotConfirmed()
    {
        await portal.AppropriateAsync("400000.00");
        PlanKey plan = await portal.PlanAsync("B001");
        TestActor both = (await portal.MakerAsync()).With(Permission.ConfirmReceipts);
        await portal.FiledAsync(plan, both);
        await portal.SendAsync(await portal.TreasurerAsync(), new CheckPaymentDocuments.Command(plan.Bank, await portal.PayoutAsync(plan), true, null));
        long order = await portal.OrderedAsync(plan);
        await ReleaseAsync(plan, order);

        (await portal.SendAsync(both, new ConfirmReceipt.Command(order, new DateOnly(2026, 3, 18)))).Refusal.ShouldNotBeNull().Words.En.ShouldContain("another person");
        (await portal.SendAsync(await portal.CheckerAsync("B002"), new ConfirmReceipt.Command(order, new DateOnly(2026, 3, 18)))).IsNotFound.ShouldBeTrue();
        (await portal.StatesAsync(plan)).ShouldBe(["paid"]);
    }

    [Fact]
    public async Task Order_OfAnotherBank_IsNotThere()
    {
        await portal.AppropriateAsync("400000.00");
        PlanKey plan = await portal.PayableAsync("B001");
        long order = await portal.OrderedAsync(plan);
        TestActor stranger = await portal.MakerAsync("B002");

        (await portal.SendAsync(stranger, new ShowPaymentOrder.Query(plan.Bank, order))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new ListPaymentOrders.Query())).ShouldBeEmpty();
        (await portal.SendAsync(await portal.MakerAsync(), new ListPaymentOrders.Query())).ShouldHaveSingleItem().Claims.ShouldBe(1);
        ShowPaymentOrder.Answer shown = (await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new ShowPaymentOrder.Query(plan.Bank, order))).Value;
        shown.Total.ToChineseCapital().ShouldBe("叁拾陆万元整");
        shown.Account.ShouldBe("4403010012345678");
        (await portal.SendAsync(await portal.AuditorAsync(), new ShowPaymentOrder.Query(plan.Bank, order))).Value.Account.ShouldBe("************5678");
    }
}
