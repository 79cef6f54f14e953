using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Jobs;

/// <summary>Once a day: sessions that ended a month ago, mail that went out a month ago, a quarter of a year of the jobs' own log.</summary>
public sealed class CleanUp(NpgsqlDataSource source, RuleSource rules, TimeProvider clock)
{
    private const string Job = "clean_up";

    /// <summary>How many rows went; -1 where the day is done or another node is at it.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        DateOnly today = rules.Today;
        DateTime month = clock.GetUtcNow().UtcDateTime.AddDays(-30), quarter = clock.GetUtcNow().UtcDateTime.AddDays(-90);
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Jobs, new Cause("CleanUp"), ct);
        bool ours = await db.Database.SqlQuery<bool>($"""
            select pg_try_advisory_xact_lock(4711, 3) and not exists (select from reference.job_run where job = {Job} and business_date = {today}) as "Value"
            """).SingleAsync(ct);
        if (!ours)
        {
            return -1;
        }

        int gone = await db.Database.ExecuteSqlAsync($"delete from tenancy.session where ends_at < {month}", ct)
            + await db.Database.ExecuteSqlAsync($"delete from tenancy.mail where state <> 'waiting' and next_at < {month}", ct)
            + await db.Database.ExecuteSqlAsync($"delete from reference.job_log where started_at < {quarter}", ct);
        await db.Database.ExecuteSqlAsync($"insert into reference.job_run (job, business_date) values ({Job}, {today})", ct);
        await transaction.CommitAsync(ct);
        return gone;
    }
}
