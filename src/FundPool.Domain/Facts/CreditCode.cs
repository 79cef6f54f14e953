namespace FundPool.Domain.Facts;

/// <summary>Which test of an identity number failed, the first one that did.</summary>
public enum IdentityFault
{
    /// <summary>None: the number is well formed.</summary>
    None,

    /// <summary>Not 18 characters.</summary>
    Length,

    /// <summary>A character that can't stand there.</summary>
    Alphabet,

    /// <summary>The inner check character (17th, GB 11714) of a credit code.</summary>
    InnerCheck,

    /// <summary>The last check character.</summary>
    OuterCheck,

    /// <summary>The day of birth in a resident number is no day.</summary>
    Birthday,
}

/// <summary>The unified social credit code (统一社会信用代码, GB 32100-2015; facts/uscc.md).</summary>
public static class CreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] OuterWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    private static readonly int[] InnerWeights = [3, 7, 9, 10, 5, 8, 4, 2];
    private static readonly sbyte[] Values = ValuesOf(Alphabet);

    /// <summary>Tests a code that has already been trimmed, made half-width and upper case.</summary>
    public static IdentityFault Test(ReadOnlySpan<char> code)
    {
        if (code.Length != 18)
        {
            return IdentityFault.Length;
        }

        int sum = 0;
        for (int i = 0; i < 18; i++)
        {
            int value = code[i] < 128 ? Values[code[i]] : -1;
            if (value < 0)
            {
                return IdentityFault.Alphabet;
            }

            sum += i < 17 ? value * OuterWeights[i] : 0;
        }

        return code[16] != Inner(code.Slice(8, 8)) ? IdentityFault.InnerCheck
            : code[17] != Alphabet[(31 - (sum % 31)) % 31] ? IdentityFault.OuterCheck
            : IdentityFault.None;
    }

    private static char Inner(ReadOnlySpan<char> body)
    {
        int sum = 0;
        for (int i = 0; i < body.Length; i++)
        {
            int value = body[i] <= '9' ? body[i] - '0' : body[i] - 'A' + 10;
            sum += value * InnerWeights[i];
        }

        return (11 - (sum % 11)) switch { 10 => 'X', 11 => '0', int digit => (char)('0' + digit) };
    }

    private static sbyte[] ValuesOf(string alphabet)
    {
        sbyte[] values = new sbyte[128];
        Array.Fill(values, (sbyte)-1);
        for (int i = 0; i < alphabet.Length; i++)
        {
            values[alphabet[i]] = (sbyte)i;
        }

        return values;
    }
}

/// <summary>The resident number (居民身份证号, GB 11643; check character ISO 7064 MOD 11-2).</summary>
public static class ResidentNumber
{
    private const string Checks = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Tests a number that has already been trimmed, made half-width and upper case.</summary>
    public static IdentityFault Test(ReadOnlySpan<char> number)
    {
        if (number.Length != 18)
        {
            return IdentityFault.Length;
        }

        int sum = 0;
        for (int i = 0; i < 17; i++)
        {
            if (!char.IsAsciiDigit(number[i]))
            {
                return IdentityFault.Alphabet;
            }

            sum += (number[i] - '0') * Weights[i];
        }

        return !char.IsAsciiDigit(number[17]) && number[17] != 'X' ? IdentityFault.Alphabet
            : !HasBirthday(number.Slice(6, 8)) ? IdentityFault.Birthday
            : number[17] != Checks[sum % 11] ? IdentityFault.OuterCheck
            : IdentityFault.None;
    }

    private static bool HasBirthday(ReadOnlySpan<char> digits)
    {
        int year = int.Parse(digits[..4], System.Globalization.CultureInfo.InvariantCulture);
        int month = int.Parse(digits.Slice(4, 2), System.Globalization.CultureInfo.InvariantCulture);
        int day = int.Parse(digits.Slice(6, 2), System.Globalization.CultureInfo.InvariantCulture);
        return year >= 1900 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }
}
