using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Tenancy;
using FundPool.Domain.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Notices;

/// <summary>
/// After the last day of a notice its claims are clear (a.20(2)), except those with an objection that nobody has decided on; the notice is
/// over when none is left. Safe to run again and on several nodes: each notice is ended under its lock, and what is clear stays clear.
/// </summary>
public sealed class EndNoticePeriods(NpgsqlDataSource source, RuleSource rules, TimeProvider clock)
{
    /// <summary>How many notices were found to be over.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        DateOnly today = rules.Today;
        List<(int Pool, long Id)> due;
        await using (FundPoolDb db = new(FundPoolDb.Options(source)))
        {
            await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Jobs, new Cause("EndNoticePeriods"), ct);
            due = [.. (await db.Notices.AsNoTracking().Where(n => n.State == "published" && n.OverAt == null && n.EndsOn < today)
                .OrderBy(n => n.PoolId).ThenBy(n => n.Id).Select(n => new { n.PoolId, n.Id }).ToListAsync(ct)).Select(n => (n.PoolId, n.Id))];
        }

        int over = 0;
        foreach ((int pool, long id) in due)
        {
            over += await EndAsync(pool, id, today, ct) ? 1 : 0;
        }

        return over;
    }

    private async Task<bool> EndAsync(int pool, long id, DateOnly today, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.SystemForPool(pool), new Cause("EndNoticePeriods", "公示期满，无异议", "20(2)", null, clock.GetUtcNow()), ct);
        if (await db.Notices.LockAsync(pool, id, ct) is not { State: "published", OverAt: null } notice || notice.EndsOn >= today)
        {
            return false;
        }

        // An end that was reckoned before the year's holidays were out is reckoned anew; it may come later, never earlier.
        if (notice.EndsProvisional && (await rules.InAsync(db, ct)).Deadlines.Due("notice", notice.PublishedOn!.Value, notice.WorkingDays) is var ends && ends.Due > notice.EndsOn)
        {
            (notice.EndsOn, notice.EndsProvisional) = (ends.Due, ends.Provisional);
            notice.RowVersion++;
            if (ends.Due >= today)
            {
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                return false;
            }
        }

        await db.LockItemsAsync(pool, notice.BatchId, ct);
        await db.Claims.Where(c => c.PoolId == pool && c.BatchId == notice.BatchId && c.State == "published"
                && !db.Objections.Any(o => o.PoolId == pool && o.Kind == "objection" && o.State == "received" && o.ClaimBankId == c.BankId && o.ClaimId == c.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, "clear").SetProperty(c => c.RowVersion, c => c.RowVersion + 1), ct);
        bool over = !await db.Claims.AnyAsync(c => c.PoolId == pool && c.BatchId == notice.BatchId && c.State == "published", ct);
        if (over)
        {
            notice.OverAt = clock.GetUtcNow().UtcDateTime;
            notice.RowVersion++;
            Batch batch = await db.Batches.FirstAsync(b => b.PoolId == pool && b.Id == notice.BatchId, ct);
            batch.State = "over";
            batch.RowVersion++;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return over;
    }
}
