using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Suspension;

/// <summary>
/// Measures every bank once a business date (domain.md section 4), beside the measurement in each write. Safe to run again and on
/// several nodes: the day is taken under a lock, what is measured already changes nothing, and only a day done whole is put down as done.
/// </summary>
public sealed class MeasureEveryBank(NpgsqlDataSource source, RuleSource rules)
{
    private const string Job = "measure_standings";

    /// <summary>How many banks were measured; 0 where the day is done or another node is at it.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        DateOnly today = rules.Today;
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Jobs, new Cause("MeasureEveryBank"), ct);
        bool ours = await db.Database.SqlQuery<bool>($"""
            select pg_try_advisory_xact_lock(4711, 0) and not exists (select from reference.job_run where job = {Job} and business_date = {today}) as "Value"
            """).SingleAsync(ct);
        if (!ours)
        {
            return 0;
        }

        var banks = await db.Organisations.AsNoTracking().Where(o => o.Kind == "bank").OrderBy(o => o.PoolId).ThenBy(o => o.Id)
            .Select(o => new { o.PoolId, o.Id }).ToListAsync(ct);
        foreach (var bank in banks)
        {
            await MeasureAsync(bank.PoolId, bank.Id, today, ct);
        }

        await db.Database.ExecuteSqlAsync($"insert into reference.job_run (job, business_date) values ({Job}, {today})", ct);
        await transaction.CommitAsync(ct);
        return banks.Count;
    }

    private async Task MeasureAsync(int pool, int bank, DateOnly today, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.SystemFor(pool, bank), new Cause("MeasureEveryBank", null, "17", null, rules.Now), ct);
        RuleBase at = await rules.InAsync(db, ct);
        await new MeasureStanding(db).MeasureAsync(pool, bank, at, nameof(MeasureEveryBank), today, ct);
        await transaction.CommitAsync(ct);
    }
}
