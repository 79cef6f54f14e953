using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace FundPool.Web.Identity;

/// <summary>
/// How often a minute one address may ask for a public page; more is answered 429. Counted in this node's memory: it keeps a script from wearing the
/// portal out, and is not what keeps a secret. <see cref="Setting"/> names a setting that takes the figure's place; 0 there is no limit.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AtMostAttribute(int aMinute) : Attribute, IResourceFilter, IDisposable
{
    /// <summary>The setting of the lists and pages that a pool publishes.</summary>
    public const string PublicLimit = "FUNDPOOL_PUBLIC_LIMIT";

    private PartitionedRateLimiter<string>? limiter;

    public int AMinute => aMinute;

    public string? Setting { get; init; }

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        // The settings are known at the first request only; what two of them make at once, one gets.
        PartitionedRateLimiter<string> limit = LazyInitializer.EnsureInitialized(ref limiter, () => Of(context.HttpContext));
        using RateLimitLease lease = limit.AttemptAcquire(Caller.AddressOf(context.HttpContext));
        if (!lease.IsAcquired)
        {
            TimeSpan wait = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan known) ? known : TimeSpan.FromMinutes(1);
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            context.Result = new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }

    public void Dispose() => limiter?.Dispose();

    private PartitionedRateLimiter<string> Of(HttpContext context)
    {
        int most = Setting is { } name && int.TryParse(context.RequestServices.GetRequiredService<IConfiguration>()[name], NumberStyles.None, CultureInfo.InvariantCulture, out int set) ? set : aMinute;
        return PartitionedRateLimiter.Create<string, string>(address => most == 0 ? RateLimitPartition.GetNoLimiter(address)
            : RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
    }
}
