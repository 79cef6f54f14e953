using FundPool.Application.Jobs;
using FundPool.Domain.Tenancy;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Jobs;

/// <summary>The jobs behind the pages, for whoever runs the portal.</summary>
[Route("/jobs")]
public sealed class JobsController(IMediator mediator) : Controller
{
    [Asks(Permission.WatchJobs)]
    [HttpGet("")]
    public async Task<IActionResult> ListJobs(CancellationToken ct) => View("ListJobs", await mediator.Send(new ListJobs.Query(), ct));
}
