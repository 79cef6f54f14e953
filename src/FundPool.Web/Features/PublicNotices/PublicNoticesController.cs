using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.PublicNotices;

/// <summary>What a pool has published, for anybody, without signing in.</summary>
[Route("/public/{pool}/notices")]
public sealed class PublicNoticesController(IMediator mediator) : Controller
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Asks(Permission.Public)]
    [AtMost(600, Setting = AtMostAttribute.PublicLimit)]
    [HttpGet("/public")]
    public async Task<IActionResult> ListPublicPools(CancellationToken ct) => View("ListPublicPools", await mediator.Send(new ListPublicPools.Query(), ct));

    [Asks(Permission.Public)]
    [AtMost(600, Setting = AtMostAttribute.PublicLimit)]
    [HttpGet("")]
    public async Task<IActionResult> ListPublicNotices(string pool, CancellationToken ct)
    {
        Outcome<ListPublicNotices.Answer> outcome = await mediator.Send(new ListPublicNotices.Query(pool), ct);
        return outcome.Succeeded ? View("ListPublicNotices", outcome.Value) : NotFound();
    }

    [Asks(Permission.Public)]
    [AtMost(600, Setting = AtMostAttribute.PublicLimit)]
    [HttpGet("{id:long}")]
    public async Task<IActionResult> ShowPublicNotice(string pool, long id, CancellationToken ct)
    {
        Outcome<ShowPublicNotice.Answer> outcome = await mediator.Send(new ShowPublicNotice.Query(pool, id), ct);
        return outcome.Succeeded ? View("ShowPublicNotice", outcome.Value) : NotFound();
    }

    [Asks(Permission.Public)]
    [AtMost(600, Setting = AtMostAttribute.PublicLimit)]
    [HttpGet("{id:long}/items.xlsx")]
    public async Task<IActionResult> ExportPublicNotice(string pool, long id, CancellationToken ct)
    {
        Outcome<ExportPublicNotice.Answer> outcome = await mediator.Send(new ExportPublicNotice.Query(pool, id), ct);
        return outcome.Succeeded ? File(outcome.Value.Content, Workbook, outcome.Value.Name) : NotFound();
    }
}
