using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Imports;

/// <summary>Takes up waiting imports, whichever node they were sent to and however often a node died over them.</summary>
public sealed class ImportJob(NpgsqlDataSource source, ImportRun run)
{
    /// <summary>After so many beginnings without an end a file is given up: it may be what kills the node.</summary>
    public const int MostAttempts = 12;

    /// <summary>Runs what waits; answers how many batches were taken up. Errors go to <paramref name="failed"/> and end only their batch.</summary>
    public async Task<int> RunWaitingAsync(Action<long, string, Exception> failed, CancellationToken ct)
    {
        int taken = 0;
        foreach ((int pool, int bank, long batch) in await WaitingAsync(ct))
        {
            try
            {
                if (await AttemptsAsync(pool, bank, batch, ct) >= MostAttempts)
                {
                    await run.GiveUpAsync(pool, bank, batch, "attempts", ct);
                    continue;
                }

                taken += await run.RunAsync(pool, bank, batch, ct) is null ? 0 : 1;
            }
            catch (Exception unforeseen) when (unforeseen is not OperationCanceledException)
            {
                string trace = Guid.NewGuid().ToString("N")[..8];
                failed(batch, trace, unforeseen);
                if (!IsPassing(unforeseen))
                {
                    await run.GiveUpAsync(pool, bank, batch, trace, ct);
                }
            }
        }

        return taken;
    }

    // The database went away for a moment: the batch waits for the next look. EF Core wraps such an exception in one of its own.
    private static bool IsPassing(Exception? unforeseen) =>
        unforeseen is not null && (unforeseen is NpgsqlException { IsTransient: true } || IsPassing(unforeseen.InnerException));

    private async Task<List<(int Pool, int Bank, long Batch)>> WaitingAsync(CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Jobs, new Cause("FindImports"), ct);
        List<ImportBatch> waiting = await db.ImportBatches.AsNoTracking().OrderBy(b => b.Id).Take(20).ToListAsync(ct);
        return [.. waiting.Select(b => (b.PoolId, b.BankId, b.Id))];
    }

    private async Task<int> AttemptsAsync(int pool, int bank, long batch, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.SystemFor(pool, bank), new Cause("FindImports"), ct);
        return await db.ImportProgress.AsNoTracking().Where(p => p.PoolId == pool && p.BankId == bank && p.BatchId == batch).Select(p => (int?)p.Attempts).FirstOrDefaultAsync(ct) ?? 0;
    }
}
