using System.Net;
using AngleSharp.Html.Parser;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Design;

public sealed class PortalHeadersTests
{
    [Theory]
    [InlineData("/design", HttpStatusCode.OK)]
    [InlineData("/favicon.svg", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/throws", HttpStatusCode.InternalServerError)]
    [InlineData("/language?to=en", HttpStatusCode.Redirect)]
    public async Task Headers_EveryAnswer_AllowOnlyOurOwnFiles(string path, HttpStatusCode status)
    {
        await using DesignHost host = await DesignHost.Start();

        using HttpResponseMessage response = await host.Client.GetAsync(path);

        response.StatusCode.ShouldBe(status);
        Header(response, "Content-Security-Policy").ShouldBe(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "Referrer-Policy").ShouldBe("same-origin");
        Header(response, "Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header(response, "Permissions-Policy").ShouldContain("camera=()");
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task Headers_SignedIn_ForbidKeepingThePage()
    {
        await using DesignHost host = await DesignHost.Start();

        using HttpResponseMessage response = await host.Client.GetAsync("/secret");

        Header(response, "Cache-Control").ShouldBe("no-store");
    }

    [Theory]
    [InlineData("/design/lists")]
    [InlineData("/design/forms")]
    [InlineData("/design/rulings")]
    [InlineData("/design/charts")]
    [InlineData("/design/messages")]
    [InlineData("/design/sign-in")]
    [InlineData("/nowhere")]
    public async Task Page_Any_HasNothingThatThePolicyForbids(string path)
    {
        using var page = new HtmlParser().ParseDocument(await DesignHost.Page(path));

        page.QuerySelectorAll("[style], style").ShouldBeEmpty();
        page.QuerySelectorAll("script:not([src])").ShouldAllBe(script => script.GetAttribute("type") == "application/json");
        page.All.SelectMany(element => element.Attributes).ShouldAllBe(attribute => !attribute.Name.StartsWith("on"));
        page.QuerySelectorAll("[src], link[href]")
            .Select(element => element.GetAttribute("src") ?? element.GetAttribute("href"))
            .ShouldAllBe(address => address!.StartsWith('/'));
    }

    [Fact]
    public async Task PostingForm_PlainAction_CarriesTheToken()
    {
        using var page = new HtmlParser().ParseDocument(await DesignHost.Page("/design/forms"));

        page.QuerySelectorAll("form[method=post]").ShouldNotBeEmpty();
        page.QuerySelectorAll("form[method=post]")
            .ShouldAllBe(form => form.QuerySelectorAll("input[name=__RequestVerificationToken]").Length == 1);
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : "";
}
