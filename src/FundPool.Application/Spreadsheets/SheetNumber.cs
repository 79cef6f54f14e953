using System.Globalization;

namespace FundPool.Application.Spreadsheets;

/// <summary>
/// Numbers as a person typed them. A spreadsheet shows 15 significant digits and stores a binary fraction, so that
/// 0.1 + 0.2 comes as 0.30000000000000004: what is past the 15th digit was never typed by anybody.
/// </summary>
internal static class SheetNumber
{
    /// <summary>Plain notation, no exponent; null when it is no finite number.</summary>
    internal static string? Plain(ReadOnlySpan<char> raw)
    {
        if (IsPlain(raw))
        {
            return new string(raw);
        }

        return double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? Plain(value) : null;
    }

    internal static string? Plain(double value)
    {
        if (!double.IsFinite(value))
        {
            return null;
        }

        // d.dddddddddddddde±xxx: 15 significant digits.
        Span<char> text = stackalloc char[32];
        Math.Abs(value).TryFormat(text, out int written, "E14", CultureInfo.InvariantCulture);
        Span<char> digits = stackalloc char[15];
        digits[0] = text[0];
        text.Slice(2, 14).CopyTo(digits[1..]);
        int exponent = int.Parse(text[17..written], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        ReadOnlySpan<char> used = digits.TrimEnd('0');
        if (used.IsEmpty)
        {
            return "0";
        }

        string sign = value < 0 ? "-" : "";
        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{used}";
        }

        return used.Length <= exponent + 1
            ? $"{sign}{used}{new string('0', exponent + 1 - used.Length)}"
            : $"{sign}{used[..(exponent + 1)]}.{used[(exponent + 1)..]}";
    }

    /// <summary>Whether the spreadsheet has lost digits of it: only 15 are kept, and an account or ID number has more.</summary>
    internal static bool LostDigits(ReadOnlySpan<char> plain)
    {
        ReadOnlySpan<char> digits = plain.TrimStart('-');
        int point = digits.IndexOf('.');
        return (point < 0 ? digits.Length : point) > 15;
    }

    /// <summary>yyyy-MM-dd, with a time only where there is one; null when the number is no date.</summary>
    internal static string? Date(double serial, bool from1904)
    {
        // Excel's calendar of 1900 has a 29 February, serial 60, that never was; before it the days are one off.
        if (!double.IsFinite(serial) || serial < 0 || serial >= 2_958_466 || (!from1904 && serial is >= 60 and < 61))
        {
            return null;
        }

        DateTime epoch = from1904 ? new DateTime(1904, 1, 1) : serial < 60 ? new DateTime(1899, 12, 31) : new DateTime(1899, 12, 30);
        long seconds = (long)Math.Round(serial * 86_400, MidpointRounding.AwayFromZero);
        if (seconds > (DateTime.MaxValue - epoch).TotalSeconds)
        {
            return null;
        }

        return Date(epoch.AddSeconds(seconds), timeOnly: serial < 1);
    }

    internal static string Date(DateTime moment, bool timeOnly = false) => moment switch
    {
        _ when timeOnly => moment.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        { TimeOfDay.Ticks: < TimeSpan.TicksPerSecond } => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
    };

    /// <summary>-12.50, 0.0365, 4500000: nothing to do. 007, 1e5, .5 and more than 15 digits need work.</summary>
    private static bool IsPlain(ReadOnlySpan<char> raw)
    {
        ReadOnlySpan<char> digits = raw is ['-', .. var rest] ? rest : raw;
        if (digits.IsEmpty || digits.Length > 15 || digits[0] == '.' || digits[^1] == '.' || (raw[0] == '-' && digits[0] == '0'))
        {
            return false;
        }

        if (digits.Length > 1 && digits[0] == '0' && digits[1] != '.')
        {
            return false;
        }

        int points = 0;
        foreach (char c in digits)
        {
            points += c == '.' ? 1 : 0;
            if (c is not ('.' or (>= '0' and <= '9')))
            {
                return false;
            }
        }

        return points <= 1;
    }
}
