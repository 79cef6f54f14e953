using System.Security.Cryptography;
using System.Text;

namespace FundPool.Application.Papers;

/// <summary>
/// The code on a paper: 128 random bits, so that nobody comes upon one by trying, in letters and digits that are not taken for each other
/// (no I, L, O, U), in groups that can be read aloud.
/// </summary>
public static class PaperCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Digits = 26;

    public static string New() => Of(RandomNumberGenerator.GetBytes(16));

    internal static string Of(ReadOnlySpan<byte> bytes)
    {
        UInt128 value = 0;
        foreach (byte b in bytes)
        {
            value = (value << 8) | b;
        }

        Span<char> digits = stackalloc char[Digits];
        for (int i = Digits - 1; i >= 0; i--, value >>= 5)
        {
            digits[i] = Alphabet[(int)(value & 31)];
        }

        return Grouped(digits);
    }

    /// <summary>What somebody typed or scanned as the code is stored; null where it can't be one. Small letters, full width, spaces, O for 0 and l for 1 are forgiven.</summary>
    public static string? Read(string? typed)
    {
        if (typed is not { Length: <= 200 })
        {
            return null;
        }

        StringBuilder digits = new();
        foreach (char c in typed.Normalize(NormalizationForm.FormKC).ToUpperInvariant())
        {
            char digit = c switch { 'O' => '0', 'I' or 'L' => '1', _ => c };
            if (Alphabet.Contains(digit, StringComparison.Ordinal))
            {
                digits.Append(digit);
            }
            else if (digit is not ('-' or ' ' or '‐' or '–' or '—'))
            {
                return null;
            }
        }

        // The first digit holds three of the 128 bits.
        return digits.Length == Digits && digits[0] < '8' ? Grouped(digits.ToString()) : null;
    }

    private static string Grouped(ReadOnlySpan<char> digits) =>
        $"{digits[..6]}-{digits[6..11]}-{digits[11..16]}-{digits[16..21]}-{digits[21..]}";
}
