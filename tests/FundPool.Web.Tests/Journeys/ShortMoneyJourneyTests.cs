using System.Globalization;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Journeys;

/// <summary>Money for one of two: the earlier is paid, the later sees its place and what is missing, and is paid once an appropriation has come in.</summary>
public sealed class ShortMoneyJourneyTests : Journey
{
    [Fact]
    public async Task ShortMoney_PaysInTheOrderOfAcceptance_AndTheRestAfterAnAppropriation()
    {
        await Cases.AppropriateAsync("400000.00");
        PlanKey first = await Cases.PayableAsync("B002", hour: 1), later = await Cases.PayableAsync("B001", hour: 5);
        Desk officer = await SeatAsync("JRZX", Role.Officer, "officer"), chief = await SeatAsync("JRZX", Role.Chief, "chief");
        Desk maker = await SeatAsync("B001", Role.Maker, "maker"), narrow = await SeatAsync("B001", Role.Checker, "checker", "en", 390);

        await GoAsync(maker, "/payments/queue", "queue");
        string waiting = await maker.TextAsync();
        waiting.ShouldContain("第 2 位");
        waiting.ShouldContain("资金不足，等候");
        waiting.ShouldNotContain("乙银行");
        await GoAsync(narrow, "/payments/queue", "queue-en");
        (await narrow.TextAsync()).ShouldContain("360,000.00");
        await GoAsync(officer, "/payments/queue", "queue-officer");
        (await officer.TextAsync()).ShouldContain("320,000.00");

        await GoAsync(officer, Payout(later));
        await LookAsync(officer, "short");
        (await officer.TextAsync()).ShouldContain("可用余额还不够本计划的下一笔，排队等候");
        (await officer.Page.Locator("form[action$='/order'] button[type=submit]").CountAsync()).ShouldBe(0);
        await PayAsync(officer, chief, first);
        (await Cases.BalanceAsync()).ShouldBe(4_000_000);

        await GoAsync(officer, "/receipts/enter");
        await officer.Page.CheckAsync("input[name=Kind][value=appropriation]");
        await FillAsync(officer, "#Sum", "500,000.00");
        await FillAsync(officer, "#ReceivedOn", "2026-03-18");
        await FillAsync(officer, "#Document", "深财〔2026〕19号");
        await FillAsync(officer, "#Memo", "追加年度拨款");
        await LookAsync(officer, "receipt-form");
        await PressAsync(officer, "form[action='/receipts/enter'] button[type=submit]");
        await GoAsync(chief, PathOf(officer), "receipt-decision");
        await PressAsync(chief, "button[name=Approve][value=true]");
        await GoAsync(maker, "/payments/queue");
        (await maker.TextAsync()).ShouldContain("第 1 位");
        await PayAsync(officer, chief, later);

        (await Cases.BalanceAsync()).ShouldBe(18_000_000);
        (await Cases.StatesAsync(first)).ShouldBe(["paid"]);
        (await Cases.StatesAsync(later)).ShouldBe(["paid"]);
        await EndAsync();
    }

    private static string Payout(PlanKey plan) => string.Create(CultureInfo.InvariantCulture, $"/payments/{plan.Bank}/{plan.Id}");

    /// <summary>The officer prepares the order, the chief releases it.</summary>
    private async Task PayAsync(Desk officer, Desk chief, PlanKey plan)
    {
        await GoAsync(officer, Payout(plan));
        await PressAsync(officer, "form[action$='/order'] button");
        PathOf(officer).ShouldStartWith("/payment-orders/");
        await GoAsync(chief, PathOf(officer));
        await PressAsync(chief, "a[href$='/release']");
        await PressAsync(chief, "button[data-confirm=release]");
    }
}
