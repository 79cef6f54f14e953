using System.Globalization;

namespace FundPool.Application.Loans;

/// <summary>
/// The parts by which a loan is found while one types: pairs of characters where one of them is Chinese, fours of letters and
/// digits elsewhere, of the borrower's name and the contract's and note's numbers alike. Stored with the bank in front
/// (<c>7:深圳</c>), so that one bank's lists stay short.
/// </summary>
public static class SearchGrams
{
    private const int Pair = 2;
    private const int Four = 4;

    /// <summary>The stored grams of a loan.</summary>
    public static string[] Of(int bank, string borrowerName, string contractNo, string noteNo)
    {
        ArgumentNullException.ThrowIfNull(borrowerName);
        ArgumentNullException.ThrowIfNull(contractNo);
        ArgumentNullException.ThrowIfNull(noteNo);
        HashSet<string> grams = new(32, StringComparer.Ordinal);
        string prefix = bank.ToString(CultureInfo.InvariantCulture) + ":";
        Add(grams, prefix, borrowerName);
        Add(grams, prefix, noteNo);
        // A note's number mostly begins with its contract's: nothing to add then.
        if (!noteNo.StartsWith(contractNo, StringComparison.Ordinal))
        {
            Add(grams, prefix, contractNo);
        }

        return [.. grams];
    }

    /// <summary>The grams that a loan must have to match a typed term; none for a term too short to say anything.</summary>
    public static string[] For(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        HashSet<string> grams = new(StringComparer.Ordinal);
        Add(grams, "", term);
        return [.. grams];
    }

    private static void Add(HashSet<string> grams, string prefix, string text)
    {
        string lower = text.ToLowerInvariant();
        for (int i = 0; i + Pair <= lower.Length; i++)
        {
            if (lower[i] > 127 || lower[i + 1] > 127)
            {
                grams.Add(string.Concat(prefix, lower.AsSpan(i, Pair)));
            }
            else if (i + Four <= lower.Length && lower[i + 2] <= 127 && lower[i + 3] <= 127)
            {
                grams.Add(string.Concat(prefix, lower.AsSpan(i, Four)));
            }
        }
    }
}
