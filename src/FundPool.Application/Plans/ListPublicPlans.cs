using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Plans;

/// <summary>The funding plans that a pool has issued, for anybody: number, date, and the sums by bank.</summary>
public static class ListPublicPlans
{
    private const int Most = 200;

    [Requires(Permission.Public)]
    public sealed record Query(string Pool) : IRequest<Outcome<Answer>>, IPublicPage;

    public sealed record Answer(string Pool, string Name, string NameEn, IReadOnlyList<Row> Plans);

    public sealed record Row(ListPlans.PlanHead Plan, string Sha256, IReadOnlyList<(string Bank, int Items, long Fen)> ByBank);

    internal sealed class Handler(FundPoolDb db, FrozenPapers papers) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            if (await db.PublicPoolAsync(query.Pool, cancellationToken) is not { } pool)
            {
                return default(NotFound);
            }

            var plans = await db.Plans.AsNoTracking().Where(plan => plan.PoolId == pool.Id && plan.State == "issued").OrderByDescending(plan => plan.Id).Take(Most)
                .Select(plan => new { plan.Id, plan.Sha256, Head = new ListPlans.PlanHead(plan.Id, plan.Number, plan.Title, plan.State, plan.TotalFen, plan.IssuedOn, plan.DocumentsDue, "") }).ToListAsync(cancellationToken);
            long[] unread = [.. plans.Where(plan => papers.Find<PlanContent>(plan.Sha256!) is null).Select(plan => plan.Id)];
            foreach (var plan in unread.Length == 0 ? [] : await db.Plans.Where(plan => plan.PoolId == pool.Id && unread.Contains(plan.Id)).Select(plan => new { plan.Content, plan.Sha256 }).ToListAsync(cancellationToken))
            {
                papers.Read<PlanContent>(plan.Content!, plan.Sha256!);
            }

            return new Answer(pool.Code, pool.Name, pool.NameEn, [.. plans.Select(plan => new Row(plan.Head, plan.Sha256!, [.. papers.Find<PlanContent>(plan.Sha256!)?.ByBank() ?? []]))]);
        }
    }
}
