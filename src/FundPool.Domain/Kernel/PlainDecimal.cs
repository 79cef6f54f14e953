namespace FundPool.Domain.Kernel;

/// <summary>Reads the plain decimals of the outward contract: digits, and perhaps a point with digits after it.</summary>
internal static class PlainDecimal
{
    /// <summary>False where <paramref name="text"/> is no plain decimal or has more than <paramref name="decimals"/> decimals.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int decimals, out long units, out bool tooBig)
    {
        units = 0;
        tooBig = false;
        int whole = 0;
        while (whole < text.Length && char.IsAsciiDigit((char)text[whole]))
        {
            whole++;
        }

        int after = text.Length - whole - 1;
        if (whole == 0 || (whole < text.Length && (text[whole] != '.' || after < 1 || after > decimals)))
        {
            return false;
        }

        for (int i = 0; i < whole; i++)
        {
            Append(ref units, text[i] - '0', ref tooBig);
        }

        for (int i = 1; i <= decimals; i++)
        {
            int digit = i <= after ? text[whole + i] - '0' : 0;
            if (digit is < 0 or > 9)
            {
                return false;
            }

            Append(ref units, digit, ref tooBig);
        }

        return true;
    }

    private static void Append(ref long units, int digit, ref bool tooBig)
    {
        if (units > (long.MaxValue - 9) / 10)
        {
            tooBig = true;
        }
        else
        {
            units = (units * 10) + digit;
        }
    }
}
