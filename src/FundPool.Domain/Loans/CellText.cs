using System.Globalization;
using System.Text;

namespace FundPool.Domain.Loans;

/// <summary>What people leave in cells: spaces that can't be seen, full-width digits, thousands separators, dates in four spellings.</summary>
public static class CellText
{
    /// <summary>The text without leading, trailing and invisible characters; line breaks inside become spaces.</summary>
    /// <param name="text">What stands in the cell.</param>
    /// <param name="foldWidth">Whether full-width letters, digits and signs become half-width: for codes and figures, not for names.</param>
    public static string Clean(string? text, bool foldWidth)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        foreach (char c in text)
        {
            if (c < ' ' || IsOdd(c) || (foldWidth && c is >= '！' and <= '～'))
            {
                return Mend(text, foldWidth);
            }
        }

        return text[0] == ' ' || text[^1] == ' ' ? text.Trim() : text;
    }

    /// <summary>Reads a day: 2026-03-31, 2026/3/31, 2026.3.31, 20260331 or 2026年3月31日, with a midnight behind it or not.</summary>
    /// <param name="text">A cleaned text.</param>
    /// <param name="day">The day.</param>
    public static bool TryDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        if (text.EndsWith(" 00:00:00", StringComparison.Ordinal) || text.EndsWith(" 0:00:00", StringComparison.Ordinal))
        {
            text = text[..text.IndexOf(' ')];
        }

        if (text.Length == 8 && text.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return Of(Number(text[..4]), Number(text.Slice(4, 2)), Number(text.Slice(6, 2)), out day);
        }

        int first = text.IndexOfAnyExceptInRange('0', '9');
        if (first != 4 || !(text[first] is '-' or '/' or '.' or '年'))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[5..];
        int second = rest.IndexOfAnyExceptInRange('0', '9');
        char between = text[first] == '年' ? '月' : text[first];
        if (second is not (1 or 2) || rest[second] != between)
        {
            return false;
        }

        ReadOnlySpan<char> last = rest[(second + 1)..];
        if (between == '月')
        {
            if (last.Length == 0 || last[^1] is not ('日' or '号'))
            {
                return false;
            }

            last = last[..^1];
        }

        return last.Length is 1 or 2 && last.IndexOfAnyExceptInRange('0', '9') < 0
            && Of(Number(text[..4]), Number(rest[..second]), Number(last), out day);
    }

    /// <summary>Reads a figure: 1234.56, 1,234.56, ¥1,234.56, a minus, or the exponent that a workbook keeps (3.41E-2). What a workbook's floating point added beyond fifteen digits is taken off.</summary>
    /// <param name="text">A cleaned text, half-width.</param>
    /// <param name="figure">The figure.</param>
    public static bool TryFigure(ReadOnlySpan<char> text, out decimal figure)
    {
        text = text.TrimStart("¥￥").Trim();
        if (text.Length is 0 or > 40)
        {
            figure = 0;
            return false;
        }

        if (text.ContainsAny('e', 'E'))
        {
            figure = 0;
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && Math.Abs(number) < 1e18
                && decimal.TryParse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out figure);
        }

        if (!HasGroups(text) || !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out figure))
        {
            figure = 0;
            return false;
        }

        int point = text.IndexOf('.');
        if (point >= 0 && text.Length - point > 9 && text.Length >= 17)
        {
            figure = decimal.Parse(((double)figure).ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return true;
    }

    // Separators stand before groups of three, or nowhere.
    private static bool HasGroups(ReadOnlySpan<char> text)
    {
        int end = text.IndexOf('.');
        ReadOnlySpan<char> whole = end < 0 ? text : text[..end];
        if (end >= 0 && (text[(end + 1)..].Contains(',') || end + 1 == text.Length))
        {
            return false;
        }

        int comma = whole.LastIndexOf(',');
        while (comma >= 0)
        {
            if (whole.Length - comma != 4 || comma == 0)
            {
                return false;
            }

            whole = whole[..comma];
            comma = whole.LastIndexOf(',');
            if (comma < 0 && whole.TrimStart('-').Length is 0 or > 3)
            {
                return false;
            }
        }

        return true;
    }

    private static string Mend(string text, bool foldWidth)
    {
        StringBuilder mended = new(text.Length);
        foreach (char c in text)
        {
            if (IsInvisible(c))
            {
                continue;
            }

            mended.Append(c <= ' ' || c is '\u00A0' or '\u3000' or '\u2028' or '\u2029' or '\u0085' or (>= '\u2000' and <= '\u200A') or '\u202F' or '\u205F' ? ' '
                : foldWidth && c is >= '！' and <= '～' ? (char)(c - 0xFEE0)
                : c);
        }

        return mended.ToString().Trim();
    }

    private static bool IsOdd(char c) => c > '~' && (c is '\u0085' or '\u00A0' or '\u3000' or '\u202F' or '\u205F' or (>= '\u2000' and <= '\u200A') or '\u2028' or '\u2029' || IsInvisible(c));

    private static bool IsInvisible(char c) => c is '\uFEFF' or '\u00AD' or '\u2060' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or '\u007F';

    private static int Number(ReadOnlySpan<char> digits)
    {
        int number = 0;
        foreach (char digit in digits)
        {
            number = (number * 10) + digit - '0';
        }

        return number;
    }

    private static bool Of(int year, int month, int date, out DateOnly day)
    {
        bool exists = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && date >= 1 && date <= DateTime.DaysInMonth(year, month);
        day = exists ? new DateOnly(year, month, date) : default;
        return exists;
    }
}
