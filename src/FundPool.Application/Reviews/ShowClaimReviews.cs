using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Rulebooks;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>What was decided on a claim, for the claim's own page: opinions, deductions with reasons, grounds. A bank sees what is decided and not how it came about.</summary>
public static class ShowClaimReviews
{
    [Requires(Permission.ReadClaims)]
    public sealed record Query(int Bank, long Claim) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Review> Reviews, Rulebook Rulebook);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            List<Review> reviews = await db.Reviews.AsNoTracking()
                .Where(r => r.PoolId == pool && r.BankId == query.Bank && (bank == null || r.BankId == bank) && r.ClaimId == query.Claim && (bank == null || r.State == "decided"))
                .OrderByDescending(r => r.Id).ToListAsync(cancellationToken);
            if (bank is not null)
            {
                // The marks are the reviewer's own work on the way to the decision.
                reviews.ForEach(review => review.Marks = "[]");
            }

            return new Answer(reviews, (await rules.InAsync(db, cancellationToken)).Rulebooks.Home);
        }
    }
}
