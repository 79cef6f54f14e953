using System.Globalization;
using System.Text;

namespace FundPool.Domain.Kernel;

/// <summary>A sum in CNY, whole fen. Arithmetic is checked; rounding happens only where a share or a rate is taken, half up.</summary>
/// <param name="Fen">The sum in fen (1/100 yuan).</param>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    /// <summary>No money.</summary>
    public static Money Zero => default;

    /// <summary>In yuan.</summary>
    public decimal Yuan => Fen / 100m;

    /// <summary>From yuan; a part of a fen is refused, since nothing is rounded unseen.</summary>
    public static Money FromYuan(decimal yuan)
    {
        decimal fen = yuan * 100m;
        return fen == decimal.Truncate(fen) ? new Money((long)fen) : throw new ArgumentOutOfRangeException(nameof(yuan), yuan, "At most two decimals.");
    }

    /// <summary>Reads a plain decimal: digits, at most two decimals, no sign, no separators.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Money money)
    {
        bool read = PlainDecimal.TryParse(text, 2, out long fen, out bool tooBig) && !tooBig;
        money = read ? new Money(fen) : default;
        return read;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out Money)"/>
    public static bool TryParse(string text, out Money money) => TryParse(Encoding.UTF8.GetBytes(text), out money);

    /// <summary>Reads a plain decimal or throws.</summary>
    public static Money Parse(string text) =>
        TryParse(text, out Money money) ? money : throw new FormatException($"'{text}' is not a plain amount with at most two decimals.");

    /// <summary>The smaller of two sums.</summary>
    public static Money Min(Money left, Money right) => left.Fen <= right.Fen ? left : right;

    /// <summary>The greater of two sums.</summary>
    public static Money Max(Money left, Money right) => left.Fen >= right.Fen ? left : right;

    /// <summary>A share of this sum, rounded half up to the fen.</summary>
    public Money Times(Share share) => HalfUp((Int128)Fen * share.BasisPoints, 10_000);

    /// <summary>This sum at an exchange rate, rounded half up to the fen.</summary>
    public Money Times(Rate rate) => HalfUp((Int128)Fen * rate.Units, 100_000_000);

    /// <summary>This sum × <paramref name="numerator"/> ÷ <paramref name="denominator"/>, rounded half up to the fen: a receipt's due return is receipt × paid ÷ claim principal.</summary>
    public Money Times(Money numerator, Money denominator) => HalfUp((Int128)Fen * numerator.Fen, denominator.Fen);

    /// <inheritdoc/>
    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>A plain decimal with two decimals: <c>4500000.00</c>.</summary>
    public override string ToString() => Yuan.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>In capitals as documents write it: 壹佰贰拾万元整.</summary>
    public string ToChineseCapital() => ChineseCapital.Of(this);

    /// <summary>The sum of two sums.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Fen + right.Fen));

    /// <summary>The difference of two sums.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Fen - right.Fen));

    /// <summary>The same sum the other way.</summary>
    public static Money operator -(Money money) => new(checked(-money.Fen));

    /// <summary>Order by size.</summary>
    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    /// <summary>Order by size.</summary>
    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    /// <summary>Order by size.</summary>
    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    /// <summary>Order by size.</summary>
    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    // Half up, and for negative sums (reversals) half away from zero, so that a reversal undoes what it reverses.
    private static Money HalfUp(Int128 product, long divisor)
    {
        Int128 magnitude = Int128.Abs(product) * 2;
        Int128 fen = (magnitude + divisor) / ((Int128)divisor * 2);
        return new Money(checked((long)(product < 0 ? -fen : fen)));
    }
}
