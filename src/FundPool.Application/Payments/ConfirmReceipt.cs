using FluentValidation;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>The bank confirms that the money of a payment order arrived and moves its loans to the compensation library (a.19(4)). Who had a hand in the payment documents can't.</summary>
public static class ConfirmReceipt
{
    [Requires(Permission.ConfirmReceipts)]
    [UnderArticle("19(4)")]
    public sealed record Command(long Order, DateOnly? ReceivedOn) : IRequest<Outcome<long>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.ReceivedOn).NotNull().OverridePropertyName("receivedOn")
                .Saying("required", "请填写到账日期", "Enter the day of receipt");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, TimeProvider clock) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            PaymentOrder? order = await db.PaymentOrders.LockAsync(pool, bank, command.Order, cancellationToken);
            if (order is null)
            {
                return default(NotFound);
            }

            if (order.State != "released" || order.ConfirmedBy is not null)
            {
                return new Refusal(new Article("19(4)"), new Words("该付款单尚未放行，或已确认到账", "This payment order is not released, or its money was confirmed already"));
            }

            int[] hands = await db.Payouts.Where(p => p.PoolId == pool && p.BankId == bank && p.Id == order.PayoutId).Select(p => p.Hands).FirstAsync(cancellationToken);
            if (FourEyes.WhyNot(actor.Person(), hands, "19(4)") is { } own)
            {
                return own;
            }

            DateOnly received = command.ReceivedOn!.Value, today = rules.Today;
            if (received < order.ReleasedOn || received > today)
            {
                return new Problem("receivedOn", "range", new Words("到账日期应在放行日至今天之间", "The day of receipt lies between the day of release and today"));
            }

            RuleBase at = await rules.InAsync(db, cancellationToken);
            DateOnly due = at.Deadlines.Due("transfer", received).Due;
            List<Claim> claims = await db.Claims.LockOfOrderAsync(order, cancellationToken);
            long[] ids = [.. claims.Select(c => c.LoanId)];
            List<Loan> loans = await db.Loans.FromSql($"select * from loan.loan where pool_id = {pool} and bank_id = {bank} and id = any ({ids}) order by id for update").ToListAsync(cancellationToken);
            if (loans.Find(l => l.Library != "loan") is { } elsewhere)
            {
                return new Refusal(new Article("19(4)"), new Words($"借据 {elsewhere.NoteNo} 已不在贷款项目库，请联系项目库管理机构", $"Loan {elsewhere.NoteNo} is not in the loan library any more; ask the reviewer"));
            }

            foreach (Claim claim in claims)
            {
                if (claim.Move(ClaimAction.Confirm, "19(4)") is { } refused)
                {
                    return refused;
                }

                claim.ReceivedOn = received;
                claim.TransferDue = due;
                claim.TransferredOn = today;
            }

            foreach (Loan loan in loans)
            {
                loan.Library = "compensation";
                loan.Version++;
            }

            order.ReceivedOn = received;
            order.ConfirmedBy = actor.Person();
            order.ConfirmedByName = actor.Acting.PersonName;
            order.ConfirmedAt = clock.GetUtcNow().UtcDateTime;
            order.RowVersion++;
            await db.SaveChangesAsync(cancellationToken);
            await new MeasureStanding(db).MeasureAsync(pool, bank, at, nameof(ConfirmReceipt), today, cancellationToken);
            return order.Id;
        }
    }
}
