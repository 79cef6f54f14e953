using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>The pools with public pages, for whoever comes to the portal without an address of one.</summary>
public static class ListPublicPools
{
    [Requires(Permission.Public)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(string Code, string Name, string NameEn);

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken) =>
            await db.Pools.AsNoTracking().Where(pool => pool.Id != 0).OrderBy(pool => pool.Id).Select(pool => new Row(pool.Code, pool.Name, pool.NameEn)).ToListAsync(cancellationToken);
    }
}
