using FundPool.Data;
using FundPool.Data.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Jobs;

/// <summary>Writes down what a run of a job did. A run that found nothing to do is not worth a row.</summary>
public sealed class JobLog(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Runs the job and writes down what came of it. A failure is written down and thrown on.</summary>
    public async Task<int> RunAsync(TimetabledJob job, string node, IServiceProvider services, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(job);
        DateTime started = clock.GetUtcNow().UtcDateTime;
        try
        {
            int done = await job.RunAsync(services, ct);
            if (done > 0)
            {
                await WriteAsync(job.Code, node, started, done, null, ct);
            }

            return done;
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            // The kind and the first words; a statement's values don't belong into a log that the platform reads.
            string said = $"{error.GetType().Name}: {(error is PostgresException postgres ? postgres.SqlState + " " + postgres.MessageText : error.Message)}";
            await WriteAsync(job.Code, node, started, null, said[..Math.Min(said.Length, 1000)], CancellationToken.None);
            throw;
        }
    }

    private async Task WriteAsync(string job, string node, DateTime started, int? done, string? error, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Jobs, new Cause("RunJob"), ct);
        await db.Database.ExecuteSqlAsync($"insert into reference.job_log (job, node, started_at, finished_at, done, error) values ({job}, {node}, {started}, {clock.GetUtcNow().UtcDateTime}, {done}, {error})", ct);
        await transaction.CommitAsync(ct);
    }
}
