using System.Globalization;
using FundPool.Application.Verification;
using FundPool.Testing;
using Shouldly;

namespace FundPool.Web.Tests.Payments;

/// <summary>Payment orders that wait for their release, and what must hold whatever was killed.</summary>
internal sealed class PaymentDesk : IAsyncDisposable
{
    private readonly CrashCluster? cluster;

    private PaymentDesk(CrashCluster? cluster, TestDatabase database)
    {
        this.cluster = cluster;
        Database = database;
        Portal = TestPortal.Over(database, new TestClock());
    }

    public TestDatabase Database { get; }

    public TestPortal Portal { get; }

    public IReadOnlyList<(int Bank, long Order)> Orders { get; private set; } = [];

    /// <summary>Orders of 360,000.00 each, of two banks in turn, with money for all.</summary>
    /// <param name="killable">On a cluster of its own, which may be killed.</param>
    public static async Task<PaymentDesk> OpenAsync(int orders, bool killable)
    {
        CrashCluster? cluster = killable ? await CrashCluster.StartAsync() : null;
        PaymentDesk desk = new(cluster, cluster is null ? await TestDatabase.CreateAsync() : await TestDatabase.CreateOnAsync(cluster.Server));
        await desk.Portal.AppropriateAsync((orders * 360_000L).ToString(CultureInfo.InvariantCulture) + ".00");
        List<(int, long)> prepared = [];
        for (int i = 0; i < orders; i++)
        {
            PlanKey plan = await desk.Portal.PayableAsync(i % 2 == 0 ? "B001" : "B002");
            prepared.Add((plan.Bank, await desk.Portal.OrderedAsync(plan)));
        }

        desk.Orders = prepared;
        return desk;
    }

    /// <summary>Kills PostgreSQL at one blow and starts it again.</summary>
    public async Task CrashAsync()
    {
        await cluster!.KillAsync();
        await cluster.RestartAsync();
        Database.ForgetConnections();
    }

    /// <summary>What was acknowledged is there, nothing is there twice, and the books are in order.</summary>
    public async Task HoldsAsync(IEnumerable<(int Bank, long Order)> acknowledged)
    {
        List<string?> released = await Database.ColumnAsync("select bank_id || '/' || id from compensation.payment_order where state = 'released'");
        acknowledged.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Bank}/{o.Order}")).Where(o => !released.Contains(o)).ShouldBeEmpty("an acknowledged payment is lost");
        (await Database.ScalarAsync<long>("select coalesce(sum(-fen), 0)::bigint from ledger.posting p join ledger.entry e on e.pool_id = p.pool_id and e.id = p.entry_id where e.kind = 'payment' and p.account = 'special'"))
            .ShouldBe(released.Count * 36_000_000L);
        (await Database.ScalarAsync<long>("select count(*) from compensation.claim where state = 'paid'")).ShouldBe(released.Count);
        (await VerifyDatabase.RunAsync(Database.Owner, _ => { }, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Database.DisposeAsync();
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }
}
