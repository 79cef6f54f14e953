namespace FundPool.Web.Jobs;

/// <summary>The work behind the pages, in one line of Program.cs.</summary>
public static class PortalJobs
{
    public static IServiceCollection AddPortalJobs(this IServiceCollection services)
    {
        services.AddSingleton<ImportSignal>();
        services.AddHostedService<ImportWorker>();
        services.AddHostedService<DailyMeasure>();
        services.AddHostedService<NoticePeriods>();
        return services;
    }
}
