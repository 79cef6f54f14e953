using System.Net;
using FundPool.Web.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Identity;

public sealed class AtMostTests
{
    [Theory]
    [InlineData(null, 5, 3)]
    [InlineData("4", 5, 4)]
    [InlineData("0", 50, 50)]
    [InlineData("many", 5, 3)]
    public void Requests_OfOneAddress_ArePassedUpToTheSettingOrTheFigure(string? set, int asked, int passed)
    {
        using AtMostAttribute limit = new(3) { Setting = AtMostAttribute.PublicLimit };

        Enumerable.Range(0, asked).Count(_ => Ask(limit, set, "192.0.2.1") is null).ShouldBe(passed);
        Ask(limit, set, "192.0.2.2").ShouldBeNull();
    }

    [Fact]
    public void Limit_WithoutASettingOfItsOwn_IgnoresThatOfThePublicPages()
    {
        using AtMostAttribute limit = new(1);

        Ask(limit, "0", "192.0.2.1").ShouldBeNull();
        Ask(limit, "0", "192.0.2.1").ShouldBe(429);
    }

    private static int? Ask(AtMostAttribute limit, string? set, string address)
    {
        IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection([new(AtMostAttribute.PublicLimit, set)]).Build();
        using ServiceProvider services = new ServiceCollection().AddSingleton(settings).BuildServiceProvider();
        DefaultHttpContext http = new() { RequestServices = services };
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        ResourceExecutingContext context = new(new ActionContext(http, new RouteData(), new ActionDescriptor()), [], []);
        limit.OnResourceExecuting(context);
        return (context.Result as StatusCodeResult)?.StatusCode;
    }
}
