using System.Globalization;
using Deque.AxeCore.Playwright;
using FundPool.Application.Verification;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Journeys;

/// <summary>Somebody at a screen.</summary>
public sealed record Desk(IPage Page, TestPerson? Who)
{
    public Task<string> TextAsync(string selector = "#main") => Page.InnerTextAsync(selector);
}

/// <summary>
/// The portal in a real browser with people at their desks. Whatever the browser complains of on the way (script errors, refusals by the
/// content policy, answers of 500, axe, pages wider than the window) fails the journey at its end.
/// </summary>
[Trait("needs", "browser")]
public abstract class Journey : IAsyncLifetime
{
    private readonly List<string> complaints = [];
    private string address = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    protected Portal Portal { get; private set; } = null!;

    protected TestPortal Cases { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Portal = await Portal.StartAsync();
        address = Portal.Serve();
        Cases = TestPortal.Over(Portal.Database, Portal.Clock);
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
        await Cases.DisposeAsync();
        await Portal.DisposeAsync();
    }

    /// <summary>Nobody complained, and what lies in the database holds together.</summary>
    protected async Task EndAsync()
    {
        complaints.ShouldBeEmpty();
        (await VerifyDatabase.RunAsync(Portal.Database.Owner, _ => { }, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    /// <summary>A new person of an organisation, signed in.</summary>
    protected async Task<Desk> SeatAsync(string organisation, Role role, string name, string language = "zh", int width = 1440)
    {
        TestPerson who = await Portal.AddAsync(organisation, name, role);
        Desk desk = new(await OpenAsync(language, width), who);
        await SignInAgainAsync(desk);
        return desk;
    }

    /// <summary>The same by name, password and code, as a person does it.</summary>
    protected async Task<Desk> SignInAsync(string organisation, Role role, string name, string language = "zh", int width = 1440)
    {
        TestPerson who = await Portal.AddAsync(organisation, name, role);
        Desk desk = new(await OpenAsync(language, width), who);
        await desk.Page.GotoAsync($"{address}/sign-in");
        await desk.Page.FillAsync("#UserName", who.UserName);
        await desk.Page.FillAsync("#Password", Portal.Password);
        await desk.Page.ClickAsync("form[action='/sign-in'] button[type=submit]");
        await desk.Page.FillAsync("#Code", Portal.CodeOf(who));
        await desk.Page.ClickAsync("form[action='/sign-in/code'] button[type=submit]");
        await desk.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return desk;
    }

    /// <summary>Anybody, not signed in.</summary>
    protected async Task<Desk> PublicAsync(string language = "zh", int width = 1440) => new(await OpenAsync(language, width), null);

    /// <summary>After the clock has gone on further than a session lasts; the second factor is given just now.</summary>
    protected async Task SignInAgainAsync(Desk desk) =>
        await desk.Page.Context.AddCookiesAsync([new() { Name = "fp", Value = await Portal.OpenSessionAsync(desk.Who!), Url = address }]);

    protected void MoveTo(int month, int day, int hour = 9) => Portal.Clock.Set(new DateTimeOffset(2026, month, day, hour, 0, 0, TimeSpan.FromHours(8)));

    protected async Task GoAsync(Desk desk, string path, string? look = null)
    {
        IResponse answer = (await desk.Page.GotoAsync(address + path))!;
        answer.Status.ShouldBe(200, path);
        if (look is not null)
        {
            await LookAsync(desk, look);
        }
    }

    protected static Task FillAsync(Desk desk, string selector, string text) => desk.Page.FillAsync(selector, text);

    /// <summary>Presses what leads to another page, or to this one anew, and waits for it. A question that is asked first is answered with yes.</summary>
    protected static async Task PressAsync(Desk desk, string selector)
    {
        ILocator button = desk.Page.Locator(selector).First;
        await desk.Page.EvaluateAsync("document.body.dataset.left = 'yes'");
        bool asks = await button.GetAttributeAsync("data-confirm") is not null;
        await button.ClickAsync();
        if (asks)
        {
            await desk.Page.ClickAsync("dialog[open] [data-dialog-go]");
        }

        await desk.Page.WaitForSelectorAsync("body:not([data-left])", new() { State = WaitForSelectorState.Attached });
        await desk.Page.WaitForLoadStateAsync(LoadState.Load);
    }

    /// <summary>Where the page is, without the address of the portal.</summary>
    protected static string PathOf(Desk desk) => new Uri(desk.Page.Url).AbsolutePath;

    /// <summary>What axe and the width of the window say of the page.</summary>
    protected async Task LookAsync(Desk desk, string name)
    {
        IPage page = desk.Page;
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

    /// <summary>A document for one line of the claim's checklist.</summary>
    protected static async Task UploadAsync(Desk maker, string line)
    {
        if (await maker.Page.Locator($"#{line} details[open]").CountAsync() == 0)
        {
            await maker.Page.ClickAsync($"#{line} summary");
        }

        await maker.Page.SetInputFilesAsync($"#{line} input[type=file]", Pdf(line));
        await PressAsync(maker, $"#{line} form[data-upload] button[type=submit]");
    }

    protected static FilePayload Pdf(string name) => new() { Name = name + ".pdf", MimeType = "application/pdf", Buffer = System.Text.Encoding.UTF8.GetBytes("%PDF-1.4 " + name) };

    private async Task<IPage> OpenAsync(string language, int width)
    {
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ExtraHTTPHeaders = [new("X-Test-Address", "10.0.0.1")],
        });
        await context.AddCookiesAsync([new() { Name = "fp-lang", Value = language, Url = address }]);
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        page.Console += (_, message) =>
        {
            // A page that says no is answered with 400 or 422, which the console notes too.
            if (message.Type == "error" && !message.Text.Contains("responded with a status of 4", StringComparison.Ordinal))
            {
                complaints.Add($"{page.Url}: {message.Text}");
            }
        };
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 500)
            {
                complaints.Add($"{answer.Request.Method} {answer.Url}: {answer.Status}");
            }
        };
        return page;
    }
}
