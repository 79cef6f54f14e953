using FundPool.Application.Pipeline;
using FundPool.Application.Rulebooks;
using FundPool.Domain.Tenancy;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Rulebooks;

/// <summary>The pool's rulebooks as the engine reads them, each figure with its article.</summary>
[Route("/rulebooks")]
public sealed class RulebooksController(IMediator mediator) : Controller
{
    [Asks(Permission.ReadRulebooks)]
    [HttpGet("")]
    [HttpGet("{code:regex(^[[a-z0-9-]]{{1,40}}$)}")]
    public async Task<IActionResult> ShowRulebook(string? code, CancellationToken ct)
    {
        Outcome<ShowRulebook.Answer> outcome = await mediator.Send(new ShowRulebook.Query(code), ct);
        return outcome.Succeeded ? View("ShowRulebook", outcome.Value) : NotFound();
    }
}
