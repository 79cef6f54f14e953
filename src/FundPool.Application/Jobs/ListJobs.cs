using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Jobs;

/// <summary>The jobs behind the pages: when they run next, what the last runs did, what failed.</summary>
public static class ListJobs
{
    [Requires(Permission.WatchJobs)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="Failures">The latest failures of all jobs.</param>
    public sealed record Answer(IReadOnlyList<Line> Jobs, IReadOnlyList<Run> Failures);

    /// <param name="Next">Null where no node has put it into the timetable.</param>
    /// <param name="State">As Quartz calls it: WAITING, ACQUIRED, PAUSED, ERROR …</param>
    public sealed record Line(TimetabledJob Job, DateTimeOffset? Last, DateTimeOffset? Next, string? State, Run? LastWork, int FailuresOfADay);

    public sealed record Run(string Job, string Node, DateTime StartedAt, DateTime FinishedAt, int? Done, string? Error);

    private sealed record Trigger(string Job, long? Previous, long? Next, string State);

    internal sealed class Handler(FundPoolDb db, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            DateTime day = clock.GetUtcNow().UtcDateTime.AddDays(-1);
            List<Trigger> triggers = await db.Database.SqlQuery<Trigger>($"""
                select job_name as "Job", prev_fire_time as "Previous", next_fire_time as "Next", trigger_state as "State" from quartz.qrtz_triggers
                where sched_name = 'fundpool' and trigger_name = job_name
                """).ToListAsync(cancellationToken);
            List<Run> last = await db.Database.SqlQuery<Run>($"""
                select distinct on (job) job as "Job", node as "Node", started_at as "StartedAt", finished_at as "FinishedAt", done as "Done", error as "Error" from reference.job_log order by job, id desc
                """).ToListAsync(cancellationToken);
            List<Run> failures = await db.Database.SqlQuery<Run>($"""
                select job as "Job", node as "Node", started_at as "StartedAt", finished_at as "FinishedAt", done as "Done", error as "Error" from reference.job_log where error is not null order by id desc limit 50
                """).ToListAsync(cancellationToken);
            return new Answer(
                [.. from job in TimetabledJob.All
                    let trigger = triggers.Find(t => t.Job == job.Code)
                    select new Line(job, Moment(trigger?.Previous), Moment(trigger?.Next), trigger?.State, last.Find(run => run.Job == job.Code),
                        failures.Count(run => run.Job == job.Code && run.StartedAt > day))],
                failures);
        }

        // Quartz keeps ticks of the universal time.
        private static DateTimeOffset? Moment(long? ticks) => ticks is > 0 ? new DateTimeOffset(ticks.Value, TimeSpan.Zero) : null;
    }
}
