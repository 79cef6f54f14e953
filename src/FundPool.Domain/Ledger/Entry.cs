using FundPool.Domain.Kernel;

namespace FundPool.Domain.Ledger;

/// <summary>One side of an entry.</summary>
/// <param name="Account">The account.</param>
/// <param name="Sum">Positive into it, negative out of it.</param>
/// <param name="Bank">The bank of the claim.</param>
/// <param name="Claim">The claim that the sum is for; every posting of compensation names one.</param>
public sealed record Posting(LedgerAccount Account, Money Sum, int? Bank = null, long? Claim = null);

/// <summary>An entry in double entry: it can't be made unless its sides add up to nothing.</summary>
public sealed class Entry
{
    private Entry(EntryKind kind, IReadOnlyList<Posting> postings)
    {
        if (postings.Count < 2 || postings.Any(posting => posting.Sum == Money.Zero) || postings.Aggregate(Money.Zero, (sum, posting) => sum + posting.Sum) != Money.Zero)
        {
            throw new ArgumentException("The sides of an entry add up to nothing, and none of them is nothing.", nameof(postings));
        }

        Kind = kind;
        Postings = postings;
    }

    /// <summary>What it is.</summary>
    public EntryKind Kind { get; }

    /// <summary>Its sides.</summary>
    public IReadOnlyList<Posting> Postings { get; }

    /// <summary>The budget pays into the special account.</summary>
    public static Entry Appropriation(Money sum) => In(EntryKind.Appropriation, LedgerAccount.Appropriations, sum);

    /// <summary>The special account earned interest.</summary>
    public static Entry Interest(Money sum) => In(EntryKind.Interest, LedgerAccount.Interest, sum);

    /// <summary>A payment order leaves the special account, one posting a claim.</summary>
    public static Entry Payment(IReadOnlyCollection<(int Bank, long Claim, Money Sum)> claims) => new(EntryKind.Payment,
    [
        new Posting(LedgerAccount.Special, -claims.Aggregate(Money.Zero, (sum, claim) => sum + claim.Sum)),
        .. claims.Select(claim => new Posting(LedgerAccount.Compensation, Positive(claim.Sum), claim.Bank, claim.Claim)),
    ]);

    /// <summary>Undoes the postings of an earlier entry.</summary>
    public static Entry Reversal(IReadOnlyCollection<Posting> of) => new(EntryKind.Reversal, [.. of.Select(posting => posting with { Sum = -posting.Sum })]);

    private static Entry In(EntryKind kind, LedgerAccount source, Money sum) =>
        new(kind, [new Posting(LedgerAccount.Special, Positive(sum)), new Posting(source, -sum)]);

    private static Money Positive(Money sum) => sum.Fen > 0 ? sum : throw new ArgumentOutOfRangeException(nameof(sum), sum, "A sum above 0.");
}
