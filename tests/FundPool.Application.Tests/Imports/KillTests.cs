using System.Diagnostics;
using FundPool.Application.Imports;
using FundPool.Application.Pipeline;
using FundPool.Application.Verification;
using FundPool.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Imports;

/// <summary>A process that is killed in the middle of an import leaves nothing but the waiting batch, and the next one finishes it once (issue 2, done 5).</summary>
public sealed class KillTests : IAsyncLifetime
{
    private const int Rows = 20_000;
    private const int Kills = 10;
    private TestPortal portal = null!;
    private TestActor maker = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Worker_KilledTenTimes_RegistersTheFileOnce()
    {
        long batch = await WaitingBatchAsync(LoanRows.Csv("K", Rows));
        Random moment = new(20240401);
        for (int kill = 0; kill < Kills; kill++)
        {
            // In most rounds the end of the import is held up, so that the killing comes in time on any machine; the last ones run free.
            await using (Holdup? holdup = kill < Kills - 2 ? await Holdup.OfAsync(portal.Database, portal.Bank("B001")) : null)
            {
                using Process worker = await StartAsync();
                await BegunAsync(batch, kill + 1);
                await Task.Delay(moment.Next(0, holdup is null ? 300 : 1500));
                worker.Kill();
                await worker.WaitForExitAsync();
            }

            await NothingHalfAsync(batch, $"after kill {kill + 1}");
        }

        if (await StateAsync(batch) == "registering")
        {
            using Process last = await StartAsync();
            await last.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
            last.ExitCode.ShouldBe(0);
        }

        (await LoansAsync()).ShouldBe(Rows);
        (await StateAsync(batch)).ShouldBe("registered");
        Outcome<ShowImport.Answer> shown = await portal.SendAsync(maker, new ShowImport.Query(portal.Bank("B001"), batch));
        (shown.Value.Batch.Rows, shown.Value.Batch.Accepted, shown.Value.Batch.Rejected).ShouldBe((Rows, Rows, 0));
        (shown.Value.Progress!.Phase, shown.Value.Progress.Done).ShouldBe(("done", Rows));
        // Every held-up round began; of the two that run free the first may end the file before it is killed, and progress is written as well as it can be.
        shown.Value.Progress.Attempts.ShouldBeGreaterThanOrEqualTo(Kills - 2);
        (await portal.Database.ScalarAsync<long>("select count(*) from audit.event where entity = 'loan.loan'")).ShouldBe(Rows);
        (await VerifyDatabase.RunAsync(portal.Database.Owner, _ => { }, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DatabaseConnection_TornInTheMiddle_LeavesTheBatchWaiting_AndTheNextRunEndsIt()
    {
        long batch = await WaitingBatchAsync(LoanRows.Csv("T", 2000));
        List<Exception> failures = [];

        await using (Holdup holdup = await Holdup.OfAsync(portal.Database, portal.Bank("B001")))
        {
            Task<int> running = portal.Jobs.RunWaitingAsync((_, _, e) => failures.Add(e), CancellationToken.None);
            await portal.Database.TearAsync("query like 'insert into loan.loan%'");
            (await running).ShouldBe(0);
        }

        failures.ShouldHaveSingleItem();
        await NothingHalfAsync(batch, "after the connection was torn");
        (await portal.Jobs.RunWaitingAsync((_, _, e) => failures.Add(e), CancellationToken.None)).ShouldBe(1);
        failures.Count.ShouldBe(1);
        (await LoansAsync()).ShouldBe(2000);
        (await StateAsync(batch)).ShouldBe("registered");
    }

    [Fact]
    public async Task EveryConnection_TornInTheMiddle_LeavesTheBatchWaiting()
    {
        long batch = await WaitingBatchAsync(LoanRows.Csv("E", 2000));

        await using (Holdup holdup = await Holdup.OfAsync(portal.Database, portal.Bank("B001")))
        {
            Task<int> running = portal.Jobs.RunWaitingAsync((_, _, _) => { }, CancellationToken.None);
            await portal.Database.TearAsync("query like 'insert into loan.loan%'", all: true);
            (await running).ShouldBe(0);
        }

        await NothingHalfAsync(batch, "after every connection was torn");
        NpgsqlConnection.ClearAllPools();
        (await portal.Jobs.RunWaitingAsync((_, _, _) => { }, CancellationToken.None)).ShouldBe(1);
        (await LoansAsync()).ShouldBe(2000);
    }

    [Fact]
    public async Task File_ThatKillsItsWorkerEveryTime_IsGivenUpWithASentence()
    {
        long batch = await WaitingBatchAsync(LoanRows.Csv("G", 3));
        await portal.Database.ExecuteAsync("insert into loan.import_progress (pool_id, bank_id, batch_id, phase, done, at, attempts) values ($1, $2, $3, 'reading', 0, now(), 12)",
            portal.Database.Pool, portal.Bank("B001"), batch);

        (await portal.Jobs.RunWaitingAsync((_, _, _) => { }, CancellationToken.None)).ShouldBe(0);

        (await StateAsync(batch)).ShouldBe("failed");
        (await portal.Database.ScalarAsync<string>("select failure_zh from loan.import_batch where id = $1", batch)).ShouldStartWith("处理时发生系统错误，未登记任何一行");
        (await LoansAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task RegisteredBatch_GivenUpTooLate_StaysRegistered()
    {
        long batch = await WaitingBatchAsync(LoanRows.Csv("L", 3));
        (await portal.Jobs.RunWaitingAsync((_, _, _) => { }, CancellationToken.None)).ShouldBe(1);

        await portal.Imports.GiveUpAsync(portal.Database.Pool, portal.Bank("B001"), batch, "zu-spaet", CancellationToken.None);

        (await StateAsync(batch)).ShouldBe("registered");
    }

    private async Task NothingHalfAsync(long batch, string when)
    {
        string state = await StateAsync(batch);
        long loans = await LoansAsync();
        // Killed after the last word was sent to the database, the whole file stands; before, nothing does.
        (state, loans).ShouldBeOneOf([("registering", 0L), ("registered", (long)Rows)]);
        (await portal.Database.ScalarAsync<long>("select count(*) from audit.event where entity = 'loan.loan'")).ShouldBe(loans, when);
        (await portal.Database.ScalarAsync<long>("select coalesce(sum(loans), 0)::bigint from loan.summary")).ShouldBe(loans, when);
        Outcome<ShowImport.Answer> shown = await portal.SendAsync(maker, new ShowImport.Query(portal.Bank("B001"), batch));
        shown.Value.Batch.State.ShouldBe(state, when);
    }

    private async Task BegunAsync(long batch, int attempt)
    {
        for (int wait = 0; wait < 600 && await StateAsync(batch) == "registering"; wait++)
        {
            if (await portal.Database.ScalarAsync<long>("select count(*) from loan.import_progress where batch_id = $1 and attempts >= $2", batch, attempt) > 0)
            {
                return;
            }

            await Task.Delay(25);
        }
    }

    private Task<string> StateAsync(long batch) => portal.Database.ScalarAsync<string>("select state from loan.import_batch where id = $1", batch);

    private Task<long> LoansAsync() => portal.Database.ScalarAsync<long>("select count(*) from loan.loan");

    // Sent and checked in the browser, looked at, and confirmed: waiting to be registered.
    private async Task<long> WaitingBatchAsync(string csv)
    {
        await using MemoryStream content = new(System.Text.Encoding.UTF8.GetBytes(csv));
        Outcome<UploadFile.Answer> sent = await portal.SendAsync(maker, new UploadFile.Command(ImportKind.Loans, content, "三月.csv", new DateOnly(2026, 3, 18), null, false));
        await portal.Database.ExecuteAsync("update loan.import_batch set state = 'checked' where id = $1", sent.Value.Batch);
        (await portal.SendAsync(maker, new DecideImport.Command(sent.Value.Batch, Register: true))).Succeeded.ShouldBeTrue();
        return sent.Value.Batch;
    }

    private async Task<Process> StartAsync()
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Worker).Assembly.Location);
        start.ArgumentList.Add(Worker.Verb);
        start.ArgumentList.Add(portal.Database.AppConnectionString);
        Process worker = Process.Start(start)!;
        worker.ErrorDataReceived += (_, _) => { };
        worker.BeginErrorReadLine();
        (await worker.StandardOutput.ReadLineAsync()).ShouldBe(Worker.Ready);
        return worker;
    }
}

/// <summary>Holds the end of the bank's chain, so that a write of that bank waits with everything done but its last step.</summary>
internal sealed class Holdup : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private Holdup(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<Holdup> OfAsync(TestDatabase database, int chain)
    {
        NpgsqlConnection connection = await database.Owner.OpenConnectionAsync();
        await using NpgsqlCommand hold = new("begin; select 1 from audit.head where chain = $1 for update".Replace("$1", chain.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), connection);
        await hold.ExecuteNonQueryAsync();
        return new Holdup(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await using (NpgsqlCommand free = new("rollback", connection))
        {
            await free.ExecuteNonQueryAsync();
        }

        await connection.DisposeAsync();
    }
}

internal static class Tear
{
    /// <summary>Waits for the portal's connection in this state and ends it, or with it all of the portal's connections.</summary>
    public static async Task TearAsync(this TestDatabase database, string which, bool all = false)
    {
        for (int wait = 0; wait < 600; wait++)
        {
            if (await database.ScalarAsync<long>($"select count(*) from pg_stat_activity where datname = current_database() and usename = 'fundpool_app' and wait_event_type = 'Lock' and {which}") > 0)
            {
                await database.ColumnAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'fundpool_app' and ({(all ? "true" : which)})");
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("Nothing to tear.");
    }
}
