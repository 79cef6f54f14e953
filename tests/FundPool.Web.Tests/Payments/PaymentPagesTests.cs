using System.Globalization;
using System.Net;
using System.Text;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Payments;

/// <summary>The way to the money through the pages: documents, check, order, release, confirmation; and what each page says when it says no.</summary>
public sealed class PaymentPagesTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPortal cases = null!;
    private Visitor maker = null!;
    private Visitor checker = null!;
    private Visitor officer = null!;
    private Visitor chief = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        cases = TestPortal.Over(portal.Database, portal.Clock);
        maker = await portal.SignedInAsync(await portal.AddAsync("B001", "maker", Role.Maker));
        checker = await portal.SignedInAsync(await portal.AddAsync("B001", "checker", Role.Checker));
        officer = await portal.SignedInAsync(await portal.AddAsync("JRZX", "officer", Role.Officer));
        chief = await portal.SignedInAsync(await portal.AddAsync("JRZX", "chief", Role.Chief));
    }

    public async Task DisposeAsync()
    {
        foreach (Visitor visitor in (Visitor[])[maker, checker, officer, chief])
        {
            visitor.Dispose();
        }

        await cases.DisposeAsync();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task Way_FromTheReceiptToTheLibrary_GoesThroughThePages()
    {
        Page entered = await officer.PostAsync("/receipts/enter", [("Kind", "appropriation"), ("Sum", "500,000.00"), ("ReceivedOn", "2026-03-10"), ("Document", "深财〔2026〕8号"), ("Memo", "年度拨款"), ("Key", "key-of-the-form")]);
        entered.Location.ShouldBe("/receipts/1");
        (await chief.PostAsync("/receipts/1", [("Approve", "true")])).Location.ShouldBe("/receipts/1");
        (await chief.GetAsync("/ledger")).Text.ShouldContain("500,000.00");

        PlanKey plan = await cases.PlanAsync("B001");
        string page = string.Create(CultureInfo.InvariantCulture, $"/payments/{plan.Bank}/{plan.Id}");
        (await maker.GetAsync("/payments")).Text.ShouldContain(page);
        foreach (string code in FundPool.Testing.Payments.Papers)
        {
            (await PaperAsync(page, code)).Location.ShouldBe(page);
        }

        Page filed = await maker.PostAsync(page, [("AccountName", "甲银行深圳分行"), ("AccountNumber", "4403 0100 1234 5678"), ("OpeningBank", "营业部")]);
        filed.Location.ShouldBe(page);
        Page check = await officer.GetAsync(page);
        check.Text.ShouldContain("4403010012345678");
        check.Text.ShouldContain("叁拾陆万元整");
        long payout = await cases.PayoutAsync(plan);
        (await officer.PostAsync(page, [("Payout", Text(payout)), ("Complete", "true")], $"{page}/check")).Location.ShouldBe(page);
        (await maker.GetAsync("/payments/queue")).Text.ShouldContain("第 1 位");
        Page ordered = await officer.PostAsync(page, [("Key", "key-of-the-order")], $"{page}/order");
        string order = ordered.Location.ShouldNotBeNull();
        order.ShouldStartWith("/payment-orders/");

        Page release = await chief.GetAsync($"{order}/release");
        release.Text.ShouldContain("专户余额足够");
        (await chief.PostAsync($"{order}/release", [("Key", "key-of-the-release")])).Location.ShouldBe(order);
        (await chief.PostAsync($"{order}/release", [("Key", "key-of-the-release")])).Location.ShouldBe(order);
        Page again = await chief.PostAsync($"{order}/release", [("Key", "another-key")]);
        again.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.Text.ShouldContain("该付款单已放行或已作废");
        (await cases.BalanceAsync()).ShouldBe(14_000_000);

        (await checker.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/claims/{plan.Bank}/{plan.Claims[0].Id}"))).Text.ShouldContain("FK-2026-0001");
        (await checker.PostAsync(order, [("ReceivedOn", "2026-03-20")], $"{order}/confirm")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await checker.PostAsync(order, [("ReceivedOn", "2026-03-18")], $"{order}/confirm")).Location.ShouldBe(order);
        (await checker.GetAsync(order)).Text.ShouldContain("已确认到账");
        Page ledger = await chief.GetAsync("/ledger?kind=payment");
        ledger.Text.ShouldContain("补偿拨付 FK-2026-0001");
        (await chief.GetAsync("/ledger/entries/2")).Text.ShouldContain("360,000.00");
        (await chief.GetAsync("/ledger/export")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Paper_UploadedAboveAHalfTypedAccount_LosesNothing()
    {
        PlanKey plan = await cases.PlanAsync("B001");
        string page = string.Create(CultureInfo.InvariantCulture, $"/payments/{plan.Bank}/{plan.Id}");
        string code = FundPool.Testing.Payments.Papers[0];

        Page uploaded = await maker.UploadToAsync(page, $"{page}/papers/{code}", "确认函.pdf", Encoding.ASCII.GetBytes("%PDF-1.7 paper"), ("AccountName", "甲银行深圳分行"), ("AccountNumber", "4403 0100"));

        uploaded.Location.ShouldBe(page);
        Page shown = await maker.GetAsync(page);
        shown.Text.ShouldContain("value=\"甲银行深圳分行\"");
        shown.Text.ShouldContain("value=\"4403 0100\"");
        (await maker.GetAsync("/")).Text.ShouldMatch("(?s)href=\"/payments\".{0,600}class=\"count\">1<");
    }

    [Fact]
    public async Task Receipt_WithBadInput_KeepsWhatWasTyped()
    {
        Page page = await officer.PostAsync("/receipts/enter", [("Kind", "interest"), ("Sum", "0"), ("ReceivedOn", "2026-03-19"), ("Document", "回单-77"), ("Memo", ""), ("Key", "key-of-the-form")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("请填写大于 0、不超过 1 万亿元的金额");
        page.Text.ShouldContain("href=\"#Memo\"");
        page.Text.ShouldContain("回单-77");
        page.Text.ShouldContain("value=\"key-of-the-form\"");
    }

    [Fact]
    public async Task Filing_WithoutDocuments_NamesThem()
    {
        PlanKey plan = await cases.PlanAsync("B001");

        Page page = await maker.PostAsync(string.Create(CultureInfo.InvariantCulture, $"/payments/{plan.Bank}/{plan.Id}"), [("AccountName", "甲银行"), ("AccountNumber", "44030100"), ("OpeningBank", "营业部")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("请上传“账户确认函”");
        page.Text.ShouldContain("44030100");
    }

    [Fact]
    public async Task Queue_WhenTheMoneyIsShort_SaysSoAndHidesOtherBanks()
    {
        await cases.AppropriateAsync("360000.00");
        PlanKey first = await cases.PayableAsync("B002", hour: 1);
        PlanKey own = await cases.PayableAsync("B001", hour: 5);

        Page all = await officer.GetAsync("/payments/queue"), mine = await maker.GetAsync("/payments/queue");

        all.Text.ShouldContain("乙银行深圳分行");
        all.Text.ShouldContain("资金不足，等候");
        mine.Text.ShouldContain("第 2 位");
        mine.Text.ShouldContain("360,000.00");
        mine.Text.ShouldNotContain("乙银行");
        mine.Text.ShouldNotContain($"/claims/{Text(first.Bank)}/");
        string page = string.Create(CultureInfo.InvariantCulture, $"/payments/{own.Bank}/{own.Id}");
        Page refused = await officer.PostAsync(page, [("Key", "key-of-the-order")], $"{page}/order");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("尚缺 360000.00 元");
    }

    [Fact]
    public async Task Release_LongAfterTheLastCode_AsksForAFreshOne()
    {
        await cases.AppropriateAsync("360000.00");
        PlanKey plan = await cases.PayableAsync("B001");
        long order = await cases.OrderedAsync(plan);
        portal.Clock.Advance(TimeSpan.FromMinutes(10));

        Page page = await chief.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/payment-orders/{plan.Bank}/{order}/release"));

        page.Location.ShouldNotBeNull().ShouldStartWith("/account/confirm");
    }

    private Task<Page> PaperAsync(string page, string code) => maker.UploadToAsync(page, $"{page}/papers/{code}", $"{code}.pdf", Encoding.ASCII.GetBytes($"%PDF-1.7 {code}"));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
