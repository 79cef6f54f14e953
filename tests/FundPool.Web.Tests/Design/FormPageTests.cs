using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Design;

/// <summary>A form that comes back, as every form of the portal does.</summary>
public sealed class FormPageTests : IAsyncLifetime
{
    private DesignHost host = null!;
    private IHtmlDocument page = null!;
    private HttpStatusCode status;

    public async Task InitializeAsync()
    {
        host = await DesignHost.Start();
        using HttpResponseMessage blank = await host.Client.GetAsync("/design/forms");
        using IHtmlDocument form = new HtmlParser().ParseDocument(await blank.Content.ReadAsStringAsync());
        string token = form.QuerySelector("form.card input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using HttpRequestMessage request = new(HttpMethod.Post, "/design/forms")
        {
            Content = new FormUrlEncodedContent(
            [
                new("__RequestVerificationToken", token), new("LoanDate", "2026-13-40"), new("MaturityDate", "2026年12月31日"),
                new("Principal", "４,500,000"), new("BorrowerKind", "small"), new("Features", "green"), new("Features", "no_repay_renewal"),
            ]),
        };
        request.Headers.Add("Cookie", string.Join("; ", blank.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
        using HttpResponseMessage response = await host.Client.SendAsync(request);
        status = response.StatusCode;
        page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
    }

    public async Task DisposeAsync()
    {
        page.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public void Form_Refused_ComesBackWith400AndSaysItInTheTitle()
    {
        status.ShouldBe(HttpStatusCode.BadRequest);
        page.Title.ShouldBe("错误：表单与上传 · 风险补偿资金池");
    }

    [Fact]
    public void Summary_EachLine_LeadsToItsFieldAndSaysTheSame()
    {
        IElement[] links = [.. page.QuerySelectorAll(".error-summary a")];

        links.Select(link => (link.GetAttribute("href"), link.TextContent)).ShouldBe(
        [
            ("#BorrowerName", "请填写借款人名称"),
            ("#LoanDate", "“2026-13-40”的格式不正确，请检查后重新填写"),
            ("#Features", "“纯信用”不能与其他担保方式同时选择，请保留一项"),
        ]);
        links.ShouldAllBe(link => page.QuerySelector(link.GetAttribute("href")!)!.Closest(".field")!
            .QuerySelector(".field-error")!.TextContent == "错误：" + link.TextContent);
    }

    [Fact]
    public void Field_Wrong_IsTiedToItsHintAndItsError()
    {
        IElement date = page.QuerySelector("#LoanDate")!;

        date.GetAttribute("aria-invalid").ShouldBe("true");
        date.GetAttribute("aria-describedby").ShouldBe("LoanDate-hint LoanDate-error-0");
        date.GetAttribute("value").ShouldBe("2026-13-40");
        page.QuerySelector("label[for=LoanDate]").ShouldNotBeNull();
    }

    [Fact]
    public void Field_Right_KeepsWhatWasTyped()
    {
        page.QuerySelector("#Principal")!.GetAttribute("value").ShouldBe("４,500,000");
        page.QuerySelector("#Principal")!.HasAttribute("aria-invalid").ShouldBeFalse();
        page.QuerySelector("#MaturityDate")!.GetAttribute("value").ShouldBe("2026年12月31日");
        page.QuerySelector("#BorrowerKind option[selected]")!.GetAttribute("value").ShouldBe("small");
        page.QuerySelectorAll("input[name=Features][checked]").Select(box => box.GetAttribute("value"))
            .ShouldBe(["no_repay_renewal", "green"]);
    }
}
