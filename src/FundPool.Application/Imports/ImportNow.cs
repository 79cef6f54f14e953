using FundPool.Application.Files;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Imports;

/// <summary>What the command line does with a file: keep it as a batch that is confirmed from the start, and run it. The same work as the browser's.</summary>
public static class ImportNow
{
    public static async Task<ImportRun.Answer> RunAsync(NpgsqlDataSource source, ImportRun run, Acting acting, ImportKind kind, string path, DateOnly asOf,
        string? legacyReason, bool allOrNothing, CancellationToken ct)
    {
        int pool = acting.Pool!.Value, bank = acting.Bank!.Value;
        long batchId;
        await using (FundPoolDb db = new(FundPoolDb.Options(source)))
        {
            await using IDbContextTransaction transaction = await db.BeginAsync(acting, new Cause("UploadFile", legacyReason, "19(1)"), ct);
            await using FileStream content = File.OpenRead(path);
            StoredFile file = await new DatabaseFileStore(db).SaveAsync(pool, bank, content, Path.GetFileName(path), "application/octet-stream", acting.Person, ct);
            ImportBatch batch = new()
            {
                PoolId = pool,
                BankId = bank,
                Kind = kind.Code(),
                State = "registering",
                FileId = file.Id,
                AsOf = asOf,
                LegacyReason = legacyReason,
                AllOrNothing = allOrNothing,
                CreatedBy = acting.Person,
                ConfirmedBy = acting.Person,
                ConfirmedAt = ImportRun.WallClock,
            };
            db.ImportBatches.Add(batch);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            batchId = batch.Id;
        }

        // A web node that looks for waiting work may have taken the batch first; then its end is awaited.
        while (true)
        {
            if (await run.RunAsync(pool, bank, batchId, ct) is { } answer)
            {
                return answer;
            }

            if (await run.ReadAsync(pool, bank, batchId, ct) is { } ended)
            {
                return ended;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
        }
    }
}
