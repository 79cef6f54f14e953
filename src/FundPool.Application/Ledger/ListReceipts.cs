using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Ledger;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Ledger;

/// <summary>What was entered as received, the latest first.</summary>
public static class ListReceipts
{
    public const int Most = 200;

    [Requires(Permission.ReadLedger)]
    public sealed record Query(bool WaitingOnly) : IRequest<IReadOnlyList<Receipt>>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, IReadOnlyList<Receipt>>
    {
        public async Task<IReadOnlyList<Receipt>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            return await db.Receipts.AsNoTracking().Where(r => r.PoolId == pool && (!query.WaitingOnly || r.State == "entered"))
                .OrderByDescending(r => r.Id).Take(Most).ToListAsync(cancellationToken);
        }
    }
}
