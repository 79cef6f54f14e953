using FluentValidation;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>A chief consents to several whole approvals of a first review at once. Each is decided as if alone; what can't be is left with its reason.</summary>
public static class ConsentToWholeApprovals
{
    [Requires(Permission.DecideReviews)]
    [UnderArticle("20(1)")]
    public sealed record Command(IReadOnlyList<ClaimRef> Claims, string? Opinion) : IRequest<Outcome<ManyDone>>, IReasoned
    {
        public string? Reason => Opinion;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Opinion).MaximumLength(1000).OverridePropertyName("opinion")
                .Saying("too_long", "意见请在 1000 字以内", "Keep the opinion under 1,000 characters");
            RuleFor(command => command.Claims).Must(claims => claims.Count is > 0 and <= SafeApproval.Most).OverridePropertyName("claims")
                .Saying("required", "请选择 1 至 200 件申请", "Choose 1 to 200 claims");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, TimeProvider clock) : IRequestHandler<Command, Outcome<ManyDone>>
    {
        public async Task<Outcome<ManyDone>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            DecideReview.Handler one = new(db, actor, rules, clock);
            List<Skipped> left = [];
            int count = 0;
            long sum = 0;
            foreach (ClaimRef wanted in SafeApproval.InOrder(command.Claims))
            {
                if (await db.Claims.LockAsync(pool, wanted.Bank, wanted.Id, cancellationToken) is not { } claim)
                {
                    continue;
                }

                Review? review = await db.Reviews.FirstOrDefaultAsync(r => r.PoolId == pool && r.BankId == wanted.Bank && r.ClaimId == wanted.Id && r.State == "proposed", cancellationToken);
                if (WhyNot(claim, review) is { } why)
                {
                    left.Add(new Skipped(wanted.Bank, wanted.Id, claim.Number, why));
                    continue;
                }

                Outcome<string> outcome = await one.DecideAsync(claim, review!, consent: true, command.Opinion, cancellationToken);
                if (outcome.Refusal is { } refusal)
                {
                    left.Add(new Skipped(wanted.Bank, wanted.Id, claim.Number, refusal.Words));
                    continue;
                }

                count++;
                sum += review!.ApprovedFen ?? 0;
            }

            return new ManyDone(count, sum, left);
        }

        private static Words? WhyNot(Claim claim, Review? review) =>
            review is null ? ClaimFlow.WhyNot(claim.StateOf())
            : review.Kind != "review" || review.Proposal != "approve" || ReviewContent.DeductedOf(review).Count > 0 || ReviewContent.MarksOf(review).Any(mark => mark.Verdict == "doubted")
                ? new Words("不是初次审核的全额通过，请打开单独审定", "Not the whole approval of a first review; open it")
            : null;
    }
}
