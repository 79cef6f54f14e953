using FundPool.Application.Pipeline;
using FundPool.Application.Plans;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>Where one claim stands before the public: its batch, its notices, its plan; null where it has not come so far. A bank sees what is published and issued.</summary>
public static class ShowClaimNotice
{
    [Requires(Permission.ReadClaims)]
    public sealed record Query(int Bank, long Claim) : IRequest<Answer?>;

    /// <param name="Pool">The code in the address of the public page.</param>
    /// <param name="Batch">The batch it is in, or was last; null for a bank.</param>
    /// <param name="Item">Its place in the batch: the number in the notice, and when and why it was taken out.</param>
    /// <param name="Notices">The notices of that batch, newest first.</param>
    public sealed record Answer(string Pool, Batch? Batch, BatchItem? Item, IReadOnlyList<ListBatches.NoticeLine> Notices, ListPlans.PlanHead? Plan);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Answer?>
    {
        public async Task<Answer?> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = query.Bank;
            bool inside = actor.Acting.Bank is null;
            if (!inside && actor.Acting.Bank != bank)
            {
                return null;
            }

            BatchItem? item = await db.BatchItems.AsNoTracking().Where(i => i.PoolId == pool && i.BankId == bank && i.ClaimId == query.Claim)
                .OrderByDescending(i => i.LeftAt == null).ThenByDescending(i => i.BatchId).FirstOrDefaultAsync(cancellationToken);
            if (item is null)
            {
                return null;
            }

            List<ListBatches.NoticeLine> notices = await ListBatches.LinesOf(db.Notices.Where(n => n.PoolId == pool && n.BatchId == item.BatchId && (inside || n.State != "draft"))).ToListAsync(cancellationToken);
            ListPlans.PlanHead? plan = await ListPlans.HeadsOf(
                from i in db.PlanItems
                where i.PoolId == pool && i.BankId == bank && i.ClaimId == query.Claim && i.LeftAt == null
                join p in db.Plans on new { i.PoolId, Id = i.PlanId } equals new { p.PoolId, p.Id }
                where p.State == "issued" || (inside && p.State == "draft")
                orderby p.Id descending
                select p).FirstOrDefaultAsync(cancellationToken);
            Batch? batch = inside ? await db.Batches.AsNoTracking().FirstOrDefaultAsync(b => b.PoolId == pool && b.Id == item.BatchId, cancellationToken) : null;
            return batch is null && notices.Count == 0 && plan is null ? null
                : new Answer(await db.Pools.Where(p => p.Id == pool).Select(p => p.Code).FirstAsync(cancellationToken), batch, item, notices, plan);
        }
    }
}
