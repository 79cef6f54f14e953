namespace FundPool.Domain.Facts;

/// <summary>Industry codes of GB/T 4754-2017 as the loan file writes them: a section letter A–T and none or two to four digits.</summary>
public static class Industry
{
    /// <summary>Whether a code has that form.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> code)
    {
        if (code.Length is not (1 or 3 or 4 or 5) || code[0] is < 'A' or > 'T')
        {
            return false;
        }

        foreach (char digit in code[1..])
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }
        }

        return true;
    }
}
