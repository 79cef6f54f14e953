using FundPool.Domain.Kernel;

namespace FundPool.Domain.Ledger;

/// <summary>Why a payable claim is not paid for now, though nobody takes its place from it.</summary>
public enum QueueHold
{
    /// <summary>The loan is not in the loan library any more.</summary>
    Library,

    /// <summary>The loan is no longer non-performing (a.19(5)).</summary>
    Upgraded,

    /// <summary>With it more than half of the loan would have been paid (a.16(4)).</summary>
    Half,
}

/// <summary>A payable claim.</summary>
public sealed record QueuedClaim(int Bank, long Claim, long Plan, DateTime AcceptedAt, Money Sum, QueueHold? Held);

/// <summary>A payable claim with its place.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Place">1 for the first; a held claim has the place it would take.</param>
/// <param name="Ahead">What those before it get.</param>
/// <param name="IsCovered">Whether the money reaches it.</param>
public sealed record QueuePlace(QueuedClaim Claim, int Place, Money Ahead, bool IsCovered);

/// <summary>The queue for the money (domain.md section 6): by the moment of acceptance across the whole pool, and nobody overtakes.</summary>
public static class PaymentQueue
{
    /// <summary>Everybody in their order. Held claims neither take money nor stand before anybody.</summary>
    public static IReadOnlyList<QueuePlace> Places(IEnumerable<QueuedClaim> claims, Money balance)
    {
        List<QueuePlace> places = [];
        Money ahead = Money.Zero;
        int before = 0;
        foreach (QueuedClaim claim in claims.OrderBy(claim => claim.AcceptedAt).ThenBy(claim => claim.Bank).ThenBy(claim => claim.Claim))
        {
            bool held = claim.Held is not null;
            places.Add(new QueuePlace(claim, before + 1, ahead, !held && ahead + claim.Sum <= balance));
            if (!held)
            {
                before++;
                ahead += claim.Sum;
            }
        }

        return places;
    }

    /// <summary>Those that the money reaches: the first ones, until one is not covered whole. A smaller one behind it waits too.</summary>
    public static IReadOnlyList<QueuedClaim> Payable(IEnumerable<QueuedClaim> claims, Money balance) =>
        [.. Places(claims, balance).Where(place => place.IsCovered).Select(place => place.Claim)];
}
