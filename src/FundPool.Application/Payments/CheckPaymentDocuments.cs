using FluentValidation;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Payments;

/// <summary>The treasurer's officer finds the payment documents complete, so that the claims stand in the queue and the clock of a.20(3) runs; or returns them with what is missing.</summary>
public static class CheckPaymentDocuments
{
    [Requires(Permission.PreparePayments)]
    [UnderArticle("20(3)")]
    public sealed record Command(int Bank, long Payout, bool Complete, string? Opinion) : IRequest<Outcome<long>>, IReasoned
    {
        public string? Reason => Opinion;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Opinion).NotEmpty().When(command => !command.Complete).OverridePropertyName("opinion")
                .Saying("required", "退回时请一次写清缺什么、错在哪里", "When returning, say in one go what is missing or wrong");
            RuleFor(command => command.Opinion).MaximumLength(500).OverridePropertyName("opinion")
                .Saying("too_long", "意见请在 500 字以内", "Keep the opinion under 500 characters");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, TimeProvider clock) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Payout? payout = await db.Payouts.LockAsync(pool, command.Bank, command.Payout, cancellationToken);
            if (payout is null)
            {
                return default(NotFound);
            }

            if (payout.State != "filed")
            {
                return new Refusal(new Article("20(3)"), new Words("该份拨款资料已核验", "These payment documents were checked already"));
            }

            List<Claim> claims = await db.Claims.LockOfPlanAsync(pool, command.Bank, payout.PlanId, "filed", cancellationToken);
            foreach (Claim claim in claims)
            {
                if (claim.Move(command.Complete ? ClaimAction.Accept : ClaimAction.ReturnDocuments, "20(3)") is { } refused)
                {
                    return refused;
                }
            }

            // The ten days run from the day on which complete documents came in, however long the treasurer took to look at them.
            Deadline due = (await rules.InAsync(db, cancellationToken)).Deadlines.Due("payment", payout.FiledOn);
            payout.State = command.Complete ? "complete" : "returned";
            payout.CheckedBy = actor.Person();
            payout.CheckedByName = actor.Acting.PersonName;
            payout.CheckedAt = clock.GetUtcNow().UtcDateTime;
            payout.Opinion = string.IsNullOrWhiteSpace(command.Opinion) ? null : command.Opinion.Trim();
            payout.PaymentDue = command.Complete ? due.Due : null;
            payout.PaymentDueProvisional = command.Complete && due.Provisional;
            payout.RowVersion++;
            await db.SaveChangesAsync(cancellationToken);
            return payout.PlanId;
        }
    }
}
