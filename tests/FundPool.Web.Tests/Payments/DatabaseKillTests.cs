using System.Collections.Concurrent;
using FundPool.Application.Payments;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Payments;

/// <summary>PostgreSQL killed with SIGKILL in the middle of payments, twenty times: nothing lost that was acknowledged, nothing done twice (issue 3, done 3).</summary>
public sealed class DatabaseKillTests
{
    private const int Kills = 20;

    [Fact]
    public async Task Payments_WithTheDatabaseKilledTwentyTimes_AreMadeOnceEach()
    {
        await using PaymentDesk desk = await PaymentDesk.OpenAsync(Kills, killable: true);
        TestActor[] chiefs = [await desk.Portal.TreasurerAsync(Role.Chief), await desk.Portal.TreasurerAsync(Role.Chief)];
        ConcurrentDictionary<(int, long), bool> acknowledged = [];
#pragma warning disable CA5394 // a seed for the test's own dice
        Random moment = new(20240401);
        for (int kill = 0; kill < Kills; kill++)
        {
            // Each order is pressed by two chiefs at once, with one key as a browser that retries has it and with another as a second window has.
            (int Bank, long Order) order = desk.Orders[kill];
            Task pressing = Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => PressAsync(desk, chiefs[i % 2], order, $"key-{order.Bank}-{order.Order}-{i / 2}", acknowledged))));
            await Task.Delay(moment.Next(0, 60));
            await desk.CrashAsync();
            await pressing;
            await desk.HoldsAsync(acknowledged.Keys);
        }
#pragma warning restore CA5394

        // Whoever got no answer asks again.
        foreach ((int Bank, long Order) order in desk.Orders)
        {
            await PressAsync(desk, chiefs[0], order, $"key-{order.Bank}-{order.Order}-0", acknowledged);
        }

        acknowledged.Count.ShouldBe(Kills);
        await desk.HoldsAsync(acknowledged.Keys);
        (await desk.Portal.BalanceAsync()).ShouldBe(0);
    }

    // Acknowledged is a good answer, or the refusal that says it was released already.
    private static async Task PressAsync(PaymentDesk desk, TestActor chief, (int Bank, long Order) order, string key, ConcurrentDictionary<(int, long), bool> acknowledged)
    {
        try
        {
            Outcome<long> outcome = await desk.Portal.SendAsync(chief, new ReleasePaymentOrder.Command(order.Bank, order.Order, key));
            if (outcome.Succeeded || outcome.Refusal?.Words.Zh.Contains("已放行", StringComparison.Ordinal) == true)
            {
                acknowledged[order] = true;
            }
        }
        catch (Exception torn) when (torn is NpgsqlException or InvalidOperationException or DbUpdateException or IOException or TimeoutException)
        {
            // The database went away under it: no answer, and so nothing is known.
        }
    }
}
