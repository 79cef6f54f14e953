using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Compensation;

/// <summary>What a reviewer found to be otherwise than the bank stated; left out is as stated.</summary>
public sealed record FoundFacts
{
    /// <summary>The principal outstanding as the papers show it.</summary>
    public Money? OutstandingPrincipal { get; init; }

    /// <summary>The borrower's balance on the loan date as the papers show it.</summary>
    public Money? TotalBalance { get; init; }

    /// <summary>No qualification of a.16(2) was valid on the loan date.</summary>
    public bool NoQualification { get; init; }

    /// <summary>No feature or security of a.16(3) is shown.</summary>
    public bool NoFeature { get; init; }

    /// <summary>Whether anything was found otherwise.</summary>
    public bool IsNothing => OutstandingPrincipal is null && TotalBalance is null && !NoQualification && !NoFeature;
}

/// <summary>What one finding takes off the amount.</summary>
/// <param name="Code">The rulebook's code for the deduction.</param>
/// <param name="Amount">The difference that it makes.</param>
public sealed record FoundDeduction(string Code, Money Amount);

/// <summary>Breaks the difference that a reviewer's findings make into one deduction a finding, so that they add up to the fen.</summary>
public static class FoundDeductions
{
    /// <summary>
    /// The deductions in the order in which a figure is made: balance, step, qualification, feature. Each is the difference to the amount
    /// with the findings before it; one that makes no difference (as under the cap) is there with nothing, so that the reviewer sees it.
    /// </summary>
    /// <param name="stated">The case as it is ruled.</param>
    /// <param name="found">What was found otherwise.</param>
    /// <param name="amount">The amount of a case, as the rulebook rules it.</param>
    public static IReadOnlyList<FoundDeduction> Of(Case stated, FoundFacts found, Func<Case, Money> amount)
    {
        ClaimFacts claim = stated.Claim ?? throw new ArgumentException("A case without a claim has no amount.", nameof(stated));
        List<FoundDeduction> deductions = [];
        Case now = stated;
        Money before = amount(now);
        void Take(string code, Case changed)
        {
            Money after = amount(changed);
            deductions.Add(new FoundDeduction(code, Money.Max(Money.Zero, before - after)));
            (now, before) = (changed, Money.Min(before, after));
        }

        if (found.OutstandingPrincipal is { } principal)
        {
            Take("balance_lower", now with { Claim = claim with { OutstandingPrincipal = Money.Min(principal, claim.OutstandingPrincipal) } });
        }

        if (found.TotalBalance is { } balance)
        {
            Take("step_higher", now with { Loan = now.Loan with { TotalBalance = Money.Max(balance, now.Loan.TotalBalance) } });
        }

        if (found.NoQualification)
        {
            Take("qualification_not_valid", now with { Loan = now.Loan with { Qualifications = Qualifications.None } });
        }

        if (found.NoFeature)
        {
            Take("feature_not_shown", now with { Loan = now.Loan with { Features = Features.None, Securities = Securities.Guarantee } });
        }

        return deductions;
    }
}
