namespace FundPool.Application.Spreadsheets;

/// <summary>Which number formats show a number as a date: nothing else in a workbook says that 46112 is a day.</summary>
internal static class NumberFormats
{
    /// <summary>The numbered formats that need no definition, those of the Chinese, Japanese and Korean editions included (ECMA-376 part 1, 18.8.30).</summary>
    internal static bool IsBuiltInDate(int id) => id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47 and not 46) or (>= 50 and <= 58);

    /// <summary>Whether a format code has a day, month, year or clock in it, outside quotes, brackets and escapes.</summary>
    internal static bool IsDate(string code)
    {
        for (int i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = IndexOrEnd(code, '"', i + 1);
                    break;
                case '[':
                    int close = IndexOrEnd(code, ']', i + 1);
                    if (IsElapsed(code.AsSpan(i + 1, Math.Max(0, close - i - 1))))
                    {
                        return false; // [h]:mm is a length of time, no moment
                    }

                    i = close;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case 'G' or 'g' when IsGeneral(code, i):
                    i += "General".Length - 1;
                    break;
                case 'E' or 'e' when i + 1 < code.Length && code[i + 1] is '+' or '-':
                    break; // 0.00E+00
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S' or 'e' or 'E':
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    private static bool IsGeneral(string code, int at) => string.Compare(code, at, "General", 0, 7, StringComparison.OrdinalIgnoreCase) == 0;

    private static int IndexOrEnd(string code, char c, int from)
    {
        int found = from < code.Length ? code.IndexOf(c, from) : -1;
        return found < 0 ? code.Length : found;
    }

    private static bool IsElapsed(ReadOnlySpan<char> inBrackets) =>
        inBrackets.Length > 0 && inBrackets.Trim("hHmMsS").IsEmpty;
}
