using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Web.Features.Compensation;
using FundPool.Web.Identity;
using MediatR;

namespace FundPool.Web.Features.Notices;

/// <summary>The claim's page: the batch, the notice and the plan that it stands in.</summary>
public sealed class ClaimNoticeSection(IMediator mediator) : IClaimSection
{
    public int Order => 20;

    public string View => "/Features/Notices/_ClaimNotice.cshtml";

    public async ValueTask<object?> ReadAsync(ShowClaim.Answer claim, SignedIn who, CancellationToken ct) =>
        await mediator.Send(new ShowClaimNotice.Query(claim.Claim.BankId, claim.Claim.Id), ct);
}
