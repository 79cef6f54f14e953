using System.Globalization;
using FluentValidation;
using FundPool.Application.Compensation;
using FundPool.Application.Ledger;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Ledger;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>
/// The treasurer's chief releases a payment order. Order, claims and ledger change in one transaction or not at all; however often it is
/// pressed, it is paid once; and where the special account holds too little, nothing is done and the shortage is named.
/// </summary>
public static class ReleasePaymentOrder
{
    [Requires(Permission.ReleasePayments)]
    [UnderArticle("20(3)")]
    public sealed record Command(int Bank, long Order, string? Key) : IRequest<Outcome<long>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Key).Must(LedgerBook.IsKey).OverridePropertyName("key")
                .Saying("required", "页面已失效，请刷新后重新操作", "The page is out of date; reload it and try again");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, TimeProvider clock) : IRequestHandler<Command, Outcome<long>>
    {
        private static readonly Article Rule = new("20(3)");

        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Press press = await db.PressAsync(pool, command.Key!, nameof(ReleasePaymentOrder), string.Create(CultureInfo.InvariantCulture, $"{command.Bank}|{command.Order}"), cancellationToken);
            if (!press.IsFirst)
            {
                return press.Misused is { } misused ? misused : press.Answer;
            }

            // One order of locks for everybody: the order, its claims by id, and the special account last and shortest.
            PaymentOrder? order = await db.PaymentOrders.LockAsync(pool, command.Bank, command.Order, cancellationToken);
            if (order is null)
            {
                return default(NotFound);
            }

            if (order.State != "prepared")
            {
                return new Refusal(Rule, new Words("该付款单已放行或已作废", "This payment order was released or dropped already"));
            }

            if (FourEyes.WhyNot(actor.Person(), order.Hands, "20(3)") is { } own)
            {
                return own;
            }

            List<Claim> claims = await db.Claims.LockOfOrderAsync(order, cancellationToken);
            if (claims.Sum(c => c.ApprovedFen ?? 0) != order.TotalFen)
            {
                return new Refusal(Rule, new Words("付款单与申请的金额不一致；请作废后重新制单", "The order and its claims differ; drop it and prepare it anew"));
            }

            if (await HeldAsync(order, cancellationToken) is { Count: > 0 } held)
            {
                string numbers = string.Join('、', held);
                return new Refusal(Rule, new Words($"下列申请对应的贷款已上调、已移出贷款项目库或已达补偿上限，暂缓拨付：{numbers}；请作废后重新制单",
                    $"The loans of these claims were upgraded, left the loan library or had their half: {string.Join(", ", held)}; drop the order and prepare it anew"));
            }

            DateOnly today = rules.Today;
            DateOnly transfer = (await rules.InAsync(db, cancellationToken)).Deadlines.Due("transfer", today).Due;
            if (claims.Find(c => ClaimFlow.Next(c.StateOf(), ClaimAction.Pay) is null) is { } elsewhere)
            {
                return new Refusal(Rule, ClaimFlow.WhyNot(elsewhere.StateOf()));
            }

            // One statement for all claims: from here to the commit every other release of this treasurer waits at the head of the audit chain.
            long[] ids = [.. claims.Select(c => c.Id)];
            string paid = ClaimStates.All.Code(ClaimState.Paid);
            await db.Claims.Where(c => c.PoolId == pool && c.BankId == order.BankId && ids.Contains(c.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.State, paid).SetProperty(c => c.PaidFen, c => c.ApprovedFen).SetProperty(c => c.PaidOn, today)
                    .SetProperty(c => c.TransferDue, transfer).SetProperty(c => c.RowVersion, c => c.RowVersion + 1),
                cancellationToken);
            EntryFacts facts = new(today, $"补偿拨付 {order.Number}", order.Number, order.PreparedBy, order.PreparedByName, string.Create(CultureInfo.InvariantCulture, $"order:{order.BankId}/{order.Id}"));
            if (await db.PostAsync(actor, Entry.Payment([.. claims.Select(c => (c.BankId, c.Id, new Money(c.ApprovedFen!.Value)))]), facts, cancellationToken) is not { } entry)
            {
                return await ShortAsync(pool, order, cancellationToken);
            }

            order.State = "released";
            order.ReleasedBy = actor.Person();
            order.ReleasedByName = actor.Acting.PersonName;
            order.ReleasedOn = today;
            order.ReleasedAt = clock.GetUtcNow().UtcDateTime;
            order.EntryId = entry;
            order.RowVersion++;
            await db.SaveChangesAsync(cancellationToken);
            await db.AnswerPressAsync(pool, command.Key!, order.Id, cancellationToken);
            return order.Id;
        }

        private async Task<Refusal> ShortAsync(int pool, PaymentOrder order, CancellationToken ct)
        {
            Money held = await db.SpecialAccountAsync(pool, ct), total = new(order.TotalFen);
            return new Refusal(Rule, new Words($"专户余额不足：本单 {total} 元，余额 {held} 元，尚缺 {total - held} 元；未作任何拨付",
                $"The special account holds too little: this order is {total}, the balance {held}, {total - held} is lacking; nothing was paid"));
        }

        // The same three reasons for which a claim is held in the queue, asked again at the moment of paying.
        private Task<List<string>> HeldAsync(PaymentOrder order, CancellationToken ct) => db.Database.SqlQuery<string>($"""
            select c.number as "Value" from compensation.payment_item i
            join compensation.claim c on c.pool_id = i.pool_id and c.bank_id = i.bank_id and c.id = i.claim_id
            join loan.loan l on l.pool_id = c.pool_id and l.bank_id = c.bank_id and l.id = c.loan_id
            left join ledger.loan_total t on t.pool_id = c.pool_id and t.bank_id = c.bank_id and t.loan_id = c.loan_id
            where i.pool_id = {order.PoolId} and i.bank_id = {order.BankId} and i.order_id = {order.Id} and i.left_at is null
              and (l.library <> 'loan' or l.risk_class not in ('substandard', 'doubtful', 'loss') or coalesce(t.fen, 0) + i.amount_fen > (l.principal_fen + 1) / 2)
            order by c.number
            """).ToListAsync(ct);
    }
}
