using FundPool.Data;
using FundPool.Data.Ledger;

namespace FundPool.Application.Ledger;

/// <summary>Which entries of the ledger are asked for.</summary>
public sealed record LedgerFilter(string? Kind = null, string? Account = null, DateOnly? From = null, DateOnly? To = null)
{
    internal IQueryable<LedgerEntry> Of(FundPoolDb db, int pool) => db.LedgerEntries.Where(e => e.PoolId == pool
        && (Kind == null || e.Kind == Kind) && (From == null || e.BookedOn >= From) && (To == null || e.BookedOn <= To)
        && (Account == null || db.LedgerPostings.Any(p => p.PoolId == pool && p.EntryId == e.Id && p.Account == Account)));
}
