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

/// <summary>The reviewer's chief consents to what an officer proposed, and then it holds; or gives it back to the officer with an opinion. Ruled again on the day.</summary>
public static class DecideReview
{
    /// <param name="Review">The proposal that the chief saw; another one in its place is not decided by this.</param>
    [Requires(Permission.DecideReviews)]
    [UnderArticle("20(1)")]
    public sealed record Command(int Bank, long Claim, long Review, bool Consent, string? Opinion) : IRequest<Outcome<string>>, IReasoned
    {
        public string? Reason => Opinion;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Opinion).NotEmpty().When(command => !command.Consent).OverridePropertyName("opinion")
                .Saying("required", "退回初审时请写明意见", "Say why when giving it back");
            RuleFor(command => command.Opinion).MaximumLength(1000).OverridePropertyName("opinion")
                .Saying("too_long", "意见请在 1000 字以内", "Keep the opinion under 1,000 characters");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, TimeProvider clock) : IRequestHandler<Command, Outcome<string>>
    {
        public async Task<Outcome<string>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Claim? claim = await db.Claims.LockAsync(pool, command.Bank, command.Claim, cancellationToken);
            Review? review = claim is null ? null : await db.Reviews
                .FirstOrDefaultAsync(r => r.PoolId == pool && r.BankId == command.Bank && r.ClaimId == command.Claim && r.Id == command.Review, cancellationToken);
            return claim is null || review is null ? default(NotFound) : await DecideAsync(claim, review, command.Consent, command.Opinion, cancellationToken);
        }

        /// <summary>Decides on a locked claim; answers with the state that it came to.</summary>
        internal async Task<Outcome<string>> DecideAsync(Claim claim, Review review, bool consent, string? opinion, CancellationToken ct)
        {
            if (review.State != "proposed" || !ClaimFlow.Allows(claim.StateOf(), ClaimAction.SendBack))
            {
                return new Refusal(new Article("20(1)"), ClaimFlow.WhyNot(claim.StateOf()));
            }

            if (await ReviewPeople.WhyNotAsync(db, claim, review.Kind, actor.Person(), asChief: true, ct) is { } own)
            {
                return own;
            }

            if (consent && await WhyNotAsync(claim, review, ct) is { } stale)
            {
                return stale;
            }

            review.State = consent ? "decided" : "sent_back";
            review.Chief = actor.Person();
            review.ChiefName = actor.Acting.PersonName;
            review.ChiefOpinion = string.IsNullOrWhiteSpace(opinion) ? null : opinion.Trim();
            review.DecidedAt = clock.GetUtcNow().UtcDateTime;
            if (claim.Move(consent ? ActionOf(review) : ClaimAction.SendBack, review.Kind == "re_examination" ? "20(2)" : "20(1)") is { } no)
            {
                return no;
            }

            if (consent)
            {
                Put(claim, review);
            }

            await db.SaveChangesAsync(ct);
            return claim.State;
        }

        private static ClaimAction ActionOf(Review review) => review.Proposal switch
        {
            "approve" => ClaimAction.Approve,
            "reject" => ClaimAction.Reject,
            "return" => ClaimAction.Return,
            _ => ClaimAction.Clear,
        };

        private void Put(Claim claim, Review review)
        {
            claim.ReReviewed |= review.Kind == "re_review";
            switch (review.Proposal)
            {
                case "approve":
                    claim.ApprovedFen = review.ApprovedFen;
                    claim.ApprovedOn = rules.Today;
                    claim.RejectedOn = null;
                    claim.BatchId = null;
                    break;
                case "reject":
                    claim.ApprovedFen = null;
                    claim.ApprovedOn = null;
                    claim.RejectedOn = rules.Today;
                    claim.BatchId = null;
                    break;
                case "return":
                    ClaimStops.Open(claim, rules.Today);
                    db.Deficiencies.AddRange(ReviewContent.LacksOf(review).Select(lack => new Deficiency
                    {
                        PoolId = claim.PoolId,
                        BankId = claim.BankId,
                        ClaimId = claim.Id,
                        ReviewId = review.Id,
                        Code = lack.Code,
                        MaterialCode = lack.Material,
                        Note = lack.Note,
                        RaisedAt = clock.GetUtcNow().UtcDateTime,
                    }));
                    break;
                default:
                    break;
            }
        }

        // What held when the officer proposed must hold when the chief decides; otherwise the officer proposes anew.
        private async Task<Refusal?> WhyNotAsync(Claim claim, Review review, CancellationToken ct)
        {
            if (review.Kind == "re_examination" && await WhyNotYetAsync(claim, ct) is { } waiting)
            {
                return waiting;
            }

            if (review.Proposal == "clear")
            {
                return await WhyNotClearAsync(claim, ct);
            }

            if (review.Proposal != "approve")
            {
                return null;
            }

            ReviewDesk desk = await ReviewDesk.OpenAsync(db, rules, claim, ct);
            IReadOnlyList<Mark> marks = ReviewContent.MarksOf(review);
            if (desk.WhyNotPayable(marks) is { } unpayable)
            {
                return unpayable;
            }

            long now = desk.BaseWith(marks).Fen - ReviewContent.DeductedOf(review).Sum(d => d.AmountFen);
            return now == review.ApprovedFen ? null : new Refusal(new Article("20(1)"), new Words(
                "初审之后登记内容或银行状态有变动，今日认定的金额与初审意见不同；请退回初审重新核定", "Register or standing changed since the proposal, and today's ruling names another amount; give it back to the officer"));
        }

        // Whoever else objected in the period is heard before the re-examination ends; afterwards the claim would be out of their reach.
        private async Task<Refusal?> WhyNotYetAsync(Claim claim, CancellationToken ct)
        {
            string? receipt = await db.Objections.AsNoTracking()
                .Where(o => o.PoolId == claim.PoolId && o.Kind == "objection" && o.State == "received" && o.ClaimBankId == claim.BankId && o.ClaimId == claim.Id)
                .OrderBy(o => o.Id).Select(o => o.Receipt).FirstOrDefaultAsync(ct);
            return receipt is null ? null : new Refusal(new Article("20(2)"), new Words(
                $"该项目还有一份异议（{receipt}）主管部门尚未处理；请待其受理或不予受理后再审定", $"Another objection to this item ({receipt}) has not been decided on by the authority; decide on the re-examination after that"));
        }

        // Others may object as long as the notice runs, so that nothing in it is clear before it is over (a.20(2)).
        private async Task<Refusal?> WhyNotClearAsync(Claim claim, CancellationToken ct)
        {
            DateOnly today = rules.Today;
            DateOnly? ends = await (
                from item in db.BatchItems.AsNoTracking()
                where item.PoolId == claim.PoolId && item.BankId == claim.BankId && item.ClaimId == claim.Id
                join notice in db.Notices on new { item.PoolId, item.BatchId } equals new { notice.PoolId, notice.BatchId }
                where notice.State == "published"
                orderby notice.Id descending
                select notice.EndsOn).FirstOrDefaultAsync(ct);
            return ends is { } last && last >= today ? new Refusal(new Article("20(2)"), new Words(
                $"公示期至 {last:yyyy-MM-dd} 才满，期满前仍可提出异议；请于期满后作出异议不成立的决定", $"The notice runs to {last:yyyy-MM-dd} and others may still object; decide that the objection is unfounded after that day")) : null;
        }
    }
}
