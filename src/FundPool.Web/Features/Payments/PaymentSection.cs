using FundPool.Application.Compensation;
using FundPool.Application.Payments;
using FundPool.Domain.Tenancy;
using FundPool.Web.Features.Compensation;
using FundPool.Web.Identity;
using MediatR;

namespace FundPool.Web.Features.Payments;

/// <summary>The claim's page: where the claim stands on its way to the money.</summary>
public sealed class PaymentSection(IMediator mediator) : IClaimSection
{
    public int Order => 30;

    public string View => "/Features/Payments/_Payment.cshtml";

    public async ValueTask<object?> ReadAsync(ShowClaim.Answer claim, SignedIn who, CancellationToken ct) => who.Permissions.Contains(Permission.ReadPayments)
        ? await mediator.Send(new ShowClaimPayment.Query(claim.Claim.BankId, claim.Claim.Id), ct)
        : null;
}
