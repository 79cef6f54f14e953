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

/// <summary>The bank asks for a second look, once, at a rejection or an approval of less than was ruled (a.20(1)).</summary>
public static class AskReReview
{
    [Requires(Permission.MakeClaims)]
    [UnderArticle("20(1)")]
    public sealed record Command(long Claim, string? Reason) : IRequest<Outcome<long>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(1000).OverridePropertyName("reason")
                .Saying("required", "请写明申请复核的理由，1000 字以内", "Say why a second look is asked for, up to 1,000 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Claims.LockAsync(actor.Pool(), actor.Bank(), command.Claim, cancellationToken) is not { } claim)
            {
                return default(NotFound);
            }

            if (await WhyNotAsync(db, claim, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            if (claim.Move(ClaimAction.AskReReview, "20(1)") is { } no)
            {
                return no;
            }

            RuleBase at = await rules.InAsync(db, cancellationToken);
            claim.ReReviewed = true;
            claim.ReReviewDue = at.Deadlines.Due("re_review", rules.Today).Due;
            await db.SaveChangesAsync(cancellationToken);
            return claim.Id;
        }
    }

    /// <summary>Why a second look can't be asked for; null where it can.</summary>
    internal static async Task<Refusal?> WhyNotAsync(FundPoolDb db, Claim claim, CancellationToken ct)
    {
        if (!ClaimFlow.Allows(claim.StateOf(), ClaimAction.AskReReview))
        {
            return new Refusal(new Article("20(1)"), ClaimFlow.WhyNot(claim.StateOf()));
        }

        if (claim.ReReviewed)
        {
            return new Refusal(new Article("20(1)"), new Words("该申请已复核过一次，不再复核", "The claim had its second look; there is no third"));
        }

        if (claim.StateOf() == ClaimState.Approved && claim.ApprovedFen >= claim.AmountFen)
        {
            return new Refusal(new Article("20(1)"), new Words("该申请已全额通过，无须复核", "The claim was approved in full; there is nothing to look at again"));
        }

        string[] over = [.. ClaimFlow.Over.Select(ClaimStates.All.Code)];
        return await db.Claims.AnyAsync(c => c.PoolId == claim.PoolId && c.BankId == claim.BankId && c.LoanId == claim.LoanId && c.Id != claim.Id && !over.Contains(c.State), ct)
            ? new Refusal(new Article("20(1)"), new Words("该笔贷款已另行提出申请，原申请不再复核", "Another claim for the loan is under way; this one is not looked at again"))
            : null;
    }
}
