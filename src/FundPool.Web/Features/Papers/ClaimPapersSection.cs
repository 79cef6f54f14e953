using FundPool.Application.Compensation;
using FundPool.Application.Papers;
using FundPool.Domain.Tenancy;
using FundPool.Web.Features.Compensation;
using FundPool.Web.Identity;
using MediatR;

namespace FundPool.Web.Features.Papers;

/// <summary>The papers of a claim on its page.</summary>
internal sealed class ClaimPapersSection(IMediator mediator) : IClaimSection
{
    public int Order => 90;

    public string View => "/Features/Papers/_ClaimPapers.cshtml";

    public async ValueTask<object?> ReadAsync(ShowClaim.Answer claim, SignedIn who, CancellationToken ct)
    {
        if (claim.Claim.Version == 0 || !who.Permissions.Contains(Permission.ReadClaims))
        {
            return null;
        }

        IReadOnlyList<ListClaimPapers.Row> rows = await mediator.Send(new ListClaimPapers.Query(claim.Claim.BankId, claim.Claim.Id), ct);
        return rows.Count == 0 ? null : new ClaimPapers(claim.Claim.BankId, rows);
    }
}

/// <summary>What the section shows.</summary>
public sealed record ClaimPapers(int Bank, IReadOnlyList<ListClaimPapers.Row> Rows)
{
    /// <summary>Where a paper is taken out; with <c>?print=true</c> the page to print.</summary>
    public string Href(ListClaimPapers.Row row) => row.Kind switch
    {
        PaperKinds.ClaimForm => $"/papers/claims/{Bank}/{row.Subject}/{row.N}",
        PaperKinds.ReviewOpinion => $"/papers/reviews/{Bank}/{row.Subject}",
        PaperKinds.PaymentOrder => $"/papers/orders/{Bank}/{row.Subject}",
        PaperKinds.Notice => $"/public/{row.Pool}/notices/{row.Subject}/notice.docx",
        _ => $"/public/{row.Pool}/plans/{row.Subject}/plan.docx",
    };
}
