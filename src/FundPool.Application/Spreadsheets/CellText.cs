using System.Globalization;
using System.Text;

namespace FundPool.Application.Spreadsheets;

/// <summary>The _xHHHH_ escapes of the file format: characters that XML can't hold, and the escape itself (ECMA-376 part 1, 22.9.2.19).</summary>
internal static class CellText
{
    private const int EscapeLength = 7;

    internal static string Unescape(string text)
    {
        int at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
        int from = 0;
        while (at >= 0)
        {
            if (Escaped(text, at) is { } c && IsText(c))
            {
                plain.Append(text, from, at - from).Append(c);
                from = at + EscapeLength;
                at = text.IndexOf("_x", from, StringComparison.Ordinal);
            }
            else
            {
                at = text.IndexOf("_x", at + 2, StringComparison.Ordinal);
            }
        }

        return plain.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Whether a reader would take what stands here for an escape.</summary>
    internal static bool IsEscape(ReadOnlySpan<char> text, int at) =>
        text.Length - at >= EscapeLength && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_'
        && IsHex(text.Slice(at + 2, 4));

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private static char? Escaped(string text, int at) =>
        IsEscape(text, at) ? (char)ushort.Parse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : null;

    /// <summary>NUL and half characters stay escaped: the database and UTF-8 have no place for them.</summary>
    private static bool IsText(char c) => (c >= ' ' || c is '\t' or '\n' or '\r') && !char.IsSurrogate(c);
}
