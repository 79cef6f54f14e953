using System.Globalization;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Suspension;

/// <summary>How a measure is compared with its threshold.</summary>
public enum Comparison
{
    /// <summary>More than.</summary>
    Above,

    /// <summary>At least.</summary>
    AtLeast,

    /// <summary>At most.</summary>
    AtMost,

    /// <summary>Less than.</summary>
    Below,
}

/// <summary>A threshold of a rulebook: an operator and a share.</summary>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Share">With what.</param>
public readonly record struct Threshold(Comparison Comparison, Share Share);

/// <summary>A bank's non-performing principal against all that it registered (a.17). Compared exactly; the six decimals are for show.</summary>
/// <param name="NonPerforming">Disbursed principal of loans that are NPL, not upgraded and not closed.</param>
/// <param name="Registered">Disbursed principal of all validly registered loans, cumulative.</param>
public readonly record struct NplRatio(Money NonPerforming, Money Registered)
{
    /// <summary>Whether the ratio meets a threshold. Nothing registered is a ratio of 0.</summary>
    public bool Meets(Threshold threshold)
    {
        // NPL ÷ registered against bp ÷ 10,000, without a division.
        Int128 left = Registered.Fen == 0 ? 0 : (Int128)NonPerforming.Fen * 10_000;
        Int128 right = Registered.Fen == 0 ? threshold.Share.BasisPoints : (Int128)Registered.Fen * threshold.Share.BasisPoints;
        return threshold.Comparison switch
        {
            Comparison.Above => left > right,
            Comparison.AtLeast => left >= right,
            Comparison.AtMost => left <= right,
            _ => left < right,
        };
    }

    /// <summary>With six decimals, rounded half up: <c>0.030000</c>.</summary>
    public override string ToString()
    {
        Int128 millionths = Registered.Fen == 0 ? 0 : (((Int128)NonPerforming.Fen * 2_000_000) + Registered.Fen) / ((Int128)Registered.Fen * 2);
        return ((decimal)millionths / 1_000_000m).ToString("0.000000", CultureInfo.InvariantCulture);
    }
}

/// <summary>When a rulebook stops a bank's compensation, when it resumes, and from when it warns.</summary>
public sealed record SuspensionRule
{
    /// <summary>The article.</summary>
    public required Article Article { get; init; }

    /// <summary>What is measured, for example <c>npl_principal_ratio</c>.</summary>
    public required string Measure { get; init; }

    /// <summary>Over which loans, for example <c>cumulative</c>.</summary>
    public required string Window { get; init; }

    /// <summary>Met: the bank is suspended.</summary>
    public required Threshold Stop { get; init; }

    /// <summary>Met: a suspended bank resumes.</summary>
    public required Threshold Resume { get; init; }

    /// <summary>Met: the bank is warned.</summary>
    public required Threshold Warn { get; init; }

    /// <summary>What stops: <c>review</c>, <c>batch</c>.</summary>
    public required IReadOnlyList<string> Stops { get; init; }

    /// <summary>What never stops.</summary>
    public required IReadOnlyList<string> GoesOn { get; init; }

    /// <summary>Where a bank stands after a measurement. Between stop and resume it stays as it was.</summary>
    public Standing After(NplRatio ratio, bool suspendedBefore) =>
        ratio.Meets(Stop) || (suspendedBefore && !ratio.Meets(Resume)) ? Standing.Suspended
        : ratio.Meets(Warn) ? Standing.Warned
        : Standing.Good;
}

/// <summary>Where a bank stands in a pool by its ratio.</summary>
public enum Standing
{
    /// <summary>Nothing to say.</summary>
    Good,

    /// <summary>Near the threshold; nothing stops.</summary>
    Warned,

    /// <summary>New claims are taken and not reviewed.</summary>
    Suspended,
}
