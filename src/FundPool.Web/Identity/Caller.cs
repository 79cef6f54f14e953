using System.Net;
using System.Net.Sockets;

namespace FundPool.Web.Identity;

/// <summary>Where a request comes from, as far as failed attempts are counted by it.</summary>
internal static class Caller
{
    /// <summary>The address; of IPv6 the network, since one household owns 2⁶⁴ addresses of it.</summary>
    public static string AddressOf(HttpContext context)
    {
        IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
        {
            return address.ToString();
        }

        byte[] bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return $"{new IPAddress(bytes)}/64";
    }

    public static string AgentOf(HttpContext context) => context.Request.Headers.UserAgent.ToString();
}
