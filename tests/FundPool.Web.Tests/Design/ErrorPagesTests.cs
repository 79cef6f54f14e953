using System.Net;
using System.Text;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Design;

public sealed class ErrorPagesTests
{
    [Theory]
    [InlineData("/nowhere", 404, "没有找到这个页面")]
    [InlineData("/throws", 500, "系统出了问题")]
    [InlineData("/error/400", 400, "这次请求没有被接受")]
    [InlineData("/error/403", 403, "您没有权限打开这个页面")]
    [InlineData("/error/413", 413, "文件太大")]
    [InlineData("/error/429", 429, "操作过于频繁")]
    public async Task ErrorPage_EachKind_SaysItInChineseWithANumberToQuote(string path, int status, string sentence)
    {
        await using DesignHost host = await DesignHost.Start();

        using HttpResponseMessage response = await host.Client.GetAsync(path);
        string page = await response.Content.ReadAsStringAsync();

        ((int)response.StatusCode).ShouldBe(status);
        page.ShouldContain(sentence);
        page.ShouldMatch("<code>[0-9a-zA-Z:-]{8,}</code>");
        page.ShouldNotContain("boom");
    }

    [Fact]
    public async Task ErrorPage_InEnglish_SaysItInEnglish()
    {
        string page = await DesignHost.Page("/nowhere", "en");

        page.ShouldContain("This page was not found");
        page.ShouldContain("<html lang=\"en\"");
    }

    [Fact]
    public async Task ErrorPage_UnderApi_StaysAway()
    {
        await using DesignHost host = await DesignHost.Start();

        using HttpResponseMessage response = await host.Client.GetAsync("/api/nothing");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_WithoutToken_IsRefusedAsAPage()
    {
        await using DesignHost host = await DesignHost.Start();
        using FormUrlEncodedContent form = new([new("BorrowerName", "甲")]);

        using HttpResponseMessage response = await host.Client.PostAsync("/design/forms", form);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("这次请求没有被接受");
    }

    [Fact]
    public async Task Upload_LargerThanItsLimit_GetsThePageOf413()
    {
        await using DesignHost host = await DesignHost.Start();
        using StringContent body = new(new string('x', 11), Encoding.ASCII);

        using HttpResponseMessage response = await host.Client.PostAsync("/small", body);

        ((int)response.StatusCode).ShouldBe(413);
        (await response.Content.ReadAsStringAsync()).ShouldContain("文件太大");
    }

    [Fact]
    public async Task Upload_ByScript_IsToldWhereToGo()
    {
        await using DesignHost host = await DesignHost.Start();
        using HttpRequestMessage request = new(HttpMethod.Post, "/moves");
        request.Headers.Add("X-Upload", "1");

        using HttpResponseMessage response = await host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("X-Location").ShouldBe(["/there"]);
    }
}
