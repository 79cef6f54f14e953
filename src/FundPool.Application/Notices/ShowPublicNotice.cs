using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>A notice as it was published, for anybody.</summary>
public static class ShowPublicNotice
{
    [Requires(Permission.Public)]
    public sealed record Query(string Pool, long Notice) : IRequest<Outcome<Answer>>, IPublicPage;

    /// <param name="EndsOn">The last day of the period, also where the calendar moved it later since.</param>
    public sealed record Answer(
        string Pool, long Notice, string State, DateOnly EndsOn, bool Provisional, DateTime? OverAt, string Sha256, NoticeContent Content, ListBatches.NoticeLine? Replaces, ListBatches.NoticeLine? ReplacedBy);

    internal sealed class Handler(FundPoolDb db, FrozenPapers papers) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            if (await db.PublicPoolAsync(query.Pool, cancellationToken) is not { } pool)
            {
                return default(NotFound);
            }

            var notices = await db.Notices.AsNoTracking().Where(n => n.PoolId == pool.Id && n.State != "draft" && (n.Id == query.Notice || n.ReplacesId == query.Notice))
                .Select(n => new { n.Id, n.ReplacesId, n.State, n.EndsOn, n.EndsProvisional, n.OverAt, n.Sha256, n.Number, n.Title, n.BatchId, n.PublishedOn }).ToListAsync(cancellationToken);
            if (notices.Find(n => n.Id == query.Notice) is not { } notice)
            {
                return default(NotFound);
            }

            NoticeContent content = papers.Find<NoticeContent>(notice.Sha256!)
                ?? papers.Read<NoticeContent>((await db.Notices.Where(n => n.PoolId == pool.Id && n.Id == notice.Id).Select(n => n.Content).FirstAsync(cancellationToken))!, notice.Sha256!);
            ListBatches.NoticeLine? replaces = notice.ReplacesId is { } old
                ? await ListBatches.LinesOf(db.Notices.Where(n => n.PoolId == pool.Id && n.Id == old && n.State != "draft")).FirstOrDefaultAsync(cancellationToken) : null;
            ListBatches.NoticeLine? replacedBy = notices.Find(n => n.ReplacesId == notice.Id) is { } next
                ? new ListBatches.NoticeLine(next.Id, next.BatchId, next.Number, next.Title, next.State, next.PublishedOn, next.EndsOn, next.EndsProvisional, next.OverAt) : null;
            return new Answer(pool.Code, notice.Id, notice.State, notice.EndsOn!.Value, notice.EndsProvisional, notice.OverAt, notice.Sha256!, content, replaces, replacedBy);
        }
    }
}
