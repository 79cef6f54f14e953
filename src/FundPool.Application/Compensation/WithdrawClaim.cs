using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>The bank takes its claim back, with a reason once it was submitted. A claim in a running notice or a payment order stays.</summary>
public static class WithdrawClaim
{
    [Requires(Permission.MakeClaims)]
    [UnderArticle("19(2)")]
    public sealed record Command(long Claim, string? Reason) : IRequest<Outcome<long>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason")
                .Saying("required", "请写明撤回的原因，500 字以内", "Say why it is withdrawn, up to 500 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Claims.LockAsync(actor.Pool(), actor.Bank(), command.Claim, cancellationToken) is not { } claim)
            {
                return default(NotFound);
            }

            if (claim.Move(ClaimAction.Withdraw, "19(2)") is { } no)
            {
                return no;
            }

            // Its places in batch and funding plan are given up, so that the plan's total to be paid shrinks with it.
            DateTime now = clock.GetUtcNow().UtcDateTime;
            await db.PlanItems.Where(i => i.PoolId == claim.PoolId && i.BankId == claim.BankId && i.ClaimId == claim.Id && i.LeftAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.LeftAt, now), cancellationToken);
            await db.BatchItems.Where(i => i.PoolId == claim.PoolId && i.BankId == claim.BankId && i.ClaimId == claim.Id && i.LeftAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.LeftAt, now).SetProperty(i => i.LeftBecause, "银行撤回申请"), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return claim.Id;
        }
    }
}
