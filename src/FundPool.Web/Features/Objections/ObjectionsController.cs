using System.Globalization;
using FundPool.Application.Objections;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Objections;

/// <summary>The authority's desk for objections, reports and complaints.</summary>
[Route("/objections")]
[ResponseCache(NoStore = true)]
public sealed class ObjectionsController(IMediator mediator, IText T) : Controller
{
    // What a stranger attached is taken out, never shown in the portal's own frame.
    private const string Harmless = "default-src 'none'; sandbox";

    [Asks(Permission.HandleObjections)]
    [HttpGet("")]
    public async Task<IActionResult> ListObjections(string? kind, bool all, CancellationToken ct)
    {
        string? known = ObjectionKinds.Kinds.Any(choice => choice.Code == kind) ? kind : null;
        (ViewData["Kind"], ViewData["All"]) = (known, all);
        return View("ListObjections", await mediator.Send(new ListObjections.Query(known, !all), ct));
    }

    [Asks(Permission.HandleObjections)]
    [HttpGet("{id:long}")]
    public Task<IActionResult> ShowObjection(long id, CancellationToken ct) => ShownAsync(id, new ObjectionDecision(), ct);

    [Asks(Permission.HandleObjections)]
    [HttpPost("{id:long}/decide")]
    public async Task<IActionResult> DecideObjection(long id, ObjectionDecision form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new DecideObjection.Command(id, form.TakeUp, form.Ground, form.Opinion, form.Reply), ct);
        return await AfterAsync(id, form, outcome, form.TakeUp ? T["已受理；涉及的项目已退出批次，转管理机构复核"] : T["不予受理的意见已记录；异议须由另一人确认后生效"], ct);
    }

    [Asks(Permission.HandleObjections)]
    [HttpPost("{id:long}/answer")]
    public async Task<IActionResult> AnswerObjection(long id, ObjectionDecision form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new AnswerObjection.Command(id, form.Reply), ct);
        return await AfterAsync(id, form, outcome, T["已答复，提交人可凭回执查询"], ct);
    }

    [Asks(Permission.HandleObjections)]
    [HttpGet("{id:long}/file")]
    public async Task<IActionResult> OpenObjectionFile(long id, CancellationToken ct)
    {
        Outcome<OpenObjectionFile.Answer> outcome = await mediator.Send(new OpenObjectionFile.Command(id), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        Response.Headers.ContentSecurityPolicy = Harmless;
        return File(outcome.Value.Content, outcome.Value.ContentType, outcome.Value.Name);
    }

    private async Task<IActionResult> AfterAsync(long id, ObjectionDecision form, Outcome<Done> outcome, string said, CancellationToken ct)
    {
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await ShownAsync(id, form, ct);
        }

        TempData.Flash(FlashTone.Good, said);
        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/objections/{id}"));
    }

    private async Task<IActionResult> ShownAsync(long id, ObjectionDecision form, CancellationToken ct)
    {
        Outcome<ShowObjection.Answer> outcome = await mediator.Send(new ShowObjection.Command(id), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        if (form.Opinion is null && DeclineProposal.Of(outcome.Value.Objection) is { } proposal)
        {
            (form.Ground, form.Opinion, form.Reply) = (proposal.Ground, proposal.Opinion, proposal.Answer);
        }

        ViewData["Objection"] = outcome.Value;
        return View("ShowObjection", form);
    }
}

/// <summary>What the authority decides and answers.</summary>
public sealed class ObjectionDecision
{
    public bool TakeUp { get; set; }

    public string? Ground { get; set; }

    public string? Opinion { get; set; }

    public string? Reply { get; set; }
}
