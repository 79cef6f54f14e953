using System.Globalization;
using FsCheck.Fluent;
using FundPool.Domain.Kernel;
using Xunit;

namespace FundPool.Domain.Tests.Properties;

public sealed class MoneyProperties
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";

    [Fact]
    public void Money_WrittenAndRead_IsTheSame() =>
        Draw.ForAll(Draw.Sums, money => Money.Parse(money.ToString()) == money);

    [Fact]
    public void Capital_Read_IsTheSum() =>
        Draw.ForAll(Draw.Sums, money => Read(money.ToChineseCapital()) == money.Fen);

    [Fact]
    public void Share_OfASum_IsWithinHalfAFenOfTheExact() =>
        Draw.ForAll(
            from money in Draw.Sums
            from points in Gen.Choose(0, 10_000)
            select (money, new Share(points)),
            draw =>
            {
                decimal exact = draw.money.Fen * (decimal)draw.Item2.BasisPoints / 10_000m;
                decimal off = draw.money.Times(draw.Item2).Fen - exact;
                return off is > -0.5m and <= 0.5m;
            });

    [Fact]
    public void Share_OfMore_IsNeverLess() =>
        Draw.ForAll(
            from less in Draw.Sums
            from more in Draw.Sums
            from points in Gen.Choose(0, 10_000)
            select (less, more: less + more, share: new Share(points)),
            draw => draw.less.Times(draw.share) <= draw.more.Times(draw.share));

    [Fact]
    public void Rate_WrittenAndRead_IsTheSame() =>
        Draw.ForAll(Gen.Choose(0, int.MaxValue).Select(units => new Rate(units)), rate => Rate.TryParse(rate.ToString(), out Rate read) && read == rate);

    // Reads 大写 back on its own: digits gather, 拾佰仟 multiply inside a group, 万 and 亿 close a group.
    private static long Read(string capital)
    {
        long yuan = 0, group = 0, digit = 0, fen = 0;
        foreach (char c in capital)
        {
            int value = Digits.IndexOf(c, StringComparison.Ordinal);
            if (value >= 0)
            {
                digit = value;
                continue;
            }

            switch (c)
            {
                case '拾': group += digit * 10; break;
                case '佰': group += digit * 100; break;
                case '仟': group += digit * 1_000; break;
                case '万': yuan += (group + digit) * 10_000; group = 0; break;
                case '亿': yuan = (yuan + group + digit) * 100_000_000; group = 0; break;
                case '元': yuan += group + digit; group = 0; break;
                case '角': fen += digit * 10; break;
                case '分': fen += digit; break;
                case '整': break;
                default: throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{c}' in {capital}"));
            }

            digit = 0;
        }

        return (yuan * 100) + fen;
    }
}
