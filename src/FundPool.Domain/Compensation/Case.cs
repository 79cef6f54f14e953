using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Compensation;

/// <summary>What the rules ask of a loan and, once it has turned non-performing, of the claim (contract.md section 3).</summary>
public sealed record Case
{
    /// <summary>The loan's terms.</summary>
    public required LoanTerms Loan { get; init; }

    /// <summary>The day it entered the loan library.</summary>
    public required DateOnly RegisteredOn { get; init; }

    /// <summary>Whether it was loaded as a loan of the time before the rule came into force.</summary>
    public bool Legacy { get; init; }

    /// <summary>The claim; null at registration.</summary>
    public ClaimFacts? Claim { get; init; }

    /// <summary>Whether the bank is suspended by its ratio.</summary>
    public bool BankSuspended { get; init; }

    /// <summary>Whether the bank is on the dishonesty list.</summary>
    public bool BankDishonest { get; init; }

    /// <summary>Whether the bank's membership has ended.</summary>
    public bool BankRemoved { get; init; }
}

/// <summary>What a claim adds to a loan.</summary>
public sealed record ClaimFacts
{
    /// <summary>The class of the loan.</summary>
    public required RiskClass RiskClass { get; init; }

    /// <summary>The day on which it was found non-performing; it decides which rulebook's standard holds.</summary>
    public required DateOnly NplDate { get; init; }

    /// <summary>The day of the claim.</summary>
    public required DateOnly AppliedOn { get; init; }

    /// <summary>The day of the borrower's credit report.</summary>
    public required DateOnly CreditReportOn { get; init; }

    /// <summary>Principal outstanding on the day of the claim.</summary>
    public required Money OutstandingPrincipal { get; init; }

    /// <summary>Principal outstanding on the NPL date, where known.</summary>
    public Money? NplPrincipal { get; init; }

    /// <summary>What the share is taken of: the smaller of the two.</summary>
    public Money ClaimPrincipal => NplPrincipal is { } npl ? Money.Min(OutstandingPrincipal, npl) : OutstandingPrincipal;
}
