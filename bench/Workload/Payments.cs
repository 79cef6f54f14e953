using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using FundPool.Application;
using FundPool.Application.Payments;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FundPool.Bench;

/// <summary>Releases prepared payment orders by many workers at once through the use case, and pays the same claims out of one bare row for comparison.</summary>
internal static class Payments
{
    public static async Task<int> RunAsync(string connection, int pool, int workers)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connection);
        List<(int Bank, long Id, long Fen, int Claims)> orders = await OrdersAsync(connection);
        int claims = orders.Sum(order => order.Claims);
        (double bareSeconds, _) = await TimedAsync(workers, Enumerable.Range(0, claims), async _ =>
        {
            await using NpgsqlCommand update = source.CreateCommand("update public.bare set fen = fen - 1 where id = 1 and fen >= 1");
            return await update.ExecuteNonQueryAsync() == 1;
        });

        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IPersonalNumbers>(_ => throw new InvalidOperationException("A release needs no account number."));
        services.AddScoped<IActor>(_ => new Chief(pool));
        services.AddFundPool(source);
        await using ServiceProvider provider = services.BuildServiceProvider();
        ConcurrentDictionary<(int, long), int> paid = new();
        (double seconds, int released) = await TimedAsync(workers, orders, async order =>
        {
            await using AsyncServiceScope scope = provider.CreateAsyncScope();
            Outcome<long> outcome = await scope.ServiceProvider.GetRequiredService<IMediator>()
                .Send(new ReleasePaymentOrder.Command(order.Bank, order.Id, string.Create(CultureInfo.InvariantCulture, $"bench-{order.Bank:D4}-{order.Id}")));
            if (outcome.Succeeded)
            {
                paid[(order.Bank, order.Id)] = order.Claims;
            }

            return outcome.Succeeded;
        });

        double bare = claims / bareSeconds, ours = paid.Values.Sum() / seconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workers} workers: {released} of {orders.Count} orders released, {released / seconds:0} orders and {ours:0} claims a second; bare updates {bare:0} a second"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio {ours / bare:0.00}"));
        return 0;
    }

    private static async Task<(double Seconds, int Done)> TimedAsync<T>(int workers, IEnumerable<T> work, Func<T, Task<bool>> deed)
    {
        ConcurrentQueue<T> queue = new(work);
        int done = 0;
        Stopwatch time = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (queue.TryDequeue(out T? one))
            {
                if (await deed(one))
                {
                    Interlocked.Increment(ref done);
                }
            }
        })));
        return (time.Elapsed.TotalSeconds, done);
    }

    // The portal's login reads them in the pool's scope, as the use case does.
    private static async Task<List<(int Bank, long Id, long Fen, int Claims)>> OrdersAsync(string connection)
    {
        await using NpgsqlConnection open = new(connection);
        await open.OpenAsync();
        await using NpgsqlTransaction transaction = await open.BeginTransactionAsync();
        await using NpgsqlBatch batch = new(open, transaction)
        {
            BatchCommands =
            {
                new("set local role fundpool_pool"),
                new("select set_config('app.pool', '1', true)"),
                new("select o.bank_id, o.id, o.total_fen, count(*)::int from compensation.payment_order o join compensation.payment_item i on i.bank_id = o.bank_id and i.order_id = o.id where o.state = 'prepared' group by 1, 2, 3 order by md5(o.id::text)"),
            },
        };
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        List<(int, long, long, int)> orders = [];
        while (await reader.ReadAsync())
        {
            orders.Add((reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3)));
        }

        return orders;
    }

    private sealed class Chief(int pool) : IActor
    {
        public Acting Acting { get; } = new(Scope.Pool, pool, null, null, 2, "bench");

        public OrganisationKind Kind => OrganisationKind.Treasurer;

        public IReadOnlySet<Permission> Permissions { get; } = Enum.GetValues<Permission>().ToHashSet();

        public string? Trace => null;
    }
}
