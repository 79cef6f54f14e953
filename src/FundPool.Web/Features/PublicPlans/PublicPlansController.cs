using FundPool.Application.Pipeline;
using FundPool.Application.Plans;
using FundPool.Domain.Tenancy;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.PublicPlans;

/// <summary>The funding plans that a pool has issued, for anybody, without signing in.</summary>
[Route("/public/{pool}/plans")]
public sealed class PublicPlansController(IMediator mediator) : Controller
{
    [Asks(Permission.Public)]
    [AtMost(600, Setting = AtMostAttribute.PublicLimit)]
    [HttpGet("")]
    public async Task<IActionResult> ListPublicPlans(string pool, CancellationToken ct)
    {
        Outcome<ListPublicPlans.Answer> outcome = await mediator.Send(new ListPublicPlans.Query(pool), ct);
        return outcome.Succeeded ? View("ListPublicPlans", outcome.Value) : NotFound();
    }
}
