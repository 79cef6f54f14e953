using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>Payment orders, the latest first: a bank its own, the institutions all.</summary>
public static class ListPaymentOrders
{
    public const int Most = 300;

    /// <param name="State">prepared, released, dropped, or arrived: released and not yet confirmed by the bank; null for all.</param>
    [Requires(Permission.ReadPayments)]
    public sealed record Query(string? State = null, int Most = Most) : IRequest<IReadOnlyList<Row>>;

    /// <param name="TransferDue">Until when the bank has to confirm and transfer.</param>
    public sealed record Row(PaymentOrder Order, string BankName, string PlanNumber, int Claims, DateOnly? PaymentDue, DateOnly? TransferDue);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            bool arrived = query.State == "arrived";
            var rows = await (from o in db.PaymentOrders.AsNoTracking()
                              where o.PoolId == pool && (bank == null || o.BankId == bank)
                                  && (query.State == null || (arrived ? o.State == "released" && o.ConfirmedBy == null : o.State == query.State))
                              orderby o.Id descending
                              select new
                              {
                                  Order = o,
                                  Bank = db.Organisations.Where(x => x.PoolId == pool && x.Id == o.BankId).Select(x => x.Name).First(),
                                  Plan = db.Plans.Where(p => p.PoolId == pool && p.Id == o.PlanId).Select(p => p.Number).FirstOrDefault(),
                                  Claims = db.PaymentItems.Count(i => i.PoolId == pool && i.BankId == o.BankId && i.OrderId == o.Id),
                                  Due = db.Payouts.Where(p => p.PoolId == pool && p.BankId == o.BankId && p.Id == o.PayoutId).Select(p => p.PaymentDue).FirstOrDefault(),
                                  Transfer = (from i in db.PaymentItems
                                              where i.PoolId == pool && i.BankId == o.BankId && i.OrderId == o.Id && i.LeftAt == null
                                              join c in db.Claims on new { i.PoolId, i.BankId, Id = i.ClaimId } equals new { c.PoolId, c.BankId, c.Id }
                                              select c.TransferDue).Max(),
                              }).Take(query.Most).ToListAsync(cancellationToken);
            return [.. rows.Select(r => new Row(r.Order, r.Bank, r.Plan ?? "", r.Claims, r.Due, r.Transfer))];
        }
    }
}
