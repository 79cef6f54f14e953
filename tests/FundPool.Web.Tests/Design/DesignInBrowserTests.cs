using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Design;

/// <summary>
/// The design page in a real browser: axe finds nothing, the content policy stops nothing, nothing hangs over a
/// phone's edge, and the scripts do what they say. Needs chromium and the built assets (npm ci and npm run build).
/// </summary>
[Trait("needs", "browser")]
public sealed class DesignInBrowserTests(DesignInBrowserTests.Browser started) : IClassFixture<DesignInBrowserTests.Browser>
{
    private static readonly string[] Parts = ["lists", "forms", "rulings", "charts", "messages", "sign-in"];

    private readonly IBrowser browser = started.Chromium;
    private readonly string address = started.Address;

    [Theory]
    [InlineData(1440, "zh")]
    [InlineData(1440, "en")]
    [InlineData(390, "zh")]
    [InlineData(390, "en")]
    public async Task DesignPages_AtThisWidth_HaveNothingToComplainOf(int width, string language)
    {
        await using IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 844 } });
        await context.AddCookiesAsync([new() { Name = "fp-lang", Value = language, Url = address }]);
        List<string> complaints = [];
        foreach (string part in Parts)
        {
            IPage page = await context.NewPageAsync();
            page.Console += (_, message) =>
            {
                if (message.Type is "error" or "warning")
                {
                    complaints.Add($"{part}: {message.Text}");
                }
            };
            page.PageError += (_, error) => complaints.Add($"{part}: {error}");
            page.Request += (_, request) =>
            {
                if (!request.Url.StartsWith(address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                {
                    complaints.Add($"{part} asks {request.Url}");
                }
            };
            await page.GotoAsync($"{address}/design/{part}", new() { WaitUntil = WaitUntilState.Load });
            if (part == "charts")
            {
                await page.WaitForSelectorAsync("canvas");
            }

            var axe = await page.RunAxe();
            complaints.AddRange(axe.Violations.Select(violation => $"{part}: {violation.Id} {string.Join(", ", violation.Nodes.Select(node => node.Html))}"));
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"))
            {
                complaints.Add($"{part}: wider than the window");
            }

            await page.CloseAsync();
        }

        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Drawer_OnAPhone_OpensAndGivesTheFocusBack()
    {
        IPage page = await Open("lists", 390);

        await page.ClickAsync(".topbar-menu");
        await page.WaitForSelectorAsync("#menu.sidebar-open");
        await page.Keyboard.PressAsync("Escape");

        (await page.GetAttributeAsync(".topbar-menu", "aria-expanded")).ShouldBe("false");
        (await page.EvaluateAsync<string>("document.activeElement.className")).ShouldContain("topbar-menu");
    }

    [Fact]
    public async Task Draft_WhileTyping_IsSavedAndSaysWhen()
    {
        IPage page = await Open("forms", 1440);

        await page.FillAsync("#BorrowerName", "深圳市鹏远精密制造有限公司");

        await page.WaitForFunctionAsync("() => /^已保存 \\d\\d:\\d\\d:\\d\\d$/.test(document.querySelector('[data-autosave-state]').textContent)");
    }

    [Fact]
    public async Task Inputs_DateAndAmount_ArePutInOrder()
    {
        IPage page = await Open("forms", 1440);

        await page.FillAsync("#LoanDate", "20260331");
        await page.FillAsync("#Principal", "12345678.9");
        await page.FocusAsync("#Note");

        (await page.InputValueAsync("#LoanDate")).ShouldBe("2026-03-31");
        (await page.InputValueAsync("#Principal")).ShouldBe("12,345,678.90");
    }

    [Fact]
    public async Task Confirm_BeforeRegistering_RepeatsTheAmount()
    {
        IPage page = await Open("forms", 1440);
        // Nobody is asked to confirm a form in which something that is needed is missing.
        await page.EvaluateAsync("for (const field of document.querySelectorAll('[aria-required=true]')) if ('value' in field && !field.value) field.tagName === 'SELECT' ? field.selectedIndex = field.options.length - 1 : field.value = '?'");

        await page.ClickAsync("button[data-confirm]");

        (await page.InnerTextAsync("dialog[open] [data-echo]")).ShouldBe("4,500,000.00");
        await page.ClickAsync("dialog[open] [data-dialog-go]");
        await page.WaitForSelectorAsync(".error-summary:focus");
    }

    [Fact]
    public async Task Masked_WithAReason_IsShown()
    {
        IPage page = await Open("rulings", 1440);

        await page.ClickAsync("a[data-reveal]");
        await page.FillAsync("#reveal-reason", "核对借款人身份");
        await page.ClickAsync("dialog[open] button[type=submit]");

        await page.WaitForSelectorAsync(".masked-shown");
        (await page.InnerTextAsync(".masked-shown")).ShouldBe("440301199001011234");
    }

    [Fact]
    public async Task Upload_WithProgress_LeadsOnAndSaysSo()
    {
        IPage page = await Open("forms", 1440);

        await page.SetInputFilesAsync("#file", new FilePayload { Name = "登记.csv", MimeType = "text/csv", Buffer = new byte[200_000] });
        await page.ClickAsync("form[data-upload] button[type=submit]");

        await page.WaitForSelectorAsync(".flash-good");
        (await page.InnerTextAsync(".flash-good")).ShouldContain("已收到文件 登记.csv");
    }

    [Fact]
    public async Task Upload_WithoutAFile_ComesBackWithTheError()
    {
        IPage page = await Open("forms", 1440);

        await page.ClickAsync("form[data-upload] button[type=submit]");

        await page.WaitForSelectorAsync(".error-summary:focus");
        (await page.InnerTextAsync(".error-summary a")).ShouldBe("请选择要上传的文件");
    }

    [Fact]
    public async Task Progress_WhileWorkGoesOn_MovesByItself()
    {
        IPage page = await Open("forms", 1440);
        string before = await page.InnerTextAsync(".progress-figure");

        await page.WaitForFunctionAsync("before => document.querySelector('.progress-figure').textContent !== before", before);
    }

    [Fact]
    public async Task Session_NearItsEnd_AsksAndGoesOn()
    {
        await using IBrowserContext context = await browser.NewContextAsync();
        IPage page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync($"{address}/design/messages");

        await page.Clock.FastForwardAsync("13:30");

        ILocator dialog = page.Locator("dialog[open]");
        (await dialog.InnerTextAsync()).ShouldContain("登录即将超时");
        await dialog.GetByText("继续使用").ClickAsync();
        await page.WaitForSelectorAsync("dialog[open]", new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task Session_Over_LeadsToSigningIn()
    {
        await using IBrowserContext context = await browser.NewContextAsync();
        IPage page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync($"{address}/design/messages");

        await page.Clock.FastForwardAsync("15:30");

        await page.WaitForURLAsync($"{address}/design/sign-in");
    }

    [Fact]
    public async Task Pages_WithoutScript_StillShowWhatMatters()
    {
        await using IBrowserContext context = await browser.NewContextAsync(new() { JavaScriptEnabled = false });
        IPage page = await context.NewPageAsync();

        await page.GotoAsync($"{address}/design/charts");
        (await page.Locator(".chart table").First.IsVisibleAsync()).ShouldBeTrue();

        await page.GotoAsync($"{address}/design/lists");
        await page.ClickAsync("details[data-menu] > summary:has-text('列设置')");
        await page.UncheckAsync("input[name=cols][value=branch]");
        await page.ClickAsync("details[data-menu] button:has-text('应用')");
        (await page.Locator("thead").First.InnerTextAsync()).ShouldNotContain("经办机构");
    }

    private async Task<IPage> Open(string part, int width)
    {
        IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        await page.GotoAsync($"{address}/design/{part}", new() { WaitUntil = WaitUntilState.Load });
        return page;
    }

    /// <summary>One portal and one chromium for the whole class.</summary>
    public sealed class Browser : IAsyncLifetime
    {
        private DesignHost host = null!;
        private IPlaywright playwright = null!;

        public string Address { get; private set; } = "";

        public IBrowser Chromium { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            File.Exists(Path.Combine(DesignHost.Source, "wwwroot", "dist", "app.css"))
                .ShouldBeTrue("Run `npm ci && npm run build` in src/FundPool.Web first.");
            (host, Address) = await DesignHost.Listen();
            playwright = await Playwright.CreateAsync();
            Chromium = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("FUNDPOOL_CHROMIUM") ?? "/usr/bin/chromium",
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync",
                ],
            });
        }

        public async Task DisposeAsync()
        {
            await Chromium.DisposeAsync();
            playwright.Dispose();
            await host.DisposeAsync();
        }
    }
}
