using FundPool.Domain.Kernel;

namespace FundPool.Domain.Settlement;

/// <summary>What a bank owes the pool out of the money that a compensated loan still brings in (a.19(6)).</summary>
/// <param name="ClaimPrincipal">The sum that the share was taken of, before deductions.</param>
/// <param name="Paid">What the pool paid.</param>
public readonly record struct RecoveryDue(Money ClaimPrincipal, Money Paid)
{
    /// <summary>The due return of one receipt: its part by paid ÷ claim principal, rounded half up by itself, and never more than what of the payment is still out.</summary>
    /// <param name="receipt">What came in, costs not taken off.</param>
    /// <param name="returnedBefore">What was due for earlier receipts.</param>
    public Money Of(Money receipt, Money returnedBefore) =>
        Money.Max(Money.Zero, Money.Min(receipt.Times(Paid, ClaimPrincipal), Paid - returnedBefore));
}
