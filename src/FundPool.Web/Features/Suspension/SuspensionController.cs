using FundPool.Application.Pipeline;
using FundPool.Application.Suspension;
using FundPool.Domain.Tenancy;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Suspension;

/// <summary>The banks' ratios against the thresholds of a.17.</summary>
[Route("/standings")]
[ResponseCache(NoStore = true)]
public sealed class SuspensionController(IMediator mediator) : Controller
{
    /// <summary>A bank has one ratio, its own, and lands there at once.</summary>
    [Asks(Permission.ReadStandings)]
    [HttpGet("")]
    public async Task<IActionResult> ListStandings(CancellationToken ct) =>
        SignedIn.Of(HttpContext)!.Session is { Kind: OrganisationKind.Bank } bank
            ? LocalRedirect($"/standings/{bank.OrganisationId}")
            : View("ListStandings", await mediator.Send(new ListStandings.Query(), ct));

    [Asks(Permission.ReadStandings)]
    [HttpGet("{bank:int}")]
    public async Task<IActionResult> ShowStanding(int bank, CancellationToken ct)
    {
        Outcome<ShowStanding.Answer> outcome = await mediator.Send(new ShowStanding.Query(bank), ct);
        return outcome.Succeeded ? View("ShowStanding", outcome.Value) : NotFound();
    }
}
