using FundPool.Application.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Journeys;

/// <summary>A bank is suspended while claims are on their way (a.17): what was submitted before goes on up to the batch, what comes after keeps its place and waits.</summary>
public sealed class SuspensionJourneyTests : ReviewJourney
{
    [Fact]
    public async Task Suspension_InMidFlight_HaltsWhatItShould_AndResumingFreesIt()
    {
        ClaimKey before = await Cases.ClaimAsync("B001", ClaimState.Submitted, ("borrower_id", LoanRows.CreditCode(1)));
        ClaimKey after = await Cases.ClaimAsync("B001", ClaimState.Checking, ("borrower_id", LoanRows.CreditCode(2)));
        long bad = await Portal.Database.ScalarAsync<long>("select id from loan.loan where note_no = 'B001-GOOD-1'");
        await ReportAsync(bad, "loss");
        Desk officer = await OfficerAsync(), chief = await ChiefAsync();

        await GoAsync(officer, ReviewPage(before), "before-suspension");
        await ProposeAsync(officer, "approve", "资料齐全");
        await ConsentAsync(chief, before);
        (await StateAsync(before)).ShouldBe("approved");
        Desk authority = await SeatAsync("GXJ", Role.Officer, "batcher");
        await GoAsync(authority, "/batches", "halted-batch");
        (await authority.Page.IsDisabledAsync("input[name=Claims]")).ShouldBeTrue();
        (await authority.TextAsync()).ShouldContain("第17条");

        MoveTo(3, 19, 15);
        Desk checker = await SeatAsync("B001", Role.Checker, "checker");
        await GoAsync(checker, ClaimPage(after));
        await PressAsync(checker, "#checker button[data-confirm]");
        await LookAsync(checker, "held-claim");
        string held = await checker.TextAsync();
        held.ShouldContain("已提交管理机构审核");
        held.ShouldContain("该行不良率超过暂停线，补偿业务暂停");
        (await Portal.Database.ScalarAsync<string>("select to_char(accepted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') from compensation.claim where id = $1", after.Id)).ShouldBe("2026-03-19 15:00");
        await SignInAgainAsync(officer);
        await GoAsync(officer, "/reviews?tray=Held", "held-tray");
        (await officer.TextAsync()).ShouldContain("不良贷款 31,800,000.00 元");
        await PressAsync(officer, $"th a[href='{ReviewPage(after)}']");
        (await officer.Page.Locator("#review-form").CountAsync()).ShouldBe(0);
        await PressAsync(officer, "a[href^='/standings/']");
        await LookAsync(officer, "standing");
        (await officer.TextAsync()).ShouldContain("暂停补偿业务");

        MoveTo(3, 24);
        await ReportAsync(bad, "normal");
        await SignInAgainAsync(officer);
        await SignInAgainAsync(authority);
        await GoAsync(officer, "/reviews", "freed-inbox");
        await PressAsync(officer, $"th a[href='{ReviewPage(after)}']");
        (await officer.Page.Locator("#review-form").CountAsync()).ShouldBe(1);
        // Thirty days from 2026-03-19 are 04-18; the five days that it was held are put on.
        (await Portal.Database.ScalarAsync<string>("select review_due::text from compensation.claim where id = $1", after.Id)).ShouldBe("2026-04-23");
        await GoAsync(authority, "/batches");
        await authority.Page.CheckAsync("input[name=Claims]");
        await FillAsync(authority, "#Name", "2026年第一批");
        await PressAsync(authority, "form[action='/batches'] button[type=submit]");
        (await StateAsync(before)).ShouldBe("batched");
        await EndAsync();
    }

    // Thirty million of six hundred million: 4.9 %, and back.
    private async Task ReportAsync(long loan, string riskClass) => (await Cases.SendAsync(await Cases.MakerAsync(), new ReportClassification.Command(
        loan, riskClass, DateOnly.FromDateTime(Portal.Clock.GetUtcNow().UtcDateTime), Money.Parse("30000000.00"), riskClass == "normal" ? 0 : 95, true))).Succeeded.ShouldBeTrue();
}
