using FundPool.Application.Ledger;
using FundPool.Application.Pipeline;
using FundPool.Domain.Ledger;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Ledger;

/// <summary>The pool's money: what it holds and every entry behind it.</summary>
[Route("/ledger")]
public sealed class LedgerController(IMediator mediator, IText T, TimeProvider clock) : Controller
{
    [Asks(Permission.ReadLedger)]
    [HttpGet("")]
    public async Task<IActionResult> ShowLedger(LedgerForm form, long? before, CancellationToken ct)
    {
        ViewData["Form"] = form;
        return View("ShowLedger", await mediator.Send(new ShowLedger.Query(form.Filter, before), ct));
    }

    [Asks(Permission.ReadLedger)]
    [HttpGet("entries/{id:long}")]
    public async Task<IActionResult> ShowEntry(long id, CancellationToken ct)
    {
        Outcome<ShowEntry.Answer> outcome = await mediator.Send(new ShowEntry.Query(id), ct);
        return outcome.Succeeded ? View("ShowEntry", outcome.Value) : NotFound();
    }

    [Asks(Permission.ReadLedger)]
    [HttpGet("export")]
    public async Task<IActionResult> ExportLedger(LedgerForm form, CancellationToken ct)
    {
        FileStream file = await mediator.Send(new ExportLedger.Command(form.Filter, T.IsEnglish), ct);
        return File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{T["资金账"]}-{Clock.Today(clock):yyyyMMdd}.xlsx");
    }
}

public sealed class LedgerForm
{
    public string? Kind { get; set; }

    public string? Account { get; set; }

    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    /// <summary>What the page can be narrowed to; a code that nothing has is no filter.</summary>
    public LedgerFilter Filter => new(LedgerNames.Entries.TryCode(Kind ?? "", out _) ? Kind : null, LedgerNames.Accounts.TryCode(Account ?? "", out _) ? Account : null, From, To);
}
