using System.Text;
using FundPool.Application.Payments;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Payments;

/// <summary>The documents of a.19(3): one filing a bank and plan, complete or returned, late ones taken and marked.</summary>
public sealed class PaymentDocumentTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync() => portal = await TestPortal.OpenAsync();

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Filing_WithoutADocument_NamesEachThatLacks()
    {
        PlanKey plan = await portal.PlanAsync("B001");
        TestActor maker = await portal.MakerAsync();
        await portal.SendAsync(maker, new AttachPaymentPaper.Command(plan.Id, "receipt", new MemoryStream(Encoding.ASCII.GetBytes("%PDF-1.7")), "收据.pdf"));

        Outcome<long> answer = await portal.SendAsync(maker, new FilePaymentDocuments.Command(plan.Id, "甲银行", "44030100", "营业部"));

        answer.Problems.Select(p => p.Field).ShouldBe(["account_letter", "agent_id", "authority_letter"]);
        (await portal.StatesAsync(plan)).ShouldBe(["planned"]);
    }

    [Theory]
    [InlineData("1234567", "accountNumber")]
    [InlineData("ABCD12345678", "accountNumber")]
    [InlineData("", "accountNumber")]
    public async Task Filing_WithABadAccount_ComesBackAtItsField(string account, string field)
    {
        PlanKey plan = await portal.PlanAsync("B001");

        Outcome<long> answer = await portal.SendAsync(await portal.MakerAsync(), new FilePaymentDocuments.Command(plan.Id, "甲银行", account, "营业部"));

        answer.Problems.ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    [Fact]
    public async Task Filing_OfAPlan_CoversAllItsClaimsAndKeepsTheAccountUnreadable()
    {
        PlanKey plan = await portal.PlanAsync("B001", claims: 2);

        TestActor maker = await portal.FiledAsync(plan);

        (await portal.StatesAsync(plan)).ShouldBe(["filed", "filed"]);
        (await portal.Database.ColumnAsync("select account_shown || ' ' || late || ' ' || documents_due || ' ' || jsonb_array_length(papers) from compensation.payout")).ShouldBe(["************5678 false 2026-03-20 4"]);
        (await portal.Database.ScalarAsync<long>("select count(*) from compensation.payout where position(convert_to('4403010012345678', 'UTF8') in account_cipher) > 0")).ShouldBe(0);
        (await portal.Database.ScalarAsync<long>("select count(*) from audit.event where coalesce(after, '') like '%account_cipher%'")).ShouldBe(0);
        ShowPayout.Answer shown = (await portal.SendAsync(await portal.TreasurerAsync(), new ShowPayout.Query(plan.Bank, plan.Id))).Value;
        shown.Account.ShouldBe("4403010012345678");
        (await portal.SendAsync(await portal.ReviewerAsync(), new ShowPayout.Query(plan.Bank, plan.Id))).Value.Account.ShouldBeNull();
        (await portal.SendAsync(maker, new FilePaymentDocuments.Command(plan.Id, "甲银行", "4403010012345678", "营业部"))).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task Filing_AfterTheDay_IsTakenAndMarkedLate()
    {
        PlanKey plan = await portal.PlanAsync("B001");
        portal.Clock.Set(new DateTimeOffset(2026, 3, 21, 1, 0, 0, TimeSpan.Zero));

        await portal.FiledAsync(plan);

        (await portal.Database.ScalarAsync<bool>("select late from compensation.payout")).ShouldBeTrue();
        (await portal.StatesAsync(plan)).ShouldBe(["filed"]);
    }

    [Fact]
    public async Task Filing_ByManyAtOnce_HappensOnce()
    {
        PlanKey plan = await portal.PlanAsync("B001");
        TestActor maker = await portal.MakerAsync();
        foreach (string code in FundPool.Testing.Payments.Papers)
        {
            await portal.SendAsync(maker, new AttachPaymentPaper.Command(plan.Id, code, new MemoryStream(Encoding.ASCII.GetBytes("%PDF-1.7")), "a.pdf"));
        }

        Outcome<long>[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => portal.SendAsync(maker, new FilePaymentDocuments.Command(plan.Id, "甲银行", "4403010012345678", "营业部"))));

        answers.Count(a => a.Succeeded).ShouldBe(1);
        (await portal.Database.ScalarAsync<long>("select count(*) from compensation.payout")).ShouldBe(1);
    }

    [Fact]
    public async Task Documents_Returned_GoBackWithTheReasonAndAreFiledAnew()
    {
        PlanKey plan = await portal.PlanAsync("B001");
        await portal.FiledAsync(plan);
        TestActor officer = await portal.TreasurerAsync();
        long payout = await portal.PayoutAsync(plan);

        (await portal.SendAsync(officer, new CheckPaymentDocuments.Command(plan.Bank, payout, false, ""))).Problems.ShouldHaveSingleItem().Field.ShouldBe("opinion");
        (await portal.SendAsync(officer, new CheckPaymentDocuments.Command(plan.Bank, payout, false, "收据未加盖财务章"))).Succeeded.ShouldBeTrue();

        (await portal.StatesAsync(plan)).ShouldBe(["planned"]);
        (await portal.Database.ColumnAsync("select opinion from compensation.step where to_state = 'planned' and from_state = 'filed'")).ShouldBe(["收据未加盖财务章"]);
        (await portal.SendAsync(officer, new CheckPaymentDocuments.Command(plan.Bank, payout, true, null))).Refusal.ShouldNotBeNull();
        await portal.FiledAsync(plan);
        (await portal.SendAsync(officer, new CheckPaymentDocuments.Command(plan.Bank, await portal.PayoutAsync(plan), true, null))).Succeeded.ShouldBeTrue();
        (await portal.StatesAsync(plan)).ShouldBe(["payable"]);
    }

    [Fact]
    public async Task Documents_Complete_StartTheTenDaysOnTheDayTheyCameIn()
    {
        PlanKey plan = await portal.PlanAsync("B001");
        await portal.FiledAsync(plan);
        portal.Clock.Advance(TimeSpan.FromDays(2));

        await portal.SendAsync(await portal.TreasurerAsync(), new CheckPaymentDocuments.Command(plan.Bank, await portal.PayoutAsync(plan), true, null));

        // 2026-03-18 and ten days is Saturday 03-28: Monday 03-30.
        (await portal.Database.ColumnAsync("select payment_due::text from compensation.payout")).ShouldBe(["2026-03-30"]);
    }

    [Fact]
    public async Task Plan_OfAnotherBank_IsNotThere()
    {
        PlanKey plan = await portal.PlanAsync("B001");
        TestActor stranger = await portal.MakerAsync("B002");

        (await portal.SendAsync(stranger, new ShowPayout.Query(plan.Bank, plan.Id))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new FilePaymentDocuments.Command(plan.Id, "乙银行", "4403010012345678", "营业部"))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new AttachPaymentPaper.Command(plan.Id, "receipt", new MemoryStream(Encoding.ASCII.GetBytes("%PDF-1.7")), "a.pdf"))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new ListPayouts.Query())).ShouldBeEmpty();
        (await portal.SendAsync(await portal.TreasurerAsync(), new ListPayouts.Query())).ShouldHaveSingleItem().Awaited.ShouldBe(1);
        TestActor maker = await portal.FiledAsync(plan);
        long paper = await portal.Database.ScalarAsync<long>("select min(id) from compensation.payout_paper");
        (await portal.SendAsync(stranger, new OpenPaymentPaper.Command(plan.Bank, paper))).IsNotFound.ShouldBeTrue();
        await using FileStream content = (await portal.SendAsync(maker, new OpenPaymentPaper.Command(plan.Bank, paper))).Value.Content;
        // The account letter and the agent's card are for the bank and, once filed, for whoever pays.
        TestActor finance = await portal.PersonAsync("CZJ", OrganisationKind.Finance, Role.Officer), treasurer = await portal.TreasurerAsync();
        await using FileStream seen = (await portal.SendAsync(treasurer, new OpenPaymentPaper.Command(plan.Bank, paper))).Value.Content;
        (await portal.SendAsync(finance, new OpenPaymentPaper.Command(plan.Bank, paper))).IsNotFound.ShouldBeTrue();
        await portal.Database.ExecuteAsync("update compensation.payout set papers = '[]'");
        (await portal.SendAsync(treasurer, new OpenPaymentPaper.Command(plan.Bank, paper))).IsNotFound.ShouldBeTrue();
        content.Length.ShouldBeGreaterThan(8);
    }

    [Fact]
    public async Task Document_ThatIsNoPdf_IsRefusedAtItsField()
    {
        PlanKey plan = await portal.PlanAsync("B001");

        Outcome<long> answer = await portal.SendAsync(await portal.MakerAsync(), new AttachPaymentPaper.Command(plan.Id, "receipt", new MemoryStream(Encoding.ASCII.GetBytes("MZ virus")), "收据.pdf"));

        answer.Problems.ShouldHaveSingleItem().Code.ShouldBe("format");
    }
}
