namespace FundPool.Application.Spreadsheets;

/// <summary>
/// Texts that a spreadsheet would run as a formula when it opens a .csv (ASVS 1.2.10). Made safe before the field is
/// quoted: a quotation mark put in front first would hide the sign from whoever looks for it, not from the spreadsheet.
/// </summary>
public static class FormulaSafe
{
    /// <summary>Whether a spreadsheet might take it for a formula: = + - @ TAB CR NUL in front, or their full-width forms.</summary>
    public static bool IsRisky(ReadOnlySpan<char> text) =>
        text is [('=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0' or '＝' or '＋' or '－' or '＠'), ..];

    /// <summary>The text with an apostrophe in front where it needs one; a plain negative number needs none.</summary>
    public static string Text(string? text) =>
        text is null ? "" : IsRisky(text) && !IsNegativeNumber(text) ? "'" + text : text;

    private static bool IsNegativeNumber(ReadOnlySpan<char> text) =>
        text is ['-', >= '0' and <= '9', ..] && text[1..].Trim("0123456789.").IsEmpty && text.Count('.') <= 1;
}
