namespace FundPool.Web.Design;

/// <summary>
/// Whether the portal shows what only a demonstration may show: sample logins, the design page, the banner.
/// </summary>
public sealed record PortalMode(bool Demonstration)
{
    public const string Setting = "FUNDPOOL_DEMO";

    public static PortalMode Read(IConfiguration configuration) => new(IsOn(configuration));

    /// <summary>The one sentence to stop the start with, or null where the start may go on.</summary>
    public static string? WhyRefused(IHostEnvironment environment, IConfiguration configuration) =>
        environment.IsProduction() && IsOn(configuration)
            ? $"{Setting}=1 is refused when ASPNETCORE_ENVIRONMENT is Production: demonstration logins must never stand on a production portal."
            : null;

    private static bool IsOn(IConfiguration configuration) => configuration[Setting] is "1" or "true";
}
