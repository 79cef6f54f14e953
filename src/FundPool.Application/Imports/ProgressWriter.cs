using System.Diagnostics;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Imports;

/// <summary>Says how far an import is, over a connection of its own: what the import's transaction writes nobody sees before it ends.</summary>
internal sealed class ProgressWriter : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private readonly NpgsqlDataSource source;
    private readonly Acting acting;
    private readonly ImportBatch batch;
    private readonly CancellationTokenSource ended = new();
    private readonly Task writing;
    private volatile string phase = "reading";
    private volatile int done;

    private ProgressWriter(NpgsqlDataSource source, Acting acting, ImportBatch batch)
    {
        this.source = source;
        this.acting = acting;
        this.batch = batch;
        writing = Task.Run(WriteNowAndThenAsync);
    }

    /// <summary>Counts the attempt and begins to report.</summary>
    public static async Task<ProgressWriter> OpenAsync(NpgsqlDataSource source, Acting acting, ImportBatch batch, CancellationToken ct)
    {
        await WriteAsync(source, acting, batch, "reading", 0, attempt: 1, ct);
        return new ProgressWriter(source, acting, batch);
    }

    /// <summary>Remembers where the work is; costs two assignments.</summary>
    public void Report(string where, int rows)
    {
        phase = where;
        done = rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (!ended.IsCancellationRequested)
        {
            await ended.CancelAsync();
            await writing;
            await TryWriteAsync(phase, done, CancellationToken.None);
            ended.Dispose();
        }
    }

    private async Task WriteNowAndThenAsync()
    {
        long last = Stopwatch.GetTimestamp();
        int written = 0;
        try
        {
            while (true)
            {
                await Task.Delay(Pause, ended.Token);
                if (done != written || Stopwatch.GetElapsedTime(last) > TimeSpan.FromSeconds(2))
                {
                    written = done;
                    last = Stopwatch.GetTimestamp();
                    await TryWriteAsync(phase, written, ended.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The import has ended; the last word is written by DisposeAsync.
        }
    }

    // How far the work is, is a courtesy: a connection lost here never undoes the work, nor makes a finished one look failed.
    private async Task TryWriteAsync(string where, int rows, CancellationToken ct)
    {
        try
        {
            await WriteAsync(source, acting, batch, where, rows, attempt: 0, ct);
        }
        catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            // The next word is written over a new connection.
        }
    }

    private static async Task WriteAsync(NpgsqlDataSource source, Acting acting, ImportBatch batch, string phase, int done, int attempt, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(acting, new Cause("ReportProgress"), ct);
        await db.Database.ExecuteSqlAsync($"""
            insert into loan.import_progress as p (pool_id, bank_id, batch_id, phase, done, at)
            values ({batch.PoolId}, {batch.BankId}, {batch.Id}, {phase}, {done}, now())
            on conflict (pool_id, bank_id, batch_id)
            do update set phase = excluded.phase, done = excluded.done, at = excluded.at, attempts = p.attempts + {attempt}
            """, ct);
        await transaction.CommitAsync(ct);
    }
}
