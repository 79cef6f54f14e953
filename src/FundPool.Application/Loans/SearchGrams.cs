using System.Globalization;

namespace FundPool.Application.Loans;

/// <summary>
/// The parts by which a loan is found while one types: pairs of characters of the borrower's name, fours of the contract's and
/// note's numbers. Stored with the bank in front (<c>7:深圳</c>), so that one bank's lists stay short.
/// </summary>
public static class SearchGrams
{
    private const int NameLength = 2;
    private const int NumberLength = 4;

    /// <summary>The stored grams of a loan.</summary>
    public static string[] Of(int bank, string borrowerName, string contractNo, string noteNo)
    {
        ArgumentNullException.ThrowIfNull(borrowerName);
        ArgumentNullException.ThrowIfNull(contractNo);
        ArgumentNullException.ThrowIfNull(noteNo);
        HashSet<string> grams = new(32, StringComparer.Ordinal);
        string prefix = bank.ToString(CultureInfo.InvariantCulture) + ":";
        Add(grams, prefix, borrowerName, NameLength);
        Add(grams, prefix, noteNo, NumberLength);
        // A note's number mostly begins with its contract's: nothing to add then.
        if (!noteNo.StartsWith(contractNo, StringComparison.Ordinal))
        {
            Add(grams, prefix, contractNo, NumberLength);
        }

        return [.. grams];
    }

    /// <summary>
    /// The grams that a loan must have to match a typed term. A term with any character outside ASCII can only be part of a name; one
    /// of ASCII alone may be either, so that only the ends that both have in common would help: numbers are taken from four on.
    /// </summary>
    public static string[] For(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        HashSet<string> grams = new(StringComparer.Ordinal);
        if (term.Any(c => c > 127))
        {
            Add(grams, "", term, NameLength);
        }
        else
        {
            Add(grams, "", term, NumberLength);
        }

        return [.. grams];
    }

    private static void Add(HashSet<string> grams, string prefix, string text, int length)
    {
        string lower = text.ToLowerInvariant();
        for (int i = 0; i + length <= lower.Length; i++)
        {
            grams.Add(string.Concat(prefix, lower.AsSpan(i, length)));
        }
    }
}
