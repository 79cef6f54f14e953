using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>What the officer had typed into a review, to go on with; null where there is nothing.</summary>
public static class ReadReviewDraft
{
    [Requires(Permission.ReviewClaims)]
    public sealed record Query(int Bank, long Claim) : IRequest<Draft?>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Draft?>
    {
        public Task<Draft?> Handle(Query query, CancellationToken cancellationToken)
        {
            string key = ReviewDrafts.KeyOf(query.Bank, query.Claim);
            return db.Drafts.AsNoTracking().FirstOrDefaultAsync(
                d => d.PoolId == actor.Pool() && d.BankId == actor.Acting.Organisation && d.PersonId == actor.Person() && d.Kind == ReviewDrafts.Kind && d.Key == key, cancellationToken);
        }
    }
}
