using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>Issued plans by bank, with where their payment documents stand: a bank its own, the institutions all.</summary>
public static class ListPayouts
{
    public const int Most = 300;

    [Requires(Permission.ReadPayments)]
    public sealed record Query(bool OpenOnly = false) : IRequest<IReadOnlyList<Row>>;

    /// <param name="Awaited">Claims whose documents the bank still has to file.</param>
    /// <param name="Filed">Claims whose documents the treasurer still has to look at.</param>
    /// <param name="Payable">Claims in the queue.</param>
    /// <param name="Paid">Claims paid or further.</param>
    /// <param name="Payout">The last filing.</param>
    public sealed record Row(int Bank, string BankName, Plan Plan, int Claims, long Fen, int Awaited, int Filed, int Payable, int Ordered, int Paid, Payout? Payout);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            string[] onTheWay = ["planned", "filed", "payable", "ordered", "paid", "compensated"];
            var groups = await db.Claims.Where(c => c.PoolId == pool && (bank == null || c.BankId == bank) && c.PlanId != null && onTheWay.Contains(c.State))
                .GroupBy(c => new { c.BankId, c.PlanId })
                .Select(g => new
                {
                    g.Key.BankId, g.Key.PlanId, Claims = g.Count(), Fen = g.Sum(c => c.ApprovedFen ?? 0),
                    Awaited = g.Count(c => c.State == "planned"), Filed = g.Count(c => c.State == "filed"), Payable = g.Count(c => c.State == "payable"), Ordered = g.Count(c => c.State == "ordered"),
                })
                .Where(g => !query.OpenOnly || g.Awaited + g.Filed + g.Payable + g.Ordered > 0)
                .OrderByDescending(g => g.PlanId).ThenBy(g => g.BankId).Take(Most).ToListAsync(cancellationToken);
            long[] plans = [.. groups.Select(g => g.PlanId!.Value).Distinct()];
            Dictionary<long, Plan> known = await db.Plans.AsNoTracking().Where(p => p.PoolId == pool && plans.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
            ILookup<(int, long), Payout> payouts = (await db.Payouts.AsNoTracking().Where(p => p.PoolId == pool && (bank == null || p.BankId == bank) && plans.Contains(p.PlanId)).ToListAsync(cancellationToken))
                .ToLookup(p => (p.BankId, p.PlanId));
            Dictionary<int, string> names = await db.Organisations.Where(o => o.PoolId == pool && o.Kind == "bank").ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
            return [.. groups.Select(g => new Row(g.BankId, names.GetValueOrDefault(g.BankId, ""), known[g.PlanId!.Value], g.Claims, g.Fen, g.Awaited, g.Filed, g.Payable, g.Ordered,
                g.Claims - g.Awaited - g.Filed - g.Payable - g.Ordered, payouts[(g.BankId, g.PlanId.Value)].MaxBy(p => p.Id)))];
        }
    }
}
