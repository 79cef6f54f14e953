using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Rulebooks;

/// <summary>When a document of the checklist must be there.</summary>
public enum MaterialNeed
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>It may be added.</summary>
    Optional,

    /// <summary>For owners and sole traders.</summary>
    Persons,

    /// <summary>Where a qualification of a.16(2) is claimed.</summary>
    Qualified,

    /// <summary>Where a feature of a.16(3) is claimed.</summary>
    Featured,
}

/// <summary>One line of the material checklist (材料清单).</summary>
public sealed record MaterialRule
{
    /// <summary>The stored code.</summary>
    public required string Code { get; init; }

    /// <summary>Whether it goes with the payment documents (a.19(3)) and not with the claim.</summary>
    public required bool ForPayment { get; init; }

    /// <summary>Where it stands.</summary>
    public required Article Article { get; init; }

    /// <summary>What it is called.</summary>
    public required Words Name { get; init; }

    /// <summary>What it must show.</summary>
    public required Words Hint { get; init; }

    /// <summary>When it must be there.</summary>
    public required MaterialNeed Need { get; init; }

    /// <summary>Whether it must be there for this loan.</summary>
    public bool IsNeededFor(LoanTerms loan) => Need switch
    {
        MaterialNeed.Always => true,
        MaterialNeed.Persons => loan.BorrowerKind is BorrowerKind.Owner or BorrowerKind.SoleTrader,
        MaterialNeed.Qualified => loan.Qualifications != Qualifications.None,
        MaterialNeed.Featured => loan.Features != Features.None,
        _ => false,
    };
}

/// <summary>A coded reason for which a claim goes back to the bank (一次性告知).</summary>
/// <param name="Code">The stored code.</param>
/// <param name="Article">Where the requirement stands.</param>
/// <param name="Name">What it is called.</param>
public sealed record DeficiencyRule(string Code, Article Article, Words Name);

/// <summary>A coded reason for paying less than the ruling names.</summary>
/// <param name="Code">The stored code.</param>
/// <param name="Article">Where it stands.</param>
/// <param name="Name">What it is called.</param>
public sealed record DeductionRule(string Code, Article Article, Words Name);
