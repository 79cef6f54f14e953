using FundPool.Application.Papers;
using FundPool.Application.Payments;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Papers;

public sealed class OrderPaperTests
{
    [Fact]
    public async Task PaymentOrder_OnceReleased_IsAPaperWithItsClaimsAndTheSumInCapitals()
    {
        await using TestPortal portal = await TestPortal.OpenAsync();
        await portal.AppropriateAsync("10000000.00");
        PlanKey plan = await portal.PayableAsync("B001", claims: 2);
        long order = await portal.OrderedAsync(plan);
        TestActor maker = await portal.MakerAsync();
        (await portal.SendAsync(maker, new OpenPaymentOrder.Command(plan.Bank, order))).IsNotFound.ShouldBeTrue();
        await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new ReleasePaymentOrder.Command(plan.Bank, order, MoneyIn.Key()));

        PaperFile file = (await portal.SendAsync(maker, new OpenPaymentOrder.Command(plan.Bank, order))).Value;

        file.Paper.AmountFen.ShouldBe(72_000_000);
        Facts facts = file.Paper.Body.OfType<Facts>().Single();
        facts.Rows.Single(fact => fact.Name == "拨付金额").Value.ShouldBe("720,000.00元（大写：柒拾贰万元整）");
        facts.Rows.Single(fact => fact.Name == "收款单位").Value.ShouldBe("甲银行股份有限公司深圳分行");
        facts.Rows.Single(fact => fact.Name == "收款账号").Value.ShouldEndWith("5678");
        PaperText.Write(file.Paper).ShouldNotContain("440301001234");
        Grid grid = file.Paper.Annexes.ShouldHaveSingleItem().Body.OfType<Grid>().Single();
        grid.Rows.Select(row => row[4]).ShouldBe(["360,000.00", "360,000.00"]);
        grid.Total!.ShouldBe(["", "合计", "", "", "720,000.00"]);
        file.Paper.Signer.ShouldBe("金融中心");
        (await portal.SendAsync(await portal.MakerAsync("B002"), new OpenPaymentOrder.Command(plan.Bank, order))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(await portal.TreasurerAsync(), new OpenPaymentOrder.Command(plan.Bank, order))).Value.Sha256.ShouldBe(file.Sha256);

        IReadOnlyList<ListClaimPapers.Row> papers = await portal.SendAsync(maker, new ListClaimPapers.Query(plan.Bank, plan.Claims[0].Id));
        papers.Select(row => (row.Kind, row.N)).ShouldBe([(PaperKinds.ClaimForm, 1), (PaperKinds.PaymentOrder, 0)]);
        (await portal.SendAsync(await portal.MakerAsync("B002"), new ListClaimPapers.Query(plan.Bank, plan.Claims[0].Id))).ShouldBeEmpty();
    }
}
