using System.Globalization;
using System.Text;

namespace FundPool.Domain.Kernel;

/// <summary>A rate or an exchange rate, exact to eight decimals: <c>0.0365</c>.</summary>
/// <param name="Units">In units of 1/100,000,000.</param>
public readonly record struct Rate(long Units) : IComparable<Rate>
{
    private const long One = 100_000_000;

    /// <summary>As a decimal fraction.</summary>
    public decimal Value => Units / (decimal)One;

    /// <summary>From a decimal fraction; more than eight decimals are refused, since nothing is rounded unseen.</summary>
    public static Rate Of(decimal value)
    {
        decimal units = value * One;
        return units == decimal.Truncate(units) ? new Rate((long)units) : throw new ArgumentOutOfRangeException(nameof(value), value, "At most eight decimals.");
    }

    /// <summary>Reads digits with an optional point and at most eight decimals: no sign, no exponent, no spaces. Beyond what fits, the greatest rate.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Rate rate)
    {
        rate = default;
        if (!PlainDecimal.TryParse(text, 8, out long units, out bool tooBig))
        {
            return false;
        }

        rate = new Rate(tooBig ? long.MaxValue : units);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out Rate)"/>
    public static bool TryParse(string text, out Rate rate) => TryParse(Encoding.UTF8.GetBytes(text), out rate);

    /// <inheritdoc/>
    public int CompareTo(Rate other) => Units.CompareTo(other.Units);

    /// <summary>A plain decimal without trailing zeros: <c>0.0365</c>.</summary>
    public override string ToString() => Value.ToString("0.########", CultureInfo.InvariantCulture);

    /// <summary>In per cent, at least two decimals: <c>3.65%</c>.</summary>
    public string ToPercent() => (Units / 1_000_000m).ToString("0.00######", CultureInfo.InvariantCulture) + "%";

    /// <summary>The sum of two rates.</summary>
    public static Rate operator +(Rate left, Rate right) => new(checked(left.Units + right.Units));

    /// <summary>Order by size.</summary>
    public static bool operator <(Rate left, Rate right) => left.Units < right.Units;

    /// <summary>Order by size.</summary>
    public static bool operator >(Rate left, Rate right) => left.Units > right.Units;

    /// <summary>Order by size.</summary>
    public static bool operator <=(Rate left, Rate right) => left.Units <= right.Units;

    /// <summary>Order by size.</summary>
    public static bool operator >=(Rate left, Rate right) => left.Units >= right.Units;
}
