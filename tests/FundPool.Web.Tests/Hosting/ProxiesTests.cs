using FundPool.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Hosting;

public sealed class ProxiesTests
{
    [Theory]
    [InlineData("127.0.0.1", null, "203.0.113.9", "https")]
    [InlineData("10.0.0.7", null, "10.0.0.7", "http")]
    [InlineData("10.0.0.7", "10.0.0.7", "203.0.113.9", "https")]
    [InlineData("10.0.0.8", "10.0.0.7", "10.0.0.8", "http")]
    [InlineData("10.0.0.8", "10.1.1.1, 10.0.0.0/24", "203.0.113.9", "https")]
    public async Task Forwarded_FromAddress_IsBelievedOnlyOfKnownProxies(string from, string? named, string address, string scheme)
    {
        HttpContext seen = await Through(from, named, "203.0.113.9", "https");

        seen.Connection.RemoteIpAddress!.ToString().ShouldBe(address);
        seen.Request.Scheme.ShouldBe(scheme);
    }

    [Fact]
    public async Task Forwarded_ThroughTwoKnownProxies_IsTheVisitor()
    {
        HttpContext seen = await Through("127.0.0.1", "10.0.0.7", "198.51.100.4, 203.0.113.9, 10.0.0.7", "https, https, https");

        seen.Connection.RemoteIpAddress!.ToString().ShouldBe("203.0.113.9");
    }

    [Fact]
    public void Setting_ThatIsNoAddress_SaysWhatToWrite()
    {
        Should.Throw<FormatException>(() => Proxies.Trust(new ForwardedHeadersOptions(), "proxy.local"))
            .Message.ShouldBe("FUNDPOOL_PROXIES has “proxy.local”, which is neither an address nor a network: write 10.0.0.7 or 10.0.0.0/24.");
    }

    private static async Task<HttpContext> Through(string from, string? named, string forwardedFor, string forwardedProto)
    {
        ForwardedHeadersOptions options = new();
        Proxies.Trust(options, named);
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(from);
        context.Request.Scheme = "http";
        context.Request.Headers["X-Forwarded-For"] = forwardedFor;
        context.Request.Headers["X-Forwarded-Proto"] = forwardedProto;

        ForwardedHeadersMiddleware middleware = new(_ => Task.CompletedTask, NullLoggerFactory.Instance, Options.Create(options));
        await middleware.Invoke(context);
        return context;
    }
}
