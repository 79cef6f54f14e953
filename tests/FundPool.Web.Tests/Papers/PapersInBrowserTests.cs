using Deque.AxeCore.Playwright;
using FundPool.Application.Papers;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Papers;

/// <summary>A clerk prints a claim form and somebody with the paper in hand verifies it, file and all, in a real browser.</summary>
[Trait("needs", "browser")]
public sealed class PapersInBrowserTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPortal cases = null!;
    private string address = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private readonly List<string> complaints = [];

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        portal.UseKestrel(0);
        portal.StartServer();
        address = portal.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        cases = TestPortal.Over(portal.Database, portal.Clock);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("FUNDPOOL_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await cases.DisposeAsync();
        await portal.DisposeAsync();
    }

    [Theory]
    [InlineData("zh", 1440)]
    [InlineData("en", 390)]
    public async Task Paper_PrintedAndVerified_ComparesInTheBrowserItself(string language, int width)
    {
        ClaimKey claim = await cases.ClaimAsync("B001", ClaimState.Submitted);
        PaperFile file = (await cases.SendAsync(await cases.MakerAsync(), new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Value;
        IPage page = await OpenAsync(await portal.AddAsync("B001", "clerk", Role.Maker), language, width);
        int posts = 0;
        page.Request += (_, request) => posts += request.Method == "POST" ? 1 : 0;

        await page.GotoAsync($"{address}/papers/claims/{claim.Bank}/{claim.Id}/1?print=true");
        (await page.InnerTextAsync("main")).ShouldContain("叁拾陆万元整");
        await LookAsync(page, "print");
        await page.GotoAsync($"{address}/verify");
        await LookAsync(page, "ask");
        await page.FillAsync("input[name=code]", file.Paper.Stamp.Code.ToLowerInvariant());
        await page.ClickAsync("form[action='/verify'] button[type=submit]");
        (await page.InnerTextAsync("main")).ShouldContain(file.Sha256);
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "表.docx", MimeType = DocxRenderer.ContentType, Buffer = file.Docx });
        await page.WaitForSelectorAsync("[data-said=same]:not([hidden])");
        await LookAsync(page, "same");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "表.docx", MimeType = DocxRenderer.ContentType, Buffer = [.. file.Docx, 0] });
        await page.WaitForSelectorAsync("[data-said=other]:not([hidden])");
        posts.ShouldBe(0);
        await page.GotoAsync($"{address}/verify?code=0ABCDE");
        await LookAsync(page, "unknown");

        complaints.ShouldBeEmpty();
    }

    private async Task<IPage> OpenAsync(TestPerson who, string language, int width)
    {
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ExtraHTTPHeaders = [new("X-Test-Address", "10.0.0.1")],
        });
        await context.AddCookiesAsync([new() { Name = "fp-lang", Value = language, Url = address }]);
        IPage page = await context.NewPageAsync();
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
        await page.GotoAsync($"{address}/sign-in");
        await page.FillAsync("#UserName", who.UserName);
        await page.FillAsync("#Password", Portal.Password);
        await page.ClickAsync("form[action='/sign-in'] button[type=submit]");
        await page.FillAsync("#Code", portal.CodeOf(who));
        await page.ClickAsync("form[action='/sign-in/code'] button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }

    private async Task LookAsync(IPage page, string name)
    {
        var found = await page.RunAxe();
        complaints.AddRange(found.Violations.Select(violation => $"{name}: {violation.Id} {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        bool wider = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1");
        if (wider)
        {
            complaints.Add($"{name}: wider than the window");
        }
    }
}
