using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>A batch: what is in it with the sums by bank, what left it and why, its notices, and what may still be put in.</summary>
public static class ShowBatch
{
    [Requires(Permission.ReadClaims)]
    public sealed record Query(long Batch) : IRequest<Outcome<Answer>>;

    /// <param name="Waiting">Approved claims that wait for a batch; empty once this one is published.</param>
    public sealed record Answer(Batch Batch, IReadOnlyList<BatchLine> Items, IReadOnlyList<LeftLine> Left, IReadOnlyList<ListBatches.NoticeLine> Notices, IReadOnlyList<BatchLine> Waiting);

    public sealed record LeftLine(BatchLine Line, DateTime At, string? Because);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (actor.Acting.Bank is not null
                || await db.Batches.AsNoTracking().FirstOrDefaultAsync(b => b.PoolId == pool && b.Id == query.Batch, cancellationToken) is not { } batch)
            {
                return default(NotFound);
            }

            List<BatchLine> items = await db.LinesAsync(pool, db.ClaimsOf(pool, batch.Id), rules.Today, cancellationToken);
            var left = await db.BatchItems.AsNoTracking().Where(item => item.PoolId == pool && item.BatchId == batch.Id && item.LeftAt != null).ToDictionaryAsync(item => (item.BankId, item.ClaimId), cancellationToken);
            long[] ids = [.. left.Keys.Select(key => key.ClaimId)];
            List<BatchLine> gone = ids.Length == 0 ? [] : await db.LinesAsync(pool, db.Claims.Where(claim => ids.Contains(claim.Id)), rules.Today, cancellationToken);
            List<BatchLine> waiting = batch.State == "gathering" ? await db.LinesAsync(pool, db.Claims.Where(claim => claim.State == "approved"), rules.Today, cancellationToken) : [];
            return new Answer(batch, items, [.. gone.Select(line => new LeftLine(line, left[(line.Claim.BankId, line.Claim.Id)].LeftAt!.Value, left[(line.Claim.BankId, line.Claim.Id)].LeftBecause))],
                await ListBatches.LinesOf(db.Notices.Where(n => n.PoolId == pool && n.BatchId == batch.Id)).ToListAsync(cancellationToken), waiting);
        }
    }
}
