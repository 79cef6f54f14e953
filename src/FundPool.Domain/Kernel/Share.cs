using System.Globalization;

namespace FundPool.Domain.Kernel;

/// <summary>A part of a sum in basis points (1/10,000), written as a decimal fraction: <c>0.50</c>.</summary>
/// <param name="BasisPoints">5,000 is one half.</param>
public readonly record struct Share(int BasisPoints) : IComparable<Share>
{
    /// <summary>Nothing.</summary>
    public static Share None => default;

    /// <summary>Reads a plain decimal fraction with at most four decimals.</summary>
    public static Share Parse(string text) =>
        Rate.TryParse(text, out Rate rate) && rate.Units % 10_000 == 0
            ? new Share(checked((int)(rate.Units / 10_000)))
            : throw new FormatException($"'{text}' is not a share of whole basis points.");

    /// <inheritdoc/>
    public int CompareTo(Share other) => BasisPoints.CompareTo(other.BasisPoints);

    /// <summary>At least two decimals, four where basis points need them.</summary>
    public override string ToString() =>
        (BasisPoints / 10_000m).ToString(BasisPoints % 100 == 0 ? "0.00" : "0.0000", CultureInfo.InvariantCulture);

    /// <summary>The sum of two shares.</summary>
    public static Share operator +(Share left, Share right) => new(checked(left.BasisPoints + right.BasisPoints));

    /// <summary>Order by size.</summary>
    public static bool operator <(Share left, Share right) => left.BasisPoints < right.BasisPoints;

    /// <summary>Order by size.</summary>
    public static bool operator >(Share left, Share right) => left.BasisPoints > right.BasisPoints;

    /// <summary>Order by size.</summary>
    public static bool operator <=(Share left, Share right) => left.BasisPoints <= right.BasisPoints;

    /// <summary>Order by size.</summary>
    public static bool operator >=(Share left, Share right) => left.BasisPoints >= right.BasisPoints;
}
