using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>The pool's batches, newest first, and the approved claims that wait for one, each with what stands against it.</summary>
public static class ListBatches
{
    [Requires(Permission.ReadClaims)]
    public sealed record Query(int Most = 100) : IRequest<Outcome<Answer>>;

    public sealed record Answer(IReadOnlyList<Row> Batches, IReadOnlyList<BatchLine> Waiting);

    /// <param name="Notice">The newest notice of the batch.</param>
    public sealed record Row(Batch Batch, int Items, long AmountFen, NoticeLine? Notice);

    /// <summary>A notice as a line of a list.</summary>
    public sealed record NoticeLine(long Id, long Batch, string? Number, string Title, string State, DateOnly? PublishedOn, DateOnly? EndsOn, bool Provisional, DateTime? OverAt);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            // A batch is the institutions' own work; a bank follows its claims and the notices.
            if (actor.Acting.Bank is not null)
            {
                return default(NotFound);
            }

            int pool = actor.Pool();
            List<Batch> batches = await db.Batches.AsNoTracking().Where(batch => batch.PoolId == pool).OrderByDescending(batch => batch.Id).Take(query.Most).ToListAsync(cancellationToken);
            long[] ids = [.. batches.Select(batch => batch.Id)];
            var sums = await db.BatchItems.Where(item => item.PoolId == pool && ids.Contains(item.BatchId) && item.LeftAt == null)
                .GroupBy(item => item.BatchId).Select(g => new { g.Key, Items = g.Count(), Fen = g.Sum(item => item.AmountFen) }).ToDictionaryAsync(g => g.Key, cancellationToken);
            ILookup<long, NoticeLine> notices = (await LinesOf(db.Notices.Where(notice => notice.PoolId == pool && ids.Contains(notice.BatchId))).ToListAsync(cancellationToken)).ToLookup(notice => notice.Batch);
            List<BatchLine> waiting = await db.LinesAsync(pool, db.Claims.Where(claim => claim.State == "approved"), rules.Today, cancellationToken);
            return new Answer([.. batches.Select(batch => new Row(batch, sums.GetValueOrDefault(batch.Id)?.Items ?? 0, sums.GetValueOrDefault(batch.Id)?.Fen ?? 0,
                notices[batch.Id].MaxBy(notice => notice.Id)))], waiting);
        }
    }

    // Newest first; ordered before the lines are made, which the database can't order by.
    internal static IQueryable<NoticeLine> LinesOf(IQueryable<Notice> notices) => notices.AsNoTracking().OrderByDescending(notice => notice.Id)
        .Select(notice => new NoticeLine(notice.Id, notice.BatchId, notice.Number, notice.Title, notice.State, notice.PublishedOn, notice.EndsOn, notice.EndsProvisional, notice.OverAt));
}
