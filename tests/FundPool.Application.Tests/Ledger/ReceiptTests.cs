using FundPool.Application.Ledger;
using FundPool.Application.Pipeline;
using FundPool.Data.Ledger;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Ledger;

/// <summary>What comes into the special account: entered by one, approved by another, posted once, reversed by a new entry.</summary>
public sealed class ReceiptTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync() => portal = await TestPortal.OpenAsync();

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    private static EnterReceipt.Command Budget(string key, string sum = "1000.00", string kind = "appropriation") =>
        new(kind, Money.Parse(sum), new DateOnly(2026, 3, 2), "深财〔2026〕8号", "年度预算", key);

    [Fact]
    public async Task Appropriation_EnteredAndApproved_StandsInTheSpecialAccount()
    {
        long receipt = (await portal.SendAsync(await portal.PersonAsync("CZJ", OrganisationKind.Finance, Role.Officer), Budget("key-budget"))).Value;
        (await portal.BalanceAsync()).ShouldBe(0);

        await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new DecideReceipt.Command(receipt, true, null));

        (await portal.BalanceAsync()).ShouldBe(100_000);
        (await portal.BalanceAsync("appropriations")).ShouldBe(-100_000);
        (await portal.Database.ColumnAsync("select kind || ' ' || key || ' ' || booked_on from ledger.entry")).ShouldBe([$"appropriation receipt:{receipt} 2026-03-02"]);
    }

    [Fact]
    public async Task Interest_OfTheTreasurer_IsPostedToItsAccount()
    {
        long receipt = (await portal.SendAsync(await portal.TreasurerAsync(), Budget("key-interest", "12.34", "interest"))).Value;
        await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new DecideReceipt.Command(receipt, true, null));

        (await portal.BalanceAsync("interest")).ShouldBe(-1234);
    }

    [Fact]
    public async Task Interest_OfTheFinanceDepartment_IsRefusedAtItsField()
    {
        Outcome<long> answer = await portal.SendAsync(await portal.PersonAsync("CZJ", OrganisationKind.Finance, Role.Officer), Budget("key-interest", kind: "interest"));

        answer.Problems.ShouldHaveSingleItem().Field.ShouldBe("kind");
    }

    [Theory]
    [InlineData("gift", "1000.00", "kind")]
    [InlineData("interest", "0.00", "sum")]
    public async Task Receipt_WithBadInput_ComesBackAtItsField(string kind, string sum, string field) =>
        (await portal.SendAsync(await portal.TreasurerAsync(), Budget("key-bad-input", sum, kind))).Problems.ShouldHaveSingleItem().Field.ShouldBe(field);

    [Fact]
    public async Task Receipt_OfTomorrow_IsRefused() =>
        (await portal.SendAsync(await portal.TreasurerAsync(), Budget("key-tomorrow") with { ReceivedOn = new DateOnly(2026, 3, 19) })).Problems.ShouldHaveSingleItem().Field.ShouldBe("receivedOn");

    [Fact]
    public async Task Receipt_SentTwiceWithOneKey_IsEnteredOnce()
    {
        TestActor officer = await portal.TreasurerAsync();

        Outcome<long>[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => portal.SendAsync(officer, Budget("key-pressed-twice"))));

        answers.Select(a => a.Value).Distinct().ShouldHaveSingleItem();
        (await portal.Database.ScalarAsync<long>("select count(*) from ledger.receipt")).ShouldBe(1);
    }

    [Fact]
    public async Task Receipt_WithAKeyOfOtherContent_IsRefused()
    {
        TestActor officer = await portal.TreasurerAsync();
        await portal.SendAsync(officer, Budget("key-misused"));

        Outcome<long> answer = await portal.SendAsync(officer, Budget("key-misused", "1000.01"));

        answer.Refusal.ShouldNotBeNull().Words.En.ShouldContain("already sent with other content");
        (await portal.Database.ScalarAsync<long>("select count(*) from ledger.receipt")).ShouldBe(1);
    }

    [Fact]
    public async Task Receipt_ByWhoeverEnteredIt_IsNotApproved()
    {
        TestActor both = (await portal.TreasurerAsync(Role.Chief)).With(Permission.EnterReceipts);
        long receipt = (await portal.SendAsync(both, Budget("key-own-work"))).Value;

        Outcome<long> answer = await portal.SendAsync(both, new DecideReceipt.Command(receipt, true, null));

        answer.Refusal.ShouldNotBeNull().Words.Zh.ShouldBe("您录入或修改过该项内容，须由另一人审核");
        (await portal.BalanceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Receipt_ApprovedByManyAtOnce_IsPostedOnce()
    {
        long receipt = (await portal.SendAsync(await portal.TreasurerAsync(), Budget("key-many-chiefs"))).Value;
        TestActor chief = await portal.TreasurerAsync(Role.Chief);

        Outcome<long>[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => portal.SendAsync(chief, new DecideReceipt.Command(receipt, true, null))));

        answers.Count(a => a.Succeeded).ShouldBe(1);
        (await portal.BalanceAsync()).ShouldBe(100_000);
    }

    [Fact]
    public async Task Receipt_Declined_NeedsAReasonAndPostsNothing()
    {
        long receipt = (await portal.SendAsync(await portal.TreasurerAsync(), Budget("key-declined"))).Value;
        TestActor chief = await portal.TreasurerAsync(Role.Chief);

        (await portal.SendAsync(chief, new DecideReceipt.Command(receipt, false, " "))).Problems.ShouldHaveSingleItem().Field.ShouldBe("opinion");
        (await portal.SendAsync(chief, new DecideReceipt.Command(receipt, false, "金额与回单不符"))).Succeeded.ShouldBeTrue();

        (await portal.BalanceAsync()).ShouldBe(0);
        (await portal.SendAsync(chief, new DecideReceipt.Command(receipt, true, null))).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task Reversal_Approved_IsANewEntryAndLeavesTheOldOne()
    {
        long wrong = await portal.AppropriateAsync("500.00");

        long reversal = (await portal.SendAsync(await portal.TreasurerAsync(), new ReverseReceipt.Command(wrong, "重复录入"))).Value;
        (await portal.BalanceAsync()).ShouldBe(50_000);
        await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new DecideReceipt.Command(reversal, true, null));

        (await portal.BalanceAsync()).ShouldBe(0);
        (await portal.BalanceAsync("appropriations")).ShouldBe(0);
        (await portal.Database.ColumnAsync("select e.kind || ' of ' || w.kind from ledger.entry e join ledger.entry w on w.id = e.reverses_id")).ShouldBe(["reversal of appropriation"]);
        (await portal.SendAsync(await portal.TreasurerAsync(), new ReverseReceipt.Command(wrong, "再次冲销"))).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task Reversal_OfMoneyThatIsGone_IsRefusedAndWritesNothing()
    {
        long wrong = await portal.AppropriateAsync("500.00");
        await SpendAsync(30_000);

        long reversal = (await portal.SendAsync(await portal.TreasurerAsync(), new ReverseReceipt.Command(wrong, "重复录入"))).Value;
        Outcome<long> answer = await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new DecideReceipt.Command(reversal, true, null));

        answer.Refusal.ShouldNotBeNull().Words.En.ShouldContain("no longer holds");
        (await portal.BalanceAsync()).ShouldBe(20_000);
        (await portal.Database.ScalarAsync<string>("select state from ledger.receipt where id = $1", reversal)).ShouldBe("entered");
    }

    [Fact]
    public async Task Receipt_TakenBack_OnlyByWhoeverEnteredIt()
    {
        TestActor officer = await portal.TreasurerAsync();
        long receipt = (await portal.SendAsync(officer, Budget("key-taken-back"))).Value;

        (await portal.SendAsync(await portal.TreasurerAsync(), new DropReceipt.Command(receipt))).Refusal.ShouldNotBeNull();
        (await portal.SendAsync(officer, new DropReceipt.Command(receipt))).Succeeded.ShouldBeTrue();
        (await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new DecideReceipt.Command(receipt, true, null))).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task Receipt_ThatIsNotThere_IsNotFound()
    {
        (await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new DecideReceipt.Command(4711, true, null))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(await portal.TreasurerAsync(), new ShowReceipt.Query(4711))).IsNotFound.ShouldBeTrue();
    }

    [Fact]
    public async Task Ledger_FilteredByKindAndDay_ShowsTheEntriesAndWhatEachAccountHolds()
    {
        await portal.AppropriateAsync("500.00");
        TestActor officer = await portal.TreasurerAsync();
        long interest = (await portal.SendAsync(officer, Budget("key-ledger-list", "7.00", "interest") with { ReceivedOn = new DateOnly(2026, 3, 10) })).Value;
        await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new DecideReceipt.Command(interest, true, null));

        ShowLedger.Answer all = await portal.SendAsync(officer, new ShowLedger.Query(new LedgerFilter()));
        ShowLedger.Answer some = await portal.SendAsync(officer, new ShowLedger.Query(new LedgerFilter("interest", From: new DateOnly(2026, 3, 10), To: new DateOnly(2026, 3, 10))));

        all.SpecialFen.ShouldBe(50_700);
        all.Rows.Select(r => (r.Entry.Kind, r.Fen)).ShouldBe([("interest", 700L), ("appropriation", 50_000L)]);
        some.Rows.Select(r => r.Entry.Kind).ShouldBe(["interest"]);
        ShowEntry.Answer shown = (await portal.SendAsync(officer, new ShowEntry.Query(some.Rows[0].Entry.Id))).Value;
        shown.Sides.Select(s => (s.Posting.Account, s.Posting.Fen)).ShouldBe([("special", 700L), ("interest", -700L)]);
        shown.Receipt.ShouldBe(interest);
        using FileStream file = await portal.SendAsync(officer, new ExportLedger.Command(new LedgerFilter(), false));
        file.Length.ShouldBeGreaterThan(1000);
    }

    // Money that left by another way, past the use cases.
    private Task SpendAsync(long fen) => portal.Database.ExecuteAsync("""
        with pool as (select set_config('app.pool', $1, false))
        select ledger.post('appropriation', '2026-03-03', '测试', '测试', 1, '甲', 2, '乙', null, 'test:spend', array['special', 'equity'], array[-$2, $2]::bigint[],
                           array[null, null]::int[], array[null, null]::bigint[]) from pool
        """, portal.Database.Pool.ToString(System.Globalization.CultureInfo.InvariantCulture), fen);
}
