using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace FundPool.Web.Identity;

/// <summary>
/// How often a minute one address may ask for a public page; more is answered 429. Counted in this node's memory: it keeps a script from wearing the
/// portal out, and is not what keeps a secret.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AtMostAttribute(int aMinute) : Attribute, IResourceFilter, IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = aMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    public int AMinute => aMinute;

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(Caller.AddressOf(context.HttpContext));
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

    public void Dispose() => limiter.Dispose();
}
