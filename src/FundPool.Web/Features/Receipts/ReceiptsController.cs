using System.Globalization;
using FundPool.Application.Ledger;
using FundPool.Application.Pipeline;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Receipts;

/// <summary>What comes into the special account, from the paper to the entry.</summary>
[Route("/receipts")]
public sealed class ReceiptsController(IMediator mediator, IText T) : Controller
{
    [Asks(Permission.ReadLedger)]
    [HttpGet("")]
    public async Task<IActionResult> ListReceipts(bool waiting, CancellationToken ct)
    {
        ViewData["Waiting"] = waiting;
        return View("ListReceipts", await mediator.Send(new ListReceipts.Query(waiting), ct));
    }

    [Asks(Permission.EnterReceipts)]
    [HttpGet("enter")]
    public IActionResult EnterReceipt() => View("EnterReceipt", new ReceiptForm { Key = FormKey.New() });

    [Asks(Permission.EnterReceipts)]
    [HttpPost("enter")]
    public async Task<IActionResult> EnterReceipt(ReceiptForm form, CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("EnterReceipt", form);
        }

        Outcome<long> outcome = await mediator.Send(new EnterReceipt.Command(form.Kind, form.Sum is { } sum ? Money.FromYuan(decimal.Round(sum, 2)) : null, form.ReceivedOn, form.Document, form.Memo, form.Key), ct);
        return this.WhyNot(outcome, T, () => View("EnterReceipt", form)) ?? Done(outcome.Value, T["已录入，待负责人审核入账"]);
    }

    [Asks(Permission.ReadLedger)]
    [HttpGet("{id:long}")]
    public Task<IActionResult> ShowReceipt(long id, CancellationToken ct) => ShownAsync(id, new DecisionForm(), ct);

    [Asks(Permission.ApproveReceipts)]
    [HttpPost("{id:long}")]
    public async Task<IActionResult> DecideReceipt(long id, DecisionForm form, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new DecideReceipt.Command(id, form.Approve, form.Opinion), ct);
        return outcome.Succeeded ? Done(id, form.Approve ? T["已审核入账"] : T["已退回，不入账"]) : await AgainAsync(outcome, id, form, ct);
    }

    [Asks(Permission.EnterReceipts)]
    [HttpPost("{id:long}/drop")]
    public async Task<IActionResult> DropReceipt(long id, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new DropReceipt.Command(id), ct);
        return outcome.Succeeded ? Done(id, T["已撤回"]) : await AgainAsync(outcome, id, new DecisionForm(), ct);
    }

    [Asks(Permission.EnterReceipts)]
    [HttpPost("{id:long}/reverse")]
    public async Task<IActionResult> ReverseReceipt(long id, DecisionForm form, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new ReverseReceipt.Command(id, form.Reason), ct);
        return outcome.Succeeded ? Done(outcome.Value, T["已申请冲销，待负责人审核"]) : await AgainAsync(outcome, id, form, ct);
    }

    private LocalRedirectResult Done(long id, string said)
    {
        TempData.Flash(FlashTone.Good, said);
        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/receipts/{id}"));
    }

    private async Task<IActionResult> AgainAsync(Outcome<long> outcome, long id, DecisionForm form, CancellationToken ct)
    {
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        this.WhyNot(outcome, T, NoContent);
        return await ShownAsync(id, form, ct);
    }

    private async Task<IActionResult> ShownAsync(long id, DecisionForm form, CancellationToken ct)
    {
        Outcome<ShowReceipt.Answer> outcome = await mediator.Send(new ShowReceipt.Query(id), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        ViewData["Receipt"] = outcome.Value;
        return View("ShowReceipt", form);
    }
}

public sealed class ReceiptForm
{
    public string? Kind { get; set; }

    public decimal? Sum { get; set; }

    public DateOnly? ReceivedOn { get; set; }

    public string? Document { get; set; }

    public string? Memo { get; set; }

    public string? Key { get; set; }
}

public sealed class DecisionForm
{
    public bool Approve { get; set; }

    public string? Opinion { get; set; }

    public string? Reason { get; set; }
}

/// <summary>The hidden key of a form whose deed is done once, however often it is sent.</summary>
internal static class FormKey
{
    public static string New() => Guid.NewGuid().ToString("N");
}
