using System.Globalization;
using Deque.AxeCore.Playwright;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Journeys;

/// <summary>A claim in a real browser: begun from the list, ruled while one types, documents, check of the answers, the checker's approval, what the reviewer sees. axe finds nothing.</summary>
[Trait("needs", "browser")]
public sealed class ClaimJourneyTests : IAsyncLifetime
{
    private readonly List<string> complaints = [];
    private Portal portal = null!;
    private TestPortal cases = null!;
    private string address = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        portal.UseKestrel(0);
        portal.StartServer();
        cases = TestPortal.Over(portal.Database, portal.Clock);
        address = portal.ClientOptions.BaseAddress.ToString().TrimEnd('/');
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
    public async Task Claim_FromTheBadLoanToTheReviewer_WithNoHelpButTheScreen(string language, int width)
    {
        await cases.BadLoanAsync("B001", ("borrower_name", "深圳市华信精密电子有限公司"));
        ClaimKey ready = await cases.ClaimAsync("B001", ClaimState.Draft, ("borrower_name", "深圳市南山创新材料有限公司"));
        IPage maker = await SignInAsync(await portal.AddAsync("B001", "clerk", Role.Maker), language, width);

        await OpenAsync(maker, "/claims/awaiting", "awaiting");
        await maker.ClickAsync("form[action='/claims/start'] button");
        await maker.WaitForSelectorAsync("#claim-form");
        await maker.FillAsync("#CreditReportOn", "2026-03-13");
        await maker.FillAsync("#OutstandingPrincipal", "850,000.00");
        await maker.WaitForSelectorAsync("#ruling >> text=340,000.00");
        await LookAsync(maker, "form");
        await maker.FillAsync("#NplDate", "2026-13-01");
        await maker.ClickAsync("#claim-form button.btn-primary");
        await maker.WaitForSelectorAsync(".field-error");
        await LookAsync(maker, "form-error");
        await maker.FillAsync("#NplDate", "2026-03-12");
        await maker.ClickAsync("#claim-form button.btn-primary");
        await maker.WaitForURLAsync(url => url.EndsWith("/materials", StringComparison.Ordinal));
        await maker.SetInputFilesAsync("#line-claim_form input[type=file]", new FilePayload { Name = "申请表.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4 journey"u8.ToArray() });
        await maker.ClickAsync("#line-claim_form form[data-upload] button[type=submit]");
        await maker.WaitForSelectorAsync("#line-claim_form .document");
        await LookAsync(maker, "materials");

        string claim = string.Create(CultureInfo.InvariantCulture, $"/claims/{ready.Bank}/{ready.Id}");
        await OpenAsync(maker, claim, "draft");
        await OpenAsync(maker, claim + "/check", "check");
        await maker.ClickAsync("form[action$='/send'] button.btn-primary");
        await maker.WaitForURLAsync(url => url.EndsWith(claim, StringComparison.Ordinal));
        await OpenAsync(maker, "/claims", "list");

        IPage checker = await SignInAsync(await portal.AddAsync("B001", "check", Role.Checker), language, width);
        await OpenAsync(checker, "/claims?group=draft", "checker-list");
        await OpenAsync(checker, claim, "checker");
        await checker.FillAsync("#Opinion", "材料齐全，同意提交");
        await checker.ClickAsync("#checker button[data-confirm]");
        await checker.ClickAsync("dialog[open] button.btn-primary, dialog[open] button[value=true]");
        await checker.WaitForSelectorAsync("#versions");

        IPage officer = await SignInAsync(await portal.AddAsync("GXT", "officer", Role.Officer), language, width);
        await OpenAsync(officer, claim, "officer");
        (await officer.InnerTextAsync("#steps")).ShouldContain("材料齐全，同意提交");
        await OpenAsync(officer, claim + "/versions/1", "replay");
        complaints.ShouldBeEmpty();
    }

    private async Task<IPage> SignInAsync(TestPerson who, string language, int width)
    {
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ExtraHTTPHeaders = [new("X-Test-Address", "10.0.0.1")],
        });
        await context.AddCookiesAsync([new() { Name = "fp-lang", Value = language, Url = address }]);
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync($"{address}/sign-in");
        await page.FillAsync("#UserName", who.UserName);
        await page.FillAsync("#Password", Portal.Password);
        await page.ClickAsync("form[action='/sign-in'] button[type=submit]");
        await page.FillAsync("#Code", portal.CodeOf(who));
        await page.ClickAsync("form[action='/sign-in/code'] button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }

    private async Task OpenAsync(IPage page, string path, string name)
    {
        await page.GotoAsync(address + path);
        await LookAsync(page, name);
    }

    private async Task LookAsync(IPage page, string name)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        if (Environment.GetEnvironmentVariable("FUNDPOOL_SHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{page.ViewportSize!.Width}.png")), FullPage = true });
        }

        complaints.AddRange((await page.RunAxe()).Violations.Select(v => $"{name}: {v.Id} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"))
        {
            complaints.Add($"{name}: wider than the window");
        }
    }
}
