using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Plans;

/// <summary>The pool's funding plans, newest first. A bank sees the issued ones that hold a claim of its own, with its own sums.</summary>
public static class ListPlans
{
    [Requires(Permission.ReadPayments)]
    public sealed record Query(int Most = 100) : IRequest<Answer>;

    /// <param name="Clear">How many claims wait for a plan; 0 for a bank.</param>
    public sealed record Answer(IReadOnlyList<Row> Plans, int Clear);

    public sealed record Row(PlanHead Plan, int Items, long AmountFen);

    /// <summary>A plan as a line of a list.</summary>
    public sealed record PlanHead(long Id, string? Number, string Title, string State, long TotalFen, DateOnly? IssuedOn, DateOnly? DocumentsDue, string MadeByName);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            var sums = await db.PlanItems.Where(item => item.PoolId == pool && (bank == null || item.BankId == bank) && item.LeftAt == null)
                .GroupBy(item => item.PlanId).Select(g => new { g.Key, Items = g.Count(), Fen = g.Sum(item => item.AmountFen) })
                .OrderByDescending(g => g.Key).Take(query.Most).ToDictionaryAsync(g => g.Key, cancellationToken);
            long[] own = [.. sums.Keys];
            List<PlanHead> plans = await HeadsOf(db.Plans.Where(plan => plan.PoolId == pool && (bank == null || (plan.State == "issued" && own.Contains(plan.Id)))).OrderByDescending(plan => plan.Id).Take(query.Most))
                .ToListAsync(cancellationToken);
            int clear = bank is null ? await new PlanDesk(db, rules).Free(pool, 0).CountAsync(cancellationToken) : 0;
            return new Answer([.. plans.Select(plan => new Row(plan, sums.GetValueOrDefault(plan.Id)?.Items ?? 0, sums.GetValueOrDefault(plan.Id)?.Fen ?? 0))], clear);
        }
    }

    internal static IQueryable<PlanHead> HeadsOf(IQueryable<Plan> plans) => plans.AsNoTracking()
        .Select(plan => new PlanHead(plan.Id, plan.Number, plan.Title, plan.State, plan.TotalFen, plan.IssuedOn, plan.DocumentsDue, plan.MadeByName));
}
