using System.Globalization;
using FundPool.Application.Notices;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Journeys;

/// <summary>One claim from the bad loan to the compensation library, everything at the screen, each step by the person whose it is.</summary>
public sealed class WholeWayJourneyTests : Journey
{
    [Fact]
    public async Task Claim_FromTheBadLoanToTheCompensationLibrary_WithNoHelpButTheScreen()
    {
        long loan = await Cases.BadLoanAsync("B001", ("borrower_name", "深圳市华信精密电子有限公司"));
        await Cases.AppropriateAsync("1000000.00");
        Desk maker = await SeatAsync("B001", Role.Maker, "maker"), checker = await SeatAsync("B001", Role.Checker, "checker");

        string claim = await ClaimedAsync(maker, checker);
        await ReviewedAsync(claim);
        await PublishedAsync(claim);
        MoveTo(3, 27);
        (await new EndNoticePeriods(Portal.Database.App, Cases.Rules, Portal.Clock).RunAsync(CancellationToken.None)).ShouldBe(1);
        await IssuedAsync();
        await SignInAgainAsync(maker);
        await SignInAgainAsync(checker);
        await PaidAsync(maker, checker);

        await GoAsync(checker, claim, "paid-claim");
        (await checker.Page.Locator("#steps tbody th .status").AllInnerTextsAsync()).ShouldBe(
            ["草稿", "行内待复核", "待初审", "待复审", "审核通过", "已列入批次", "公示中", "公示无异议", "已下达计划", "拨款资料待核验", "待拨付", "已制付款单", "已拨付", "已转入补偿库"]);
        (await checker.TextAsync("#steps")).ShouldContain("公示期满，无异议");
        await GoAsync(maker, string.Create(CultureInfo.InvariantCulture, $"/loans/{Cases.Bank("B001")}/{loan}"), "compensated-loan");
        (await maker.TextAsync()).ShouldContain("补偿项目库");
        await EndAsync();
    }

    /// <summary>The bank: from the list of what awaits a claim to the submission. Answers with the claim's page.</summary>
    private async Task<string> ClaimedAsync(Desk maker, Desk checker)
    {
        await GoAsync(maker, "/claims/awaiting", "awaiting");
        (await maker.TextAsync()).ShouldContain("深圳市华信精密电子有限公司");
        await PressAsync(maker, "form[action='/claims/start'] button");
        await FillAsync(maker, "#CreditReportOn", "2026-03-13");
        await maker.Page.WaitForSelectorAsync("#ruling >> text=叁拾陆万元整");
        await LookAsync(maker, "claim-form");
        await PressAsync(maker, "#claim-form button.btn-primary");
        string claim = PathOf(maker)[..^"/materials".Length];
        await LookAsync(maker, "materials");
        ILocator open = maker.Page.Locator("section[id^='line-']:has(details[open])");
        int uploaded = 0;
        for (; await open.CountAsync() > 0; uploaded++)
        {
            await UploadAsync(maker, (await open.First.GetAttributeAsync("id"))!);
        }

        uploaded.ShouldBe(10);
        (await maker.TextAsync()).ShouldContain("必需的材料已齐");
        await PressAsync(maker, "a.btn-primary[href$='/check']");
        await LookAsync(maker, "check-answers");
        await PressAsync(maker, "form[action$='/send'] button.btn-primary");
        (await maker.TextAsync()).ShouldContain("已送行内复核");

        await GoAsync(checker, "/claims?group=draft");
        await PressAsync(checker, $"th a[href='{claim}']");
        await LookAsync(checker, "checker");
        await FillAsync(checker, "#Opinion", "材料齐全，同意提交");
        await PressAsync(checker, "#checker button[data-confirm]");
        (await checker.TextAsync()).ShouldContain("已提交管理机构审核");
        return claim;
    }

    private async Task ReviewedAsync(string claim)
    {
        string review = claim.Replace("/claims/", "/reviews/", StringComparison.Ordinal);
        Desk officer = await SeatAsync("GXT", Role.Officer, "officer"), chief = await SeatAsync("GXT", Role.Chief, "chief");
        await GoAsync(officer, "/reviews", "inbox");
        await PressAsync(officer, $"th a[href='{review}']");
        await officer.Page.ClickAsync("[data-mark-rest=confirmed]");
        await officer.Page.CheckAsync("input[name=Proposal][value=approve]");
        await FillAsync(officer, "#Opinion", "逐条核对无误，建议全额通过");
        await LookAsync(officer, "review");
        await PressAsync(officer, "button[data-confirm=propose]");

        await GoAsync(chief, "/reviews?tray=Chief");
        await PressAsync(chief, $"th a[href='{review}']");
        await LookAsync(chief, "decision");
        await FillAsync(chief, "#ChiefOpinion", "同意");
        await PressAsync(chief, "button[data-confirm=consent]");
        (await Portal.Database.ScalarAsync<long>("select approved_fen from compensation.claim")).ShouldBe(36_000_000);
    }

    private async Task PublishedAsync(string claim)
    {
        Desk officer = await SeatAsync("GXJ", Role.Officer, "officer"), chief = await SeatAsync("GXJ", Role.Chief, "chief"), anybody = await PublicAsync();
        await GoAsync(officer, "/batches", "batches");
        await officer.Page.CheckAsync("input[name=Claims]");
        await FillAsync(officer, "#Name", "2026年第一批");
        await PressAsync(officer, "form[action='/batches'] button[type=submit]");
        await LookAsync(officer, "batch");
        await PressAsync(officer, "a[href$='/notice']");
        foreach ((string field, string text) in Notices.Authority.NoticeFields)
        {
            await FillAsync(officer, "#" + field, text);
        }

        await officer.Page.WaitForSelectorAsync("#ruling >> text=监察处 0755-2");
        await LookAsync(officer, "notice-draft");
        await PressAsync(officer, "form[data-check-url] button[type=submit]");

        Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await GoAsync(chief, "/notices");
        await PressAsync(chief, "th a[href^='/notices/']");
        await PressAsync(chief, "a[href$='/publish']");
        await CodeAsync(chief);
        await LookAsync(chief, "publish");
        await PressAsync(chief, "button[data-confirm=publish]");
        (await chief.TextAsync()).ShouldContain("深中小企公示〔2026〕1号");

        await GoAsync(anybody, "/public/shenzhen/notices", "public-notices");
        await PressAsync(anybody, "a[href^='/public/shenzhen/notices/']");
        await LookAsync(anybody, "public-notice");
        string shown = await anybody.TextAsync("body");
        shown.ShouldContain("深圳市华信精密电子有限公司");
        shown.ShouldContain("360,000.00");
        shown.ShouldContain("公示截止：2026-03-26");
    }

    private async Task IssuedAsync()
    {
        Desk officer = await SeatAsync("GXJ", Role.Officer, "planner"), chief = await SeatAsync("GXJ", Role.Chief, "head");
        await GoAsync(officer, "/plans");
        await PressAsync(officer, "a[href='/plans/draft']");
        await FillAsync(officer, "#Title", "中小微企业银行贷款风险补偿项目资助计划");
        await FillAsync(officer, "#Basis", "《实施细则》第二十条");
        await officer.Page.CheckAsync("input[name=Claims]");
        await LookAsync(officer, "plan-draft");
        await PressAsync(officer, "form[action='/plans/draft'] button[type=submit]");
        await GoAsync(chief, PathOf(officer));
        await PressAsync(chief, "a[href$='/issue']");
        await LookAsync(chief, "issue");
        await PressAsync(chief, "button[data-confirm=issue]");
        (await chief.TextAsync()).ShouldContain("深工信〔2026〕1号");
        await LookAsync(chief, "plan");
    }

    private async Task PaidAsync(Desk maker, Desk checker)
    {
        await GoAsync(maker, "/payments", "payouts");
        await PressAsync(maker, "th a[href^='/payments/']");
        foreach (string code in FundPool.Testing.Payments.Papers)
        {
            await maker.Page.SetInputFilesAsync("#file-" + code, Pdf(code));
            await PressAsync(maker, $"button[formaction$='/papers/{code}']");
        }

        await FillAsync(maker, "#AccountName", "甲银行股份有限公司深圳分行");
        await FillAsync(maker, "#AccountNumber", "4403 0100 1234 5678");
        await FillAsync(maker, "#OpeningBank", "甲银行深圳分行营业部");
        await LookAsync(maker, "payment-documents");
        await PressAsync(maker, "#account button[data-confirm=file]");

        Desk officer = await SeatAsync("JRZX", Role.Officer, "officer"), chief = await SeatAsync("JRZX", Role.Chief, "chief");
        await GoAsync(officer, "/payments");
        await PressAsync(officer, "th a[href^='/payments/']");
        await PressAsync(officer, "button[name=Complete][value=true]");
        await LookAsync(officer, "payout");
        await PressAsync(officer, "form[action$='/order'] button");
        Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await GoAsync(chief, "/payment-orders", "payment-orders");
        await PressAsync(chief, "th a[href^='/payment-orders/']");
        await PressAsync(chief, "a[href$='/release']");
        await CodeAsync(chief);
        await LookAsync(chief, "release");
        await PressAsync(chief, "button[data-confirm=release]");
        await GoAsync(chief, "/ledger", "ledger");
        string ledger = await chief.TextAsync();
        ledger.ShouldContain("补偿拨付 FK-2026-0001");
        ledger.ShouldContain("640,000.00");

        await GoAsync(checker, "/payment-orders");
        await PressAsync(checker, "th a[href^='/payment-orders/']");
        await FillAsync(checker, "#ReceivedOn", "2026-03-27");
        await LookAsync(checker, "confirm");
        await PressAsync(checker, "form[action$='/confirm'] button[type=submit]");
        (await checker.TextAsync()).ShouldContain("已确认到账");
    }

    /// <summary>What publishes and what pays asks for the second factor once more.</summary>
    private async Task CodeAsync(Desk desk)
    {
        PathOf(desk).ShouldBe("/account/confirm");
        await FillAsync(desk, "#Code", Portal.CodeOf(desk.Who!));
        await PressAsync(desk, "form[action='/account/confirm'] button[type=submit]");
    }
}
