using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace FundPool.Web.Hosting;

/// <summary>
/// Whose word is taken for a visitor's address and for https: the proxies on this machine, and those that FUNDPOOL_PROXIES
/// names. Anyone else's X-Forwarded-For would let a stranger choose the address that lockout and rate limits count by.
/// </summary>
public static class Proxies
{
    /// <summary>Addresses (10.0.0.7) or networks (10.0.0.0/24), separated by commas.</summary>
    public const string Setting = "FUNDPOOL_PROXIES";

    /// <summary>Registers them; the pipeline then starts with <c>UseForwardedHeaders()</c>.</summary>
    public static IServiceCollection AddKnownProxies(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string? named = configuration[Setting];
        return services.Configure<ForwardedHeadersOptions>(options => Trust(options, named));
    }

    /// <summary>Adds the named ones to those of this machine.</summary>
    public static void Trust(ForwardedHeadersOptions options, string? named)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null; // the chain is followed only as long as each link is known
        foreach (string each in (named ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(each, out IPAddress? address))
            {
                options.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(each, out System.Net.IPNetwork network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new FormatException($"{Setting} has “{each}”, which is neither an address nor a network: write 10.0.0.7 or 10.0.0.0/24.");
            }
        }
    }
}
