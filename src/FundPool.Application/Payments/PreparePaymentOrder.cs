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

/// <summary>The treasurer's officer orders the payment of a bank's claims of a plan: those that the queue and the money let, in their order, and no other.</summary>
public static class PreparePaymentOrder
{
    // One at a time in a pool, so that two orders are never prepared for the same money.
    private const int OnePreparer = 20_240_402;

    [Requires(Permission.PreparePayments)]
    [UnderArticle("20(3)")]
    public sealed record Command(int Bank, long Plan, string? Key) : IRequest<Outcome<long>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Key).Must(LedgerBook.IsKey).OverridePropertyName("key")
                .Saying("required", "页面已失效，请刷新后重新操作", "The page is out of date; reload it and try again");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Press press = await db.PressAsync(pool, command.Key!, nameof(PreparePaymentOrder), string.Create(CultureInfo.InvariantCulture, $"{command.Bank}|{command.Plan}"), cancellationToken);
            if (!press.IsFirst)
            {
                return press.Misused is { } misused ? misused : press.Answer;
            }

            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({OnePreparer}, {pool})", cancellationToken);
            Payout? payout = await db.Payouts.AsNoTracking().Where(p => p.PoolId == pool && p.BankId == command.Bank && p.PlanId == command.Plan && p.State == "complete")
                .OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancellationToken);
            if (payout is null)
            {
                return default(NotFound);
            }

            IReadOnlyList<QueuedClaim> queue = await db.QueueAsync(cancellationToken);
            Money free = await db.FreeMoneyAsync(cancellationToken);
            List<QueuePlace> own = [.. PaymentQueue.Places(queue, free).Where(p => p.Claim.Bank == command.Bank && p.Claim.Plan == command.Plan)];
            if (WhyNot(own, free) is { } refused)
            {
                return refused;
            }

            List<long> reached = [.. own.Where(p => p.IsCovered).Select(p => p.Claim.Claim)];
            List<Claim> claims = [.. (await db.Claims.LockOfPlanAsync(pool, command.Bank, command.Plan, "payable", cancellationToken)).Where(c => reached.Contains(c.Id))];
            if (claims.Count == 0)
            {
                return new Refusal(new Article("20(3)"), new Words("刚才已有变动；请刷新页面核对后再试", "Something changed a moment ago; reload the page and look again"));
            }

            PaymentOrder order = new()
            {
                PoolId = pool,
                BankId = command.Bank,
                PlanId = command.Plan,
                PayoutId = payout.Id,
                Number = await NumberAsync(cancellationToken),
                TotalFen = claims.Sum(c => c.ApprovedFen!.Value),
                PreparedBy = actor.Person(),
                PreparedByName = actor.Acting.PersonName,
                Hands = [actor.Person()],
                PreparedOn = rules.Today,
            };
            db.PaymentOrders.Add(order);
            foreach (Claim claim in claims)
            {
                if (claim.Move(ClaimAction.Order, "20(3)") is { } no)
                {
                    return no;
                }
            }

            await db.SaveChangesAsync(cancellationToken);
            db.PaymentItems.AddRange(claims.Select((claim, i) => new PaymentItem
            {
                PoolId = pool, BankId = command.Bank, OrderId = order.Id, N = i + 1, ClaimId = claim.Id, AmountFen = claim.ApprovedFen!.Value,
            }));
            await db.SaveChangesAsync(cancellationToken);
            await db.AnswerPressAsync(pool, command.Key!, order.Id, cancellationToken);
            return order.Id;
        }

        private static Refusal? WhyNot(List<QueuePlace> own, Money free)
        {
            List<QueuePlace> waiting = own.FindAll(p => p.Claim.Held is null);
            if (waiting.Count == 0)
            {
                return new Refusal(new Article("20(3)"), own.Count == 0
                    ? new Words("该行在本计划中没有待拨付的申请", "This bank has no payable claim in this plan")
                    : new Words("该行在本计划中的申请均暂缓拨付，原因见拨付队列", "All claims of this bank in this plan are held; the queue says why"));
            }

            if (waiting[0].IsCovered)
            {
                return null;
            }

            Money needed = waiting[0].Ahead + waiting[0].Claim.Sum;
            return new Refusal(new Article("20(3)"), new Words(
                $"资金不足：按受理时间排在前面的申请共需 {waiting[0].Ahead} 元，本行首笔需 {waiting[0].Claim.Sum} 元，专户可用 {free} 元，尚缺 {needed - free} 元",
                $"Not enough money: the claims ahead need {waiting[0].Ahead}, this bank's first needs {waiting[0].Claim.Sum}, the special account has {free} free, {needed - free} is lacking"));
        }

        private async Task<string> NumberAsync(CancellationToken ct)
        {
            int year = rules.Today.Year;
            int n = await db.Database.SqlQuery<int>($"""select compensation.next_number('payment_order', {year}) as "Value" """).SingleAsync(ct);
            return string.Create(CultureInfo.InvariantCulture, $"FK-{year}-{n:D4}");
        }
    }
}
