using FsCheck.Fluent;
using FundPool.Domain.Kernel;
using FundPool.Domain.Settlement;
using Xunit;

namespace FundPool.Domain.Tests.Properties;

public sealed class RecoveryProperties
{
    private static readonly FsCheck.Gen<(RecoveryDue Terms, Money[] Receipts)> Draws =
        from principal in Gen.Choose(1, int.MaxValue)
        from share in Gen.Elements(20, 30, 40, 50)
        from receipts in Gen.Choose(0, int.MaxValue).Select(fen => new Money(fen)).ArrayOf(5)
        select (new RecoveryDue(new Money(principal), new Money(principal).Times(new Share(share * 100))), receipts);

    [Fact]
    public void Returns_OfAllReceipts_NeverPassWhatWasPaid() =>
        Draw.ForAll(Draws, draw => Returned(draw.Terms, draw.Receipts) <= draw.Terms.Paid);

    [Fact]
    public void Receipts_ThatCoverThePrincipal_ReturnAllThatWasPaid() =>
        Draw.ForAll(Draws, draw => Returned(draw.Terms, [draw.Terms.ClaimPrincipal, .. draw.Receipts]) == draw.Terms.Paid);

    [Fact]
    public void Receipt_AfterAllIsReturned_OwesNothing() =>
        Draw.ForAll(Draws, draw => draw.Receipts.All(receipt => draw.Terms.Of(receipt, draw.Terms.Paid) == Money.Zero));

    private static Money Returned(RecoveryDue terms, Money[] receipts) =>
        receipts.Aggregate(Money.Zero, (returned, receipt) => returned + terms.Of(receipt, returned));
}
