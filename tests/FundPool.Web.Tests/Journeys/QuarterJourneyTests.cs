using Deque.AxeCore.Playwright;
using FundPool.Application.Spreadsheets;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Journeys;

/// <summary>
/// The last day of the quarter in a real browser: sign in with the second factor, take the template, send a file with mistakes, take
/// the error workbook, mend it, send it again, register; another bank's clerk reaches nothing of it. Both languages; axe finds nothing.
/// </summary>
[Trait("needs", "browser")]
public sealed class QuarterJourneyTests : IAsyncLifetime
{
    private Portal portal = null!;
    private string address = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private readonly List<string> complaints = [];

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        address = portal.Serve();
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
        await portal.DisposeAsync();
    }

    [Theory]
    [InlineData("zh", 1440)]
    [InlineData("en", 390)]
    public async Task Quarter_FromTemplateToLibrary_OnlyForItsBank(string language, int width)
    {
        TestPerson maker = await portal.AddAsync("B001", "clerk", Role.Maker);
        TestPerson stranger = await portal.AddAsync("B002", "clerk", Role.Maker);
        IPage page = await SignInAsync(maker, language, width);

        IReadOnlyList<string> header = await TemplateHeaderAsync(page, language);
        string batch = await UploadAsync(page, FileWith(header));
        await WaitForAsync(page, "form[action$='/decide']");
        (await page.InnerTextAsync("main")).ShouldContain("C9");
        await LookAsync(page, "preview");
        FilePayload mended = await MendedAsync(page);
        string second = await UploadAsync(page, mended);
        second.ShouldNotBe(batch);
        await WaitForAsync(page, "form[action$='/decide']");
        await page.ClickAsync("button[data-confirm='keep-import']");
        await page.ClickAsync("dialog[open] button.btn-primary, dialog[open] button[value=true]");
        await WaitForAsync(page, "a[href^='/loans?batch=']");
        await LookAsync(page, "registered");
        await page.GotoAsync($"{address}/loans");
        (await page.InnerTextAsync("main")).ShouldContain("JJ-003");
        await LookAsync(page, "library");

        IPage elsewhere = await SignInAsync(stranger, language, width);
        (await elsewhere.GotoAsync($"{address}{second}"))!.Status.ShouldBe(404);
        await elsewhere.GotoAsync($"{address}/loans?search=JJ-003");
        (await elsewhere.InnerTextAsync("main")).ShouldNotContain("JJ-003-1");

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
        page.SetDefaultTimeout(90_000);
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        await page.GotoAsync($"{address}/sign-in");
        await LookAsync(page, "sign-in");
        await page.FillAsync("#UserName", who.UserName);
        await page.FillAsync("#Password", Portal.Password);
        await page.ClickAsync("form[action='/sign-in'] button[type=submit]");
        await page.FillAsync("#Code", portal.CodeOf(who));
        await page.ClickAsync("form[action='/sign-in/code'] button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await LookAsync(page, "home");
        return page;
    }

    private async Task<IReadOnlyList<string>> TemplateHeaderAsync(IPage page, string language)
    {
        await page.GotoAsync($"{address}/imports/upload");
        await LookAsync(page, "upload");
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[href*='/imports/template'][href*='20261']"));
        await using FileStream template = File.OpenRead(await download.PathAsync());
        using ISheetRows rows = SheetReader.Open(template, "template.xlsx");
        rows.Header.ShouldContain(language == "en" ? "note_no" : "借据编号");
        return [.. rows.Header];
    }

    private async Task<string> UploadAsync(IPage page, FilePayload file)
    {
        await page.GotoAsync($"{address}/imports/upload");
        await page.SetInputFilesAsync("input[type=file]", file);
        await page.ClickAsync("form[data-upload] button[type=submit]");
        await page.WaitForURLAsync(url => System.Text.RegularExpressions.Regex.IsMatch(new Uri(url).AbsolutePath, "^/imports/[0-9]+/[0-9]+$"));
        return new Uri(page.Url).AbsolutePath;
    }

    // The page polls while the job works; whoever waits sees the result come by itself.
    private static Task WaitForAsync(IPage page, string selector) => page.WaitForSelectorAsync(selector, new() { Timeout = 60_000 });

    private static async Task<FilePayload> MendedAsync(IPage page)
    {
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[href$='/errors']"));
        using MemoryStream mended = new();
        await using FileStream errors = File.OpenRead(await download.PathAsync());
        using ISheetRows rows = SheetReader.Open(errors, "errors.xlsx");
        using (XlsxWriter workbook = new(mended))
        {
            XlsxSheet sheet = workbook.AddSheet(new SheetPlan("填报", [.. rows.Header.Select(header => new SheetColumn(header))]));
            while (rows.Read())
            {
                sheet.NextRow();
                foreach (string? cell in rows.Cells)
                {
                    sheet.Text(cell == "C9" ? "C3921" : cell);
                }
            }

            workbook.Complete();
        }

        return new FilePayload { Name = "mended.xlsx", MimeType = "application/octet-stream", Buffer = mended.ToArray() };
    }

    private static FilePayload FileWith(IReadOnlyList<string> header)
    {
        using MemoryStream file = new();
        using (XlsxWriter workbook = new(file))
        {
            XlsxSheet sheet = workbook.AddSheet(new SheetPlan("填报", [.. header.Select(name => new SheetColumn(name))]));
            for (int i = 1; i <= 3; i++)
            {
                Dictionary<string, string> loan = new()
                {
                    ["contract_no"] = $"HT-00{i}", ["note_no"] = $"JJ-00{i}-1", ["borrower_name"] = $"深圳市华信电子{i}有限公司", ["borrower_id"] = "91440300192317458F",
                    ["borrower_kind"] = "small", ["industry"] = i == 3 ? "C9" : "C3921", ["loan_date"] = $"2026-02-0{i}", ["maturity_date"] = $"2027-02-0{i}",
                    ["principal"] = "1000000.00", ["annual_rate"] = "0.035", ["product"] = "working_capital", ["purpose"] = "采购原材料", ["security"] = "guarantee",
                    ["total_balance"] = "1000000.00", ["other_cover"] = "none",
                };
                sheet.NextRow();
                foreach (string name in header)
                {
                    sheet.Text(loan.GetValueOrDefault(FundPool.Domain.Loans.LoanFields.All[(int)FundPool.Domain.Loans.LoanFields.Find(name)!].Name));
                }
            }

            workbook.Complete();
        }

        return new FilePayload { Name = "2026Q1.xlsx", MimeType = "application/octet-stream", Buffer = file.ToArray() };
    }

    private async Task LookAsync(IPage page, string name)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        AxeResultOf(await page.RunAxe(), name);
        if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"))
        {
            complaints.Add($"{name}: wider than the window");
        }
    }

    private void AxeResultOf(Deque.AxeCore.Commons.AxeResult result, string name) =>
        complaints.AddRange(result.Violations.Select(v => $"{name}: {v.Id} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
}
