using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Journeys;

/// <summary>Returned once with everything that is missing, answered, compared, approved; the reviewer's clock stands meanwhile.</summary>
public sealed class SupplementJourneyTests : ReviewJourney
{
    [Fact]
    public async Task Claim_ReturnedForSupplement_ComesBackWithItsAnswersAndIsApproved()
    {
        ClaimKey key = await Cases.ClaimAsync("B001", ClaimState.Submitted, ("borrower_name", "深圳市南山创新材料有限公司"));
        Desk officer = await OfficerAsync(), chief = await ChiefAsync();

        await GoAsync(officer, ReviewPage(key));
        await officer.Page.CheckAsync("input[name=Proposal][value=return]");
        await LackAsync(officer, "use_of_funds", "purpose_unproven", "请补充采购合同和发票");
        await LackAsync(officer, "credit_report", "illegible", "第二页看不清，请重新扫描");
        await LookAsync(officer, "return");
        await ProposeAsync(officer, "return", "两处须补正，一次性告知");
        await ConsentAsync(chief, key);

        // A week later: the clock has stood on each of its days.
        MoveTo(3, 25);
        Desk maker = await SeatAsync("B001", Role.Maker, "maker"), checker = await SeatAsync("B001", Role.Checker, "checker");
        await GoAsync(maker, ClaimPage(key), "returned");
        string told = await maker.TextAsync("#told");
        told.ShouldContain("请补充采购合同和发票");
        told.ShouldContain("第二页看不清，请重新扫描");
        await AnswerAsync(maker);
        await GoAsync(checker, ClaimPage(key), "supplement-checker");
        await PressAsync(checker, "#checker button[data-confirm]");

        // Thirty days from 2026-03-16, and the seven from the day after the return to the day of the supplement put on.
        (await Portal.Database.ScalarAsync<string>("select review_due::text from compensation.claim where id = $1", key.Id)).ShouldBe("2026-04-22");
        await SignInAgainAsync(officer);
        await SignInAgainAsync(chief);
        await GoAsync(officer, ClaimPage(key), "compared");
        string difference = await officer.TextAsync("#versions");
        difference.ShouldContain("2026-03-13");
        difference.ShouldContain("2026-03-17");
        difference.ShouldContain("line-use_of_funds.pdf");
        await GoAsync(officer, ReviewPage(key));
        string review = await officer.TextAsync();
        review.ShouldContain("银行答复：已补传采购合同");
        review.ShouldContain("2026-04-22");
        await ProposeAsync(officer, "approve", "补正齐全");
        await ConsentAsync(chief, key);
        await GoAsync(maker, ClaimPage(key), "approved-after-supplement");
        (await maker.TextAsync()).ShouldContain("第 2 次提交");
        (await StateAsync(key)).ShouldBe("approved");
        await EndAsync();
    }

    private static async Task LackAsync(Desk officer, string material, string code, string note)
    {
        ILocator line = officer.Page.Locator($"#lacks .review-line:has(input[value={material}])");
        await line.Locator("select").SelectOptionAsync(code);
        await line.Locator("input[name$='.Note']").FillAsync(note);
    }

    /// <summary>The bank answers each point where it was told, corrects the date and adds both documents.</summary>
    private async Task AnswerAsync(Desk maker)
    {
        await PressAsync(maker, $"a.btn-primary[href$='/edit']");
        await LookAsync(maker, "supplement-form");
        ILocator answers = maker.Page.Locator("textarea[name^=Answers]");
        (await answers.CountAsync()).ShouldBe(2);
        await answers.Nth(0).FillAsync("已重新扫描");
        await answers.Nth(1).FillAsync("已补传采购合同");
        await FillAsync(maker, "#CreditReportOn", "2026-03-17");
        await PressAsync(maker, "#claim-form button.btn-primary");
        await UploadAsync(maker, "line-use_of_funds");
        await UploadAsync(maker, "line-credit_report");
        await PressAsync(maker, "a.btn-primary[href$='/check']");
        await LookAsync(maker, "supplement-check");
        await PressAsync(maker, "form[action$='/send'] button.btn-primary");
    }
}
