using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Ledger;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Ledger;

/// <summary>One entry with its sides, and what it came from.</summary>
public static class ShowEntry
{
    [Requires(Permission.ReadLedger)]
    public sealed record Query(long Entry) : IRequest<Outcome<Answer>>;

    /// <param name="Receipt">The receipt that it posted.</param>
    /// <param name="ReversedBy">The entry that undid it.</param>
    /// <param name="Order">The payment order that it posted.</param>
    public sealed record Answer(LedgerEntry Entry, IReadOnlyList<Side> Sides, long? Receipt, long? ReversedBy, (int Bank, long Id)? Order);

    /// <param name="Claim">The claim's number, where the sum is for one.</param>
    public sealed record Side(LedgerPosting Posting, string? Claim, string? Bank);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            LedgerEntry? entry = await db.LedgerEntries.AsNoTracking().FirstOrDefaultAsync(e => e.PoolId == pool && e.Id == query.Entry, cancellationToken);
            if (entry is null)
            {
                return default(NotFound);
            }

            var rows = await db.LedgerPostings.AsNoTracking().Where(p => p.PoolId == pool && p.EntryId == entry.Id).OrderBy(p => p.N)
                .Select(p => new
                {
                    Posting = p,
                    Claim = db.Claims.Where(c => c.PoolId == pool && c.BankId == p.OfBank && c.Id == p.ClaimId).Select(c => c.Number).FirstOrDefault(),
                    Bank = db.Organisations.Where(o => o.PoolId == pool && o.Id == p.OfBank).Select(o => o.Name).FirstOrDefault(),
                }).ToListAsync(cancellationToken);
            long? receipt = await db.Receipts.Where(r => r.PoolId == pool && r.EntryId == entry.Id).Select(r => (long?)r.Id).FirstOrDefaultAsync(cancellationToken);
            long? reversedBy = await db.LedgerEntries.Where(e => e.PoolId == pool && e.ReversesId == entry.Id).Select(e => (long?)e.Id).FirstOrDefaultAsync(cancellationToken);
            var order = await db.PaymentOrders.Where(o => o.PoolId == pool && o.EntryId == entry.Id).Select(o => new { o.BankId, o.Id }).FirstOrDefaultAsync(cancellationToken);
            return new Answer(entry, [.. rows.Select(r => new Side(r.Posting, r.Claim, r.Bank))], receipt, reversedBy, order is null ? null : (order.BankId, order.Id));
        }
    }
}
