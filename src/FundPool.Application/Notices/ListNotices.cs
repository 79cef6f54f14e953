using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>The pool's notices, newest first. A bank sees those that are published, with how many of its own claims stand in each.</summary>
public static class ListNotices
{
    [Requires(Permission.ReadClaims)]
    public sealed record Query(int Most = 100) : IRequest<IReadOnlyList<Row>>;

    /// <param name="Items">How many claims it carries, of those that the reader may see.</param>
    public sealed record Row(ListBatches.NoticeLine Notice, int Items, long AmountFen);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            List<ListBatches.NoticeLine> notices = await ListBatches.LinesOf(db.Notices.Where(n => n.PoolId == pool && (bank == null || n.State != "draft"))).Take(query.Most).ToListAsync(cancellationToken);
            long[] batches = [.. notices.Select(n => n.Batch).Distinct()];
            var sums = await db.BatchItems.Where(i => i.PoolId == pool && (bank == null || i.BankId == bank) && batches.Contains(i.BatchId) && i.LeftAt == null)
                .GroupBy(i => i.BatchId).Select(g => new { g.Key, Items = g.Count(), Fen = g.Sum(i => i.AmountFen) }).ToDictionaryAsync(g => g.Key, cancellationToken);
            return [.. notices.Select(n => new Row(n, sums.GetValueOrDefault(n.Batch)?.Items ?? 0, sums.GetValueOrDefault(n.Batch)?.Fen ?? 0))];
        }
    }
}
