namespace FundPool.Application.Spreadsheets;

/// <summary>B7 as numbers: the column counted from 0, the row from 1.</summary>
internal static class CellReference
{
    internal static bool TryParse(ReadOnlySpan<char> text, out int column, out int row)
    {
        column = row = 0;
        int at = 0;
        for (; at < text.Length && at < 4 && text[at] is >= 'A' and <= 'Z'; at++)
        {
            column = (column * 26) + (text[at] - 'A' + 1);
        }

        int letters = at;
        for (; at < text.Length && at < letters + 8 && text[at] is >= '0' and <= '9'; at++)
        {
            row = (row * 10) + (text[at] - '0');
        }

        bool whole = letters > 0 && at > letters && at == text.Length && column <= SheetLimits.SheetColumns && row is > 0 and <= SheetLimits.SheetRows;
        column--;
        return whole;
    }
}
