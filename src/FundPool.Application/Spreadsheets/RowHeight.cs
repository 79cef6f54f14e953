namespace FundPool.Application.Spreadsheets;

/// <summary>How high a row must be for its wrapped texts: WPS and LibreOffice don't find out by themselves.</summary>
internal static class RowHeight
{
    private const double Line = 16;
    private const double Highest = 409; // what a spreadsheet takes

    /// <summary>Null where one line is enough. Widths are in characters, of which a Chinese one takes two.</summary>
    internal static double? For(params ReadOnlySpan<(string? Text, double Width)> cells)
    {
        int most = 1;
        foreach ((string? text, double width) in cells)
        {
            int lines = 0;
            foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
            {
                lines += Math.Max(1, (int)Math.Ceiling(Columns(line) / (width - 1)));
            }

            most = Math.Max(most, lines);
        }

        return most == 1 ? null : Math.Min(most * Line, Highest);
    }

    private static double Columns(ReadOnlySpan<char> line)
    {
        int columns = line.Length;
        foreach (char c in line)
        {
            columns += c >= '\u2E80' ? 1 : 0;
        }

        return columns;
    }
}
