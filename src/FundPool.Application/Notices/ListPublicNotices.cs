using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>Every notice that a pool has published, for anybody: those that run first.</summary>
public static class ListPublicNotices
{
    private const int Most = 200;

    [Requires(Permission.Public)]
    public sealed record Query(string Pool) : IRequest<Outcome<Answer>>, IPublicPage;

    public sealed record Answer(string Pool, string Name, string NameEn, IReadOnlyList<ListBatches.NoticeLine> Notices);

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken) =>
            await db.PublicPoolAsync(query.Pool, cancellationToken) is { } pool
                ? new Answer(pool.Code, pool.Name, pool.NameEn, await ListBatches.LinesOf(db.Notices.Where(n => n.PoolId == pool.Id && n.State != "draft")).Take(Most).ToListAsync(cancellationToken))
                : default(NotFound);
    }
}
