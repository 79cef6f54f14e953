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

namespace FundPool.Application.Reviews;

/// <summary>An officer proposes the whole approval of several claims at once. Each is ruled again; what asks for a look is left with its reason.</summary>
public static class ProposeWholeApprovals
{
    [Requires(Permission.ReviewClaims)]
    [UnderArticle("20(1)")]
    public sealed record Command(IReadOnlyList<ClaimRef> Claims, string? Opinion) : IRequest<Outcome<ManyDone>>, IReasoned
    {
        public string? Reason => Opinion;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Opinion).NotEmpty().MaximumLength(1000).OverridePropertyName("opinion")
                .Saying("required", "请写明初审意见，1000 字以内", "Write the officer's opinion, up to 1,000 characters");
            RuleFor(command => command.Claims).Must(claims => claims.Count is > 0 and <= SafeApproval.Most).OverridePropertyName("claims")
                .Saying("required", "请选择 1 至 200 件申请", "Choose 1 to 200 claims");
        }
    }

    // Said in the dialog before: who proposes many has looked at the use of the money of each.
    private static readonly IReadOnlyList<Mark> LookedAt = [new("purpose", "confirmed", null)];

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<ManyDone>>
    {
        public async Task<Outcome<ManyDone>> Handle(Command command, CancellationToken cancellationToken)
        {
            List<Skipped> left = [];
            int count = 0;
            long sum = 0;
            foreach (ClaimRef wanted in SafeApproval.InOrder(command.Claims))
            {
                if (await db.Claims.LockAsync(actor.Pool(), wanted.Bank, wanted.Id, cancellationToken) is not { } claim)
                {
                    continue;
                }

                if (await WhyNotAsync(claim, cancellationToken) is { } why)
                {
                    left.Add(new Skipped(wanted.Bank, wanted.Id, claim.Number, why));
                    continue;
                }

                ReviewDesk desk = await ReviewDesk.OpenAsync(db, rules, claim, cancellationToken);
                if (await SafeApproval.WhyNotAsync(db, desk, cancellationToken) is { } unsafeOne)
                {
                    left.Add(new Skipped(wanted.Bank, wanted.Id, claim.Number, unsafeOne));
                    continue;
                }

                Review review = ProposeReview.Handler.Put(new ProposeReview.Command(wanted.Bank, wanted.Id, claim.RowVersion, "approve", [], LookedAt, [], [], command.Opinion), desk, actor);
                claim.Move(ClaimAction.Propose, "20(1)");
                db.Reviews.Add(review);
                await db.SaveChangesAsync(cancellationToken);
                count++;
                sum += review.ApprovedFen ?? 0;
            }

            return new ManyDone(count, sum, left);
        }

        private async Task<Words?> WhyNotAsync(Claim claim, CancellationToken ct) =>
            claim.StateOf() != ClaimState.Submitted ? ClaimFlow.WhyNot(claim.StateOf())
            : (await ReviewPeople.WhyNotAsync(db, claim, "review", actor.Person(), asChief: false, ct))?.Words;
    }
}
