using FundPool.Application.Jobs;
using FundPool.Application.Ports;

namespace FundPool.Web.Jobs;

/// <summary>The work behind the pages, in one line of Program.cs.</summary>
public static class PortalJobs
{
    public static IServiceCollection AddPortalJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ImportSignal>();
        services.AddHostedService<ImportWorker>();
        if (configuration["FUNDPOOL_SMTP"] is { Length: > 0 } smtp)
        {
            services.AddSingleton<IMailer>(new SmtpMailer(SmtpSetting.Read(smtp)));
        }

        if (configuration["FUNDPOOL_JOBS"] != "off")
        {
            services.AddTimetable(TimetabledJob.All, TimeSpan.FromMilliseconds(Random.Shared.Next(10_000)));
        }

        return services;
    }
}
