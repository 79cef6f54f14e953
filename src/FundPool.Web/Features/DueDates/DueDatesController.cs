using FundPool.Application.DueDates;
using FundPool.Domain.Calendar;
using FundPool.Domain.Tenancy;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.DueDates;

/// <summary>What is due, when and for whom; what was missed; and which returns lie unanswered.</summary>
[Route("/deadlines")]
public sealed class DueDatesController(IMediator mediator) : Controller
{
    [Asks(Permission.ReadClaims)]
    [HttpGet("")]
    public async Task<IActionResult> ListDeadlines(string? code, CountdownBand? band, bool missed, CancellationToken ct)
    {
        ViewData["Code"] = code;
        ViewData["Band"] = band;
        ViewData["Missed"] = missed;
        return View("ListDeadlines", await mediator.Send(new ListDeadlines.Query(string.IsNullOrEmpty(code) ? null : code, band), ct));
    }

    [Asks(Permission.ReadClaims)]
    [HttpGet("returned")]
    public async Task<IActionResult> ListReturned(CancellationToken ct) => View("ListReturned", await mediator.Send(new ListReturned.Query(), ct));
}
