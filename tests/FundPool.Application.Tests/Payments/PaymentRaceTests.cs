using FundPool.Application.Ledger;
using FundPool.Application.Payments;
using FundPool.Application.Pipeline;
using FundPool.Application.Verification;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Payments;

/// <summary>Many at the same moment: the pool never pays more than it holds, a claim is never paid twice, and nobody deadlocks.</summary>
public sealed class PaymentRaceTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync() => portal = await TestPortal.OpenAsync();

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Releases_ThirtyTwoAtOnceFromTooLittle_PayWhatTheMoneyCoversOnce()
    {
        await portal.AppropriateAsync("1800000.00");
        long taken = await portal.AppropriateAsync("1440000.00");
        List<(PlanKey Plan, long Order)> orders = [];
        foreach (string bank in (string[])["B001", "B002", "B001", "B002", "B001", "B002", "B001", "B002"])
        {
            PlanKey plan = await portal.PayableAsync(bank);
            orders.Add((plan, await portal.OrderedAsync(plan)));
        }

        // The money of eight orders was there when they were prepared; now five claims' worth of it is.
        long reversal = (await portal.SendAsync(await portal.TreasurerAsync(), new ReverseReceipt.Command(taken, "拨款退回"))).Value;
        await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new DecideReceipt.Command(reversal, true, null));
        TestActor[] chiefs = [await portal.TreasurerAsync(Role.Chief), await portal.TreasurerAsync(Role.Chief)];

        // Each order four times: twice with one key, twice with another.
        Outcome<long>[] answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => portal.SendAsync(chiefs[i % 2],
            new ReleasePaymentOrder.Command(orders[i % 8].Plan.Bank, orders[i % 8].Order, $"key-race-{i % 16:D3}")))));

        answers.Count(a => a.Succeeded).ShouldBeInRange(5, 10);
        answers.Where(a => !a.Succeeded).ShouldAllBe(a => a.Refusal != null);
        (await portal.BalanceAsync()).ShouldBe(0);
        (await portal.BalanceAsync("compensation")).ShouldBe(180_000_000);
        (await portal.Database.ScalarAsync<long>("select count(*) from compensation.claim where state = 'paid'")).ShouldBe(5);
        (await portal.Database.ScalarAsync<long>("select count(*) from compensation.claim where state = 'ordered'")).ShouldBe(3);
        (await VerifyAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Preparing_AtTheSameMomentForTheSameMoney_OrdersItOnce()
    {
        await portal.AppropriateAsync("720000.00");
        PlanKey[] plans = [await portal.PayableAsync("B001", hour: 1), await portal.PayableAsync("B002", hour: 2), await portal.PayableAsync("B001", hour: 3)];
        TestActor officer = await portal.TreasurerAsync();

        Outcome<long>[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => portal.SendAsync(officer, new PreparePaymentOrder.Command(plans[i % 3].Bank, plans[i % 3].Id, MoneyIn.Key())))));

        answers.Count(a => a.Succeeded).ShouldBe(2);
        (await portal.StatesAsync(plans[2])).ShouldBe(["payable"]);
        (await portal.Database.ScalarAsync<long>("select sum(total_fen)::bigint from compensation.payment_order where state = 'prepared'")).ShouldBe(72_000_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Deeds_InAnyOrderBySeveralAtOnce_LeaveTheBooksInOrder(int seed)
    {
#pragma warning disable CA5394 // a seed for the test's own dice
        Random dice = new(seed);
        int Throw(int sides)
        {
            lock (dice)
            {
                return dice.Next(sides);
            }
        }
#pragma warning restore CA5394

        List<PlanKey> plans = [];
        foreach (string bank in (string[])["B001", "B002", "B001", "B002"])
        {
            plans.Add(await portal.PayableAsync(bank, hour: Throw(6)));
        }

        TestActor[] officers = [await portal.TreasurerAsync(), await portal.TreasurerAsync()];
        TestActor[] chiefs = [(await portal.TreasurerAsync(Role.Chief)).With(Permission.PreparePayments), await portal.TreasurerAsync(Role.Chief)];
        Dictionary<string, TestActor> checkers = new() { ["B001"] = await portal.CheckerAsync("B001"), ["B002"] = await portal.CheckerAsync("B002") };
        for (int round = 0; round < 14; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => DeedAsync(Throw))));
            (await portal.BalanceAsync()).ShouldBeGreaterThanOrEqualTo(0);
        }

        (await VerifyAsync()).ShouldBeEmpty();
        (await portal.Database.ScalarAsync<long>("select count(*) from ledger.entry")).ShouldBeGreaterThan(0);

        async Task DeedAsync(Func<int, int> roll)
        {
            PlanKey plan = plans[roll(plans.Count)];
            TestActor officer = officers[roll(2)], chief = chiefs[roll(2)];
            long order = (await portal.Database.ColumnAsync("select id from compensation.payment_order where bank_id = $1 and plan_id = $2 order by id desc limit 1", plan.Bank, plan.Id)) is [{ } last] ? long.Parse(last, System.Globalization.CultureInfo.InvariantCulture) : 0;
            long receipt = (await portal.Database.ColumnAsync("select id from ledger.receipt order by random() limit 1")) is [{ } some] ? long.Parse(some, System.Globalization.CultureInfo.InvariantCulture) : 0;
            switch (roll(9))
            {
                case 0:
                    await portal.SendAsync(officer, new EnterReceipt.Command("appropriation", new Money((roll(5) + 1) * 18_000_000), new DateOnly(2026, 3, 2), "文号", "拨款", MoneyIn.Key()));
                    break;
                case 1 or 2:
                    await portal.SendAsync(chief, new DecideReceipt.Command(receipt, roll(5) > 0, "审核"));
                    break;
                case 3:
                    await portal.SendAsync(officer, new ReverseReceipt.Command(receipt, "有误"));
                    break;
                case 4 or 5:
                    await portal.SendAsync(roll(2) == 0 ? officer : chiefs[0], new PreparePaymentOrder.Command(plan.Bank, plan.Id, MoneyIn.Key()));
                    break;
                case 6 or 7:
                    await portal.SendAsync(chief, new ReleasePaymentOrder.Command(plan.Bank, order, MoneyIn.Key()));
                    break;
                default:
                    _ = roll(2) == 0
                        ? await portal.SendAsync(officer, new DropPaymentOrder.Command(plan.Bank, order, "重做"))
                        : await portal.SendAsync(checkers[plan.Code], new ConfirmReceipt.Command(order, new DateOnly(2026, 3, 18)));
                    break;
            }
        }
    }

    private async Task<IReadOnlyList<Violation>> VerifyAsync() => await VerifyDatabase.RunAsync(portal.Database.Owner, _ => { }, 10, CancellationToken.None);
}
