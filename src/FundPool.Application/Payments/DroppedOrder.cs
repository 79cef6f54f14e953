using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>What becomes of an order that is not released: its claims go back to their places in the queue.</summary>
internal static class DroppedOrder
{
    public static async Task<Outcome<long>> DropAsync(FundPoolDb db, IActor actor, TimeProvider clock, int bank, long id, string reason, CancellationToken ct)
    {
        PaymentOrder? order = await db.PaymentOrders.LockAsync(actor.Pool(), bank, id, ct);
        if (order is null)
        {
            return default(NotFound);
        }

        if (order.State != "prepared")
        {
            return new Refusal(new Article("20(3)"), new Words("该付款单已放行或已作废", "This payment order was released or dropped already"));
        }

        foreach (Claim claim in await db.Claims.LockOfOrderAsync(order, ct))
        {
            if (claim.Move(ClaimAction.DropOrder, "20(3)") is { } refused)
            {
                return refused;
            }
        }

        DateTime now = clock.GetUtcNow().UtcDateTime;
        order.State = "dropped";
        order.DroppedBy = actor.Person();
        order.DroppedByName = actor.Acting.PersonName;
        order.DroppedAt = now;
        order.DropReason = reason.Trim();
        order.RowVersion++;
        await db.SaveChangesAsync(ct);
        await db.PaymentItems.Where(i => i.PoolId == order.PoolId && i.BankId == bank && i.OrderId == id && i.LeftAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.LeftAt, now), ct);
        return order.Id;
    }
}
