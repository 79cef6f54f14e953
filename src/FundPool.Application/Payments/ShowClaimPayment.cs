using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Ledger;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>Where one claim stands on its way to the money; null where it has not come so far.</summary>
public static class ShowClaimPayment
{
    [Requires(Permission.ReadPayments)]
    public sealed record Query(int Bank, long Claim) : IRequest<Answer?>;

    /// <param name="Place">Its place in the queue, while it waits there.</param>
    public sealed record Answer(Claim Claim, Plan Plan, Payout? Payout, PaymentOrder? Order, Waiting? Place);

    public sealed record Waiting(int Place, Money Ahead, bool IsCovered, QueueHold? Held);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Answer?>
    {
        public async Task<Answer?> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = query.Bank;
            Claim? claim = await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.PoolId == pool && c.BankId == bank && c.Id == query.Claim && c.PlanId != null, cancellationToken);
            Plan? plan = claim is null ? null : await db.Plans.AsNoTracking().FirstOrDefaultAsync(p => p.PoolId == pool && p.Id == claim.PlanId && p.State == "issued", cancellationToken);
            if (claim is null || plan is null)
            {
                return null;
            }

            Payout? payout = await db.Payouts.AsNoTracking().Where(p => p.PoolId == pool && p.BankId == bank && p.PlanId == plan.Id).OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancellationToken);
            PaymentOrder? order = await (from i in db.PaymentItems
                                         where i.PoolId == pool && i.BankId == bank && i.ClaimId == claim.Id && i.LeftAt == null
                                         join o in db.PaymentOrders on new { i.PoolId, i.BankId, Id = i.OrderId } equals new { o.PoolId, o.BankId, o.Id }
                                         select o).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
            ShowPaymentQueue.Row? row = claim.State != "payable" ? null
                : (await new ShowPaymentQueue.Handler(db, actor).Handle(new ShowPaymentQueue.Query(), cancellationToken)).Rows.FirstOrDefault(r => r.Bank == bank && r.Claim == claim.Id);
            return new Answer(claim, plan, payout, order, row is null ? null : new Waiting(row.Place, row.Ahead, row.IsCovered, row.Held));
        }
    }
}
