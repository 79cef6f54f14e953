using FundPool.Application.Jobs;
using Npgsql;
using Quartz;

namespace FundPool.Web.Jobs;

/// <summary>The timetable of the jobs: Quartz on PostgreSQL, shared by all nodes (ADR 0029). It decides when; the jobs know what is done.</summary>
internal static class Timetable
{
    public const string Name = "fundpool";

    /// <param name="delay">Nodes that are started together don't look at the same moment.</param>
    public static IServiceCollection AddTimetable(this IServiceCollection services, IReadOnlyList<TimetabledJob> jobs, TimeSpan delay)
    {
        services.AddSingleton(jobs);
        // A trigger that is put in again goes on from its last firing, so that what a night without a node missed is made up for, once.
        services.Configure<QuartzOptions>(options => options.Scheduling.ScheduleTriggerRelativeToReplacedTrigger = true);
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = Name;
                scheduler.GenerateInstanceId = true;
            });
            // The portal's own clock may stand or travel in a demonstration and in tests; the timetable's goes on.
            quartz.UseTimeProvider(TimeProvider.System);
            quartz.UseDefaultThreadPool(3);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
                store.ConfigureStore(options =>
                {
                    options.TablePrefix = "quartz.qrtz_";
                    options.StoreJobDataAsStrings = true;
                });
                store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(20));
            });
            foreach (TimetabledJob job in jobs)
            {
                quartz.AddJob<JobOfTheTimetable>(detail => detail.WithIdentity(job.Code).StoreDurably());
                quartz.AddTrigger<JobOfTheTimetable>(trigger => trigger.WithIdentity(job.Code).ForJob(job.Code)
                    .WithCronSchedule(job.Cron, cron => cron.WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)));
            }
        });
        services.AddQuartzHostedService(host =>
        {
            host.WaitForJobsToComplete = true;
            host.StartDelay = delay;
        });
        return services;
    }
}

/// <summary>Does the work that the timetable's entry names, and writes down what came of it.</summary>
[DisallowConcurrentExecution]
internal sealed partial class JobOfTheTimetable(IReadOnlyList<TimetabledJob> jobs, IServiceProvider services, JobLog runs, ILogger<JobOfTheTimetable> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        string code = context.JobDetail.Key.Name;
        if (jobs.FirstOrDefault(job => job.Code == code) is not { } job)
        {
            // A newer node put it there; it does the work too.
            return;
        }

        try
        {
            int done = await runs.RunAsync(job, Environment.MachineName, services, cancellationToken);
            if (done > 0)
            {
                Did(log, code, done);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Written down by now; the next look tries again.
            Failed(log, code, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} dealt with {Done}")]
    private static partial void Did(ILogger log, string job, int done);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed and is tried again")]
    private static partial void Failed(ILogger log, string job, Exception error);
}
