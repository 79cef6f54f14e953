using System.Collections.Concurrent;
using FundPool.Application;
using FundPool.Application.Jobs;
using FundPool.Application.Suspension;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using FundPool.Web.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Jobs;

/// <summary>The timetable on a real database: several nodes, a night off, a job that fails.</summary>
public sealed class TimetableTests : IAsyncLifetime
{
    private const string EverySecond = "* * * * * ?";

    private readonly ConcurrentQueue<(string Node, DateTime At)> fired = new();
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    [Fact]
    public async Task TwoNodes_OneDatabase_DoEachBusinessDateOnce()
    {
        TimetabledJob measure = Job("measure_standings", EverySecond, (services, ct) => services.GetRequiredService<MeasureEveryBank>().RunAsync(ct));
        using IHost one = await StartAsync("one", measure), two = await StartAsync("two", measure);

        await UntilAsync(() => fired.Count >= 4);
        await Task.WhenAll(one.StopAsync(), two.StopAsync());

        (await database.ScalarAsync<long>("select count(*) from reference.job_run where job = 'measure_standings'")).ShouldBe(1);
        (await database.ScalarAsync<long>("select count(*) from reference.job_log where job = 'measure_standings' and done = 2")).ShouldBe(1);
        (await database.ScalarAsync<long>("select count(*) from quartz.qrtz_locks")).ShouldBe(2);
        // The cluster shares a second's firing; two nodes never both take it.
        fired.Select(f => f.At.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)).Distinct().Count().ShouldBe(fired.Count);
    }

    [Fact]
    public async Task NightOff_WithManyFiringsMissed_IsMadeUpForOnce()
    {
        string soon = $"0 {DateTime.UtcNow.AddMinutes(30).Minute} * * * ?";
        using (IHost evening = await StartAsync("evening", Job("nightly", soon, (_, _) => Task.FromResult(0))))
        {
            await UntilAsync(() => database.ScalarAsync<long>("select count(*) from quartz.qrtz_scheduler_state").Result == 1);
            await evening.StopAsync();
        }

        long longAgo = DateTime.UtcNow.AddHours(-9).Ticks;
        await database.ExecuteAsync("update quartz.qrtz_triggers set prev_fire_time = $1, next_fire_time = $2, start_time = $1", longAgo, longAgo + TimeSpan.TicksPerHour);
        using IHost morning = await StartAsync("morning", Job("nightly", soon, (_, _) => Task.FromResult(0)));

        await UntilAsync(() => !fired.IsEmpty);
        await Task.Delay(TimeSpan.FromSeconds(3));
        await morning.StopAsync();

        fired.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Job_ThatFails_IsWrittenDownAndTriedAgain()
    {
        TimetabledJob failing = Job("failing", EverySecond, (_, _) => throw new InvalidOperationException("the server is away"));
        using IHost node = await StartAsync("one", failing);

        await UntilAsync(() => database.ScalarAsync<long>("select count(*) from reference.job_log where error = 'InvalidOperationException: the server is away'").Result >= 2);
        await node.StopAsync();
    }

    [Fact]
    public async Task Page_OfThePlatform_ShowsRunsAndFailures()
    {
        await using Portal portal = await Portal.StartAsync();
        await portal.Database.ExecuteAsync("insert into reference.job_log (job, node, started_at, done) values ('measure_standings', 'web-1', '2026-03-18 00:30:00Z', 2)");
        await portal.Database.ExecuteAsync("insert into reference.job_log (job, node, started_at, error) values ('remind_deadlines', 'web-2', '2026-03-18 00:31:00Z', 'TimeoutException: x')");
        using Visitor root = await portal.SignedInAsync(await portal.AddAsync("PLATFORM", "root", Role.PlatformAdministrator));

        string page = (await root.GetAsync("/jobs")).Text;

        page.ShouldContain("办理 2 项");
        page.ShouldContain("TimeoutException: x");
        page.ShouldContain("24 小时内失败 1 次");
        page.ShouldContain("时间表还没有启动");
    }

    [Fact]
    public void Timetable_EveryJob_HasItsOwnNameAndAScheduleThatQuartzReads()
    {
        TimetabledJob.All.Select(job => job.Code).ShouldBeUnique();
        TimetabledJob.All.ShouldAllBe(job => new Quartz.CronExpression(job.Cron).GetNextValidTimeAfter(DateTimeOffset.UtcNow) != null);
    }

    private static TimetabledJob Job(string code, string cron, Func<IServiceProvider, CancellationToken, Task<int>> run) => new(code, new Words(code, code), new Words("", ""), cron, run);

    private async Task<IHost> StartAsync(string node, TimetabledJob job)
    {
        TimetabledJob counted = job with
        {
            RunAsync = async (services, ct) =>
            {
                fired.Enqueue((node, DateTime.UtcNow));
                return await job.RunAsync(services, ct);
            },
        };
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new TestClock());
        builder.Services.AddFundPool(NpgsqlDataSource.Create(database.AppConnectionString));
        builder.Services.AddTimetable([counted], TimeSpan.Zero);
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (int i = 0; i < 300; i++)
        {
            if (holds())
            {
                return;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("It did not happen within thirty seconds.");
    }
}
