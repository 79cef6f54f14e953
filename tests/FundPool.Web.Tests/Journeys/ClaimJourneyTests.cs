using System.Globalization;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Journeys;

/// <summary>A claim in a real browser: begun from the list, ruled while one types, documents, check of the answers, the checker's approval, what the reviewer sees. axe finds nothing.</summary>
public sealed class ClaimJourneyTests : Journey
{
    [Theory]
    [InlineData("zh", 1440)]
    [InlineData("en", 390)]
    public async Task Claim_FromTheBadLoanToTheReviewer_WithNoHelpButTheScreen(string language, int width)
    {
        await Cases.BadLoanAsync("B001", ("borrower_name", "深圳市华信精密电子有限公司"));
        ClaimKey ready = await Cases.ClaimAsync("B001", ClaimState.Draft, ("borrower_name", "深圳市南山创新材料有限公司"));
        Desk maker = await SignInAsync("B001", Role.Maker, "clerk", language, width);

        await GoAsync(maker, "/claims/awaiting", "awaiting");
        await maker.Page.ClickAsync("form[action='/claims/start'] button");
        await maker.Page.WaitForSelectorAsync("#claim-form");
        await maker.Page.FillAsync("#CreditReportOn", "2026-03-13");
        await maker.Page.FillAsync("#OutstandingPrincipal", "850,000.00");
        await maker.Page.WaitForSelectorAsync("#ruling >> text=340,000.00");
        await LookAsync(maker, "form");
        await maker.Page.FillAsync("#NplDate", "2026-13-01");
        await maker.Page.ClickAsync("#claim-form button.btn-primary");
        await maker.Page.WaitForSelectorAsync(".field-error");
        await LookAsync(maker, "form-error");
        await maker.Page.FillAsync("#NplDate", "2026-03-12");
        await maker.Page.ClickAsync("#claim-form button.btn-primary");
        await maker.Page.WaitForURLAsync(url => url.EndsWith("/materials", StringComparison.Ordinal));
        await maker.Page.SetInputFilesAsync("#line-claim_form input[type=file]", new FilePayload { Name = "申请表.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4 journey"u8.ToArray() });
        await maker.Page.ClickAsync("#line-claim_form form[data-upload] button[type=submit]");
        await maker.Page.WaitForSelectorAsync("#line-claim_form .document");
        await LookAsync(maker, "materials");

        string claim = string.Create(CultureInfo.InvariantCulture, $"/claims/{ready.Bank}/{ready.Id}");
        await GoAsync(maker, claim, "draft");
        await GoAsync(maker, claim + "/check", "check");
        await maker.Page.ClickAsync("form[action$='/send'] button.btn-primary");
        await maker.Page.WaitForURLAsync(url => url.EndsWith(claim, StringComparison.Ordinal));
        await GoAsync(maker, "/claims", "list");

        Desk checker = await SignInAsync("B001", Role.Checker, "check", language, width);
        await GoAsync(checker, "/claims?group=draft", "checker-list");
        await GoAsync(checker, claim, "checker");
        await checker.Page.FillAsync("#Opinion", "材料齐全，同意提交");
        await checker.Page.ClickAsync("#checker button[data-confirm]");
        await checker.Page.ClickAsync("dialog[open] button.btn-primary, dialog[open] button[value=true]");
        await checker.Page.WaitForSelectorAsync("#versions");

        Desk officer = await SignInAsync("GXT", Role.Officer, "officer", language, width);
        await GoAsync(officer, claim, "officer");
        (await officer.Page.InnerTextAsync("#steps")).ShouldContain("材料齐全，同意提交");
        await GoAsync(officer, claim + "/versions/1", "replay");
        await EndAsync();
    }
}
