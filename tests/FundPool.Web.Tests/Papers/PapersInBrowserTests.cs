using FundPool.Application.Papers;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using FundPool.Web.Tests.Journeys;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Papers;

/// <summary>A clerk prints a claim form and somebody with the paper in hand verifies it, file and all, in a real browser.</summary>
public sealed class PapersInBrowserTests : Journey
{
    [Theory]
    [InlineData("zh", 1440)]
    [InlineData("en", 390)]
    public async Task Paper_PrintedAndVerified_ComparesInTheBrowserItself(string language, int width)
    {
        ClaimKey claim = await Cases.ClaimAsync("B001", ClaimState.Submitted);
        PaperFile file = (await Cases.SendAsync(await Cases.MakerAsync(), new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Value;
        Desk clerk = await SignInAsync("B001", Role.Maker, "clerk", language, width);
        IPage page = clerk.Page;
        int posts = 0;
        page.Request += (_, request) => posts += request.Method == "POST" ? 1 : 0;

        await GoAsync(clerk, $"/papers/claims/{claim.Bank}/{claim.Id}/1?print=true");
        (await page.InnerTextAsync("main")).ShouldContain("叁拾陆万元整");
        await LookAsync(clerk, "print");
        await GoAsync(clerk, "/verify", "ask");
        await page.FillAsync("input[name=code]", file.Paper.Stamp.Code.ToLowerInvariant());
        await page.ClickAsync("form[action='/verify'] button[type=submit]");
        (await page.InnerTextAsync("main")).ShouldContain(file.Sha256);
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "表.docx", MimeType = DocxRenderer.ContentType, Buffer = file.Docx });
        await page.WaitForSelectorAsync("[data-said=same]:not([hidden])");
        await LookAsync(clerk, "same");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "表.docx", MimeType = DocxRenderer.ContentType, Buffer = [.. file.Docx, 0] });
        await page.WaitForSelectorAsync("[data-said=other]:not([hidden])");
        posts.ShouldBe(0);
        await GoAsync(clerk, "/verify?code=0ABCDE", "unknown");

        await EndAsync();
    }
}
