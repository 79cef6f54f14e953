using FundPool.Application.Compensation;
using FundPool.Application.Reviews;
using FundPool.Domain.Tenancy;
using FundPool.Web.Features.Compensation;
using FundPool.Web.Identity;
using MediatR;

namespace FundPool.Web.Features.Reviews;

/// <summary>The reviews on a claim's page: what was decided with its reasons, and for the reviewer the way to the review.</summary>
internal sealed class ClaimReviewSection(IMediator mediator) : IClaimSection
{
    public int Order => 10;

    public string View => "/Features/Reviews/_ClaimReviews.cshtml";

    public async ValueTask<object?> ReadAsync(ShowClaim.Answer claim, SignedIn who, CancellationToken ct)
    {
        if (claim.Claim.Version == 0)
        {
            return null;
        }

        ShowClaimReviews.Answer reviews = await mediator.Send(new ShowClaimReviews.Query(claim.Claim.BankId, claim.Claim.Id), ct);
        string? href = who.Session.Kind == OrganisationKind.Reviewer ? $"/reviews/{claim.Claim.BankId}/{claim.Claim.Id}" : null;
        return reviews.Reviews.Count == 0 && href is null ? null : new ClaimReviewsView(reviews, href);
    }
}

/// <param name="Href">The page of the review, for whoever reviews.</param>
public sealed record ClaimReviewsView(ShowClaimReviews.Answer Answer, string? Href);
