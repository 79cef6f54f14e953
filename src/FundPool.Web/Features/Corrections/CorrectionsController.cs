using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Corrections;

/// <summary>Corrections of registered loans: the queue, one with what it would change, the decision, taking it back.</summary>
[Route("/corrections")]
public sealed class CorrectionsController(IMediator mediator, IText T) : Controller
{
    [Asks(Permission.ReadLoans)]
    [HttpGet("")]
    public async Task<IActionResult> ListCorrections(bool all, CancellationToken ct)
    {
        ViewData["All"] = all;
        return View("ListCorrections", await mediator.Send(new ListCorrections.Query(!all), ct));
    }

    [Asks(Permission.ReadLoans)]
    [HttpGet("{bank:int}/{id:long}")]
    public async Task<IActionResult> ShowCorrection(int bank, long id, CancellationToken ct) => await ShownAsync(bank, id, new DecisionForm(), ct);

    [Asks(Permission.DecideCorrections)]
    [HttpPost("{bank:int}/{id:long}")]
    public async Task<IActionResult> DecideCorrection(int bank, long id, DecisionForm form, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new DecideCorrection.Command(bank, id, form.Consent, form.Opinion), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await ShownAsync(bank, id, form, ct);
        }

        TempData.Flash(FlashTone.Good, form.Consent ? T["已同意更正，登记内容已更新并重新认定"] : T["已退回更正申请"]);
        return LocalRedirect("/corrections");
    }

    [Asks(Permission.ProposeCorrections)]
    [HttpPost("{bank:int}/{id:long}/withdraw")]
    public async Task<IActionResult> WithdrawCorrection(int bank, long id, CancellationToken ct)
    {
        if (SignedIn.Of(HttpContext)?.Acting.Bank != bank)
        {
            return NotFound();
        }

        Outcome<long> outcome = await mediator.Send(new WithdrawCorrection.Command(id), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await ShownAsync(bank, id, new DecisionForm(), ct);
        }

        TempData.Flash(FlashTone.Good, T["已撤回更正申请"]);
        return LocalRedirect($"/loans/{bank}/{outcome.Value}");
    }

    private async Task<IActionResult> ShownAsync(int bank, long id, DecisionForm form, CancellationToken ct)
    {
        Outcome<ShowCorrection.Answer> outcome = await mediator.Send(new ShowCorrection.Query(bank, id), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        ViewData["Correction"] = outcome.Value;
        return View("DecideCorrection", form);
    }
}

public sealed class DecisionForm
{
    public bool Consent { get; set; }

    public string? Opinion { get; set; }
}
