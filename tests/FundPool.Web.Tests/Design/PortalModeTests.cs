using System.Net;
using FundPool.Web.Design;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Design;

public sealed class PortalModeTests
{
    [Fact]
    public void Start_DemonstrationInProduction_IsRefusedWithASentence()
    {
        string? refusal = PortalMode.WhyRefused(new Named("Production"), Settings("1"));

        refusal.ShouldBe(
            "FUNDPOOL_DEMO=1 is refused when ASPNETCORE_ENVIRONMENT is Production: demonstration logins must never stand on a production portal.");
    }

    [Theory]
    [InlineData("Production", null)]
    [InlineData("Production", "0")]
    [InlineData("Demonstration", "1")]
    [InlineData("Development", "1")]
    public void Start_Otherwise_GoesOn(string environment, string? demonstration)
    {
        PortalMode.WhyRefused(new Named(environment), Settings(demonstration)).ShouldBeNull();
    }

    [Theory]
    [InlineData("/design")]
    [InlineData("/design/forms")]
    [InlineData("/design/sign-in")]
    [InlineData("/design/flash")]
    [InlineData("/design/progress")]
    public async Task DesignPage_OutsideADemonstration_IsNotThere(string path)
    {
        await using DesignHost host = await DesignHost.Start(demonstration: false);

        using HttpResponseMessage response = await host.Client.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static IConfiguration Settings(string? demonstration) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("FUNDPOOL_DEMO", demonstration)]).Build();

    private sealed class Named(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
