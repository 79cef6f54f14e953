using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Papers;

/// <summary>The payment order as a paper, once it is released; made when it is first asked for. Taking it out is written down.</summary>
public static class OpenPaymentOrder
{
    [Requires(Permission.ReadPayments)]
    public sealed record Command(int Bank, long Order) : IRequest<Outcome<PaperFile>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, PaperShelf shelf) : IRequestHandler<Command, Outcome<PaperFile>>
    {
        public async Task<Outcome<PaperFile>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            PaymentOrder? order = await db.PaymentOrders.AsNoTracking()
                .FirstOrDefaultAsync(o => o.PoolId == pool && o.BankId == command.Bank && o.Id == command.Order && o.State == "released", cancellationToken);
            if (order is null)
            {
                return default(NotFound);
            }

            PaperSubject subject = new(pool, command.Bank, PaperKinds.PaymentOrder, order.Id);
            IssuedPaper? paper = await shelf.FindAsync(subject, cancellationToken);
            if (paper is null)
            {
                if (actor.Acting.Scope == Scope.Auditor)
                {
                    return PaperShelf.NotMadeYet("20(3)");
                }

                paper = await shelf.IssueAsync(subject, await MakeAsync(order, cancellationToken), cancellationToken);
            }

            await db.NoteAsync(nameof(OpenPaymentOrder), "compensation.paper", $"{pool}/{command.Bank}/{order.Id}", paper.Code, cancellationToken);
            return PaperFile.Of(paper);
        }

        private async Task<Paper> MakeAsync(PaymentOrder order, CancellationToken ct)
        {
            Payout payout = await db.Payouts.AsNoTracking().FirstAsync(p => p.PoolId == order.PoolId && p.BankId == order.BankId && p.Id == order.PayoutId, ct);
            string? plan = await db.Plans.Where(p => p.PoolId == order.PoolId && p.Id == order.PlanId).Select(p => p.Number).FirstOrDefaultAsync(ct);
            List<OrderLine> lines = await (
                from item in db.PaymentItems
                join claim in db.Claims on new { item.PoolId, item.BankId, Id = item.ClaimId } equals new { claim.PoolId, claim.BankId, claim.Id }
                join loan in db.Loans on new { claim.PoolId, claim.BankId, Id = claim.LoanId } equals new { loan.PoolId, loan.BankId, loan.Id }
                where item.PoolId == order.PoolId && item.BankId == order.BankId && item.OrderId == order.Id
                orderby item.N
                select new OrderLine(item.N, claim.Number, loan.BorrowerKind == "owner" ? Mask.PersonName(loan.BorrowerName) : loan.BorrowerName, loan.NoteNo, item.AmountFen)).ToListAsync(ct);
            // The unit that released it, as the history has it: a bank does not read the institutions' own rows.
            string? office = await db.ClaimSteps.Where(s => s.PoolId == order.PoolId && s.BankId == order.BankId && s.PersonId == order.ReleasedBy)
                .OrderByDescending(s => s.Id).Select(s => s.UnitName).FirstOrDefaultAsync(ct);
            (string bank, string name) = await shelf.NamesAsync(order.PoolId, order.BankId, ct);
            return OrderPaper.Of(order, payout, plan ?? "", lines, bank, office ?? "资金管理机构", name);
        }
    }
}
