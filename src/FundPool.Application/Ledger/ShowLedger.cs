using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Ledger;
using FundPool.Domain.Ledger;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Ledger;

/// <summary>The pool's money: what each account holds, and the entries behind it, the latest first.</summary>
public static class ShowLedger
{
    public const int PageSize = 50;

    [Requires(Permission.ReadLedger)]
    public sealed record Query(LedgerFilter Filter, long? Before = null) : IRequest<Answer>;

    /// <param name="PreparedFen">What orders that wait for their release will take.</param>
    /// <param name="QueueFen">What the claims in the queue would take.</param>
    public sealed record Answer(IReadOnlyList<(LedgerAccount Account, long Fen)> Balances, IReadOnlyList<Row> Rows, long? Older, long SpecialFen, long PreparedFen, long QueueFen, int QueueClaims);

    /// <param name="Fen">What it moved in the account asked for, the special account where none is.</param>
    public sealed record Row(LedgerEntry Entry, long Fen);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Dictionary<string, long> held = await db.LedgerBalances.AsNoTracking().Where(b => b.PoolId == pool).ToDictionaryAsync(b => b.Account, b => b.Fen, cancellationToken);
            string account = query.Filter.Account ?? "special";
            List<Row> rows = [.. (await query.Filter.Of(db, pool).AsNoTracking().Where(e => query.Before == null || e.Id < query.Before)
                .OrderByDescending(e => e.Id).Take(PageSize + 1)
                .Select(e => new { Entry = e, Fen = db.LedgerPostings.Where(p => p.PoolId == pool && p.EntryId == e.Id && p.Account == account).Sum(p => p.Fen) })
                .ToListAsync(cancellationToken)).Select(r => new Row(r.Entry, r.Fen))];
            bool more = rows.Count > PageSize;
            long prepared = await db.PaymentOrders.Where(o => o.PoolId == pool && o.State == "prepared").SumAsync(o => o.TotalFen, cancellationToken);
            var queue = await db.Claims.Where(c => c.PoolId == pool && c.State == "payable").GroupBy(c => c.PoolId)
                .Select(g => new { Fen = g.Sum(c => c.ApprovedFen ?? 0), Claims = g.Count() }).FirstOrDefaultAsync(cancellationToken);
            return new Answer([.. LedgerNames.Accounts.Entries.Select(e => (e.Value, held.GetValueOrDefault(e.Code)))], [.. rows.Take(PageSize)],
                more ? rows[PageSize - 1].Entry.Id : null, held.GetValueOrDefault("special"), prepared, queue?.Fen ?? 0, queue?.Claims ?? 0);
        }
    }
}
