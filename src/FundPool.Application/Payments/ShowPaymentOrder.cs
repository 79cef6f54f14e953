using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>One payment order with its claims, the account, and what the special account holds.</summary>
public static class ShowPaymentOrder
{
    [Requires(Permission.ReadPayments)]
    public sealed record Query(int Bank, long Order) : IRequest<Outcome<Answer>>;

    /// <param name="Account">The whole number, for those who pay into it and the bank itself; else the last four.</param>
    /// <param name="SpecialAccount">What the special account holds; null for a bank.</param>
    /// <param name="TransferDue">Until when the bank has to confirm and transfer.</param>
    /// <param name="HadAHand">Whether the asker had a hand in the order, or for a bank's person in the payment documents.</param>
    public sealed record Answer(PaymentOrder Order, string BankName, Plan Plan, Payout Payout, string Account, IReadOnlyList<Item> Items, Money? SpecialAccount, DateOnly? TransferDue, bool HadAHand)
    {
        public Money Total => new(Order.TotalFen);
    }

    public sealed record Item(PaymentItem Row, Claim Claim, string NoteNo);

    internal sealed class Handler(FundPoolDb db, IActor actor, IPersonalNumbers numbers) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = query.Bank;
            PaymentOrder? order = await db.PaymentOrders.AsNoTracking().FirstOrDefaultAsync(o => o.PoolId == pool && o.BankId == bank && o.Id == query.Order, cancellationToken);
            if (order is null)
            {
                return default(NotFound);
            }

            var items = await (from i in db.PaymentItems.AsNoTracking()
                               where i.PoolId == pool && i.BankId == bank && i.OrderId == order.Id
                               join c in db.Claims on new { i.PoolId, i.BankId, Id = i.ClaimId } equals new { c.PoolId, c.BankId, c.Id }
                               join l in db.Loans on new { c.PoolId, c.BankId, Id = c.LoanId } equals new { l.PoolId, l.BankId, l.Id }
                               orderby i.N
                               select new { Row = i, Claim = c, l.NoteNo }).ToListAsync(cancellationToken);
            string name = await db.Organisations.Where(o => o.PoolId == pool && o.Id == bank).Select(o => o.Name).FirstAsync(cancellationToken);
            Plan plan = await db.Plans.AsNoTracking().FirstAsync(p => p.PoolId == pool && p.Id == order.PlanId, cancellationToken);
            Payout payout = await db.Payouts.AsNoTracking().FirstAsync(p => p.PoolId == pool && p.BankId == bank && p.Id == order.PayoutId, cancellationToken);
            string special = "special";
            Money? held = actor.Acting.Bank is not null || !actor.May(Permission.ReadLedger) ? null
                : new Money(await db.LedgerBalances.Where(b => b.PoolId == pool && b.Account == special).Select(b => b.Fen).FirstOrDefaultAsync(cancellationToken));
            int[] hands = actor.Acting.Bank is null ? order.Hands : payout.Hands;
            return new Answer(order, name, plan, payout, ShowPayout.SeesAccount(actor) ? numbers.Reveal(payout.AccountCipher) : payout.AccountShown,
                [.. items.Select(i => new Item(i.Row, i.Claim, i.NoteNo))], held, items.Where(i => i.Row.LeftAt is null).Max(i => i.Claim.TransferDue), actor.Acting.Person is { } person && hands.Contains(person));
        }
    }
}
