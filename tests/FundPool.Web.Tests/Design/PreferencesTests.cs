using System.Net;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Design;

public sealed class PreferencesTests
{
    [Theory]
    [InlineData("en", "fp-lang=en;")]
    [InlineData("zh", "fp-lang=zh;")]
    [InlineData("fr", "fp-lang=zh;")]
    public async Task Language_Chosen_IsRememberedAndLeadsBack(string to, string cookie)
    {
        await using DesignHost host = await DesignHost.Start();

        using HttpResponseMessage response = await host.Client.GetAsync($"/language?to={to}&return=%2Fdesign%3Fq%3D1");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldBe("/design?q=1");
        response.Headers.GetValues("Set-Cookie").Single().ShouldStartWith(cookie);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("")]
    public async Task Language_ReturnElsewhere_LeadsHome(string elsewhere)
    {
        await using DesignHost host = await DesignHost.Start();

        using HttpResponseMessage response = await host.Client.GetAsync($"/language?to=en&return={Uri.EscapeDataString(elsewhere)}");

        response.Headers.Location!.ToString().ShouldBe("/");
    }

    [Fact]
    public async Task Page_BrowserAsksForEnglish_IsStillChinese()
    {
        await using DesignHost host = await DesignHost.Start();
        using HttpRequestMessage request = new(HttpMethod.Get, "/design");
        request.Headers.Add("Accept-Language", "en-US");

        using HttpResponseMessage response = await host.Client.SendAsync(request);

        string page = await response.Content.ReadAsStringAsync();
        page.ShouldContain("<html lang=\"zh-CN\"");
        page.ShouldContain("<h1>列表与查询</h1>");
    }

    [Fact]
    public async Task Unit_TenThousands_IsInThePageAtOnce()
    {
        await using DesignHost host = await DesignHost.Start();
        using HttpRequestMessage request = new(HttpMethod.Get, "/design/rulings");
        request.Headers.Add("Cookie", "fp-unit=wan");

        using HttpResponseMessage response = await host.Client.SendAsync(request);

        string page = await response.Content.ReadAsStringAsync();
        page.ShouldContain("class=\"unit-wan\"");
        page.ShouldContain("title=\"1,800,000.00\">180.00");
    }
}
