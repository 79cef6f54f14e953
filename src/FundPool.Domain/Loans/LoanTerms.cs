using FundPool.Domain.Kernel;

namespace FundPool.Domain.Loans;

/// <summary>What the rules ask of a loan: the terms that stay the same from registration to the claim.</summary>
public sealed record LoanTerms
{
    /// <summary>The date of the loan note (借据日期); it decides the quarter and which rulebook says who is eligible.</summary>
    public required DateOnly LoanDate { get; init; }

    /// <summary>The day on which it matures, after the loan date.</summary>
    public required DateOnly MaturityDate { get; init; }

    /// <summary>Who borrows.</summary>
    public required BorrowerKind BorrowerKind { get; init; }

    /// <summary>The borrower's industry, GB/T 4754-2017.</summary>
    public required string Industry { get; init; }

    /// <summary>What was lent, in CNY.</summary>
    public required Money Principal { get; init; }

    /// <summary>The contract's yearly rate.</summary>
    public required Rate AnnualRate { get; init; }

    /// <summary>What the loan is.</summary>
    public required Product Product { get; init; }

    /// <summary>The borrower's balance at all banks on the loan date, this loan included.</summary>
    public required Money TotalBalance { get; init; }

    /// <summary>The credit line of an owner or sole trader.</summary>
    public Money? CreditLine { get; init; }

    /// <summary>Who else bears the risk.</summary>
    public required OtherCover OtherCover { get; init; }

    /// <summary>How it is secured.</summary>
    public required Securities Securities { get; init; }

    /// <summary>Features that raise the share.</summary>
    public Features Features { get; init; }

    /// <summary>The borrower's qualifications on the loan date.</summary>
    public Qualifications Qualifications { get; init; }

    /// <summary>Whether the borrower is a person (owner or sole trader), measured by the credit line.</summary>
    public bool BorrowerIsPerson => BorrowerKind is BorrowerKind.Owner or BorrowerKind.SoleTrader;

    /// <summary>Pure credit: nothing else secures the loan. With a co-borrower it is not pure.</summary>
    public bool IsPureCredit => Securities == Securities.Credit;
}
