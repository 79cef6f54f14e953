using FundPool.Application.Files;
using FundPool.Application.Ports;

namespace FundPool.Web.Jobs;

/// <summary>The work behind the pages, in one line of Program.cs.</summary>
public static class PortalJobs
{
    public static IServiceCollection AddPortalJobs(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddSingleton<IPersonalNumbers>(PersonalNumbers.FromEnvironment(environment.IsProduction()));
        services.AddSingleton<ImportSignal>();
        services.AddHostedService<ImportWorker>();
        services.AddHostedService<DailyMeasure>();
        return services;
    }
}
