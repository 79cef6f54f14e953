using System.Globalization;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Loans;

/// <summary>The loan library: the list, taking it out, and one loan.</summary>
[Route("/loans")]
public sealed class LoansController(IMediator mediator, IText T, TimeProvider clock) : Controller
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Asks(Permission.ReadLoans)]
    [HttpGet("")]
    public async Task<IActionResult> ListLoans(LoanListQuery query, CancellationToken ct)
    {
        ListLoans.Page page = await mediator.Send(new ListLoans.Query(query.Filter, query.Order, query.After, query.Before), ct);
        LoanListView view = new(query, page, Clock.Today(clock));
        if (!Request.Headers.ContainsKey("HX-Request") || Request.Headers.ContainsKey("HX-History-Restore-Request"))
        {
            return View("ListLoans", view);
        }

        // As one types: the table alone, under an address without the empty fields of the form.
        Response.Headers["HX-Push-Url"] = Query.With(Request);
        return PartialView("_LoanTable", view);
    }

    [Asks(Permission.ExportLoans)]
    [HttpGet("export")]
    public async Task<IActionResult> ExportLoans(LoanListQuery query, CancellationToken ct)
    {
        IReadOnlyList<FilterChip> chips = LoanListView.Chips(T, query, new Dictionary<int, string>(), Request);
        string described = chips.Count == 0 ? T["全部贷款"] : string.Join("; ", chips.Select(chip => $"{chip.Label} {chip.Value}"));
        FileStream file = await mediator.Send(new ExportLoans.Command(query.Filter, query.Order, T.IsEnglish, described), ct);
        string moment = Clock.Local(clock.GetUtcNow()).ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);
        return File(file, Workbook, $"{T["贷款项目库"]}_{moment}.xlsx");
    }

    [Asks(Permission.ReadLoans)]
    [HttpGet("{bank:int}/{id:long}")]
    public async Task<IActionResult> ShowLoan(int bank, long id, CancellationToken ct)
    {
        Outcome<ShowLoan.Answer> outcome = await mediator.Send(new ShowLoan.Query(bank, id), ct);
        return outcome.Succeeded ? View("ShowLoan", outcome.Value) : NotFound();
    }

    /// <summary>The question of the dialog as a page, for a browser without script.</summary>
    [Asks(Permission.Unmask)]
    [HttpGet("{bank:int}/{id:long}/unmask")]
    public async Task<IActionResult> UnmaskBorrower(int bank, long id, CancellationToken ct) =>
        (await mediator.Send(new ShowLoan.Query(bank, id), ct)).Succeeded ? View("UnmaskBorrower", new UnmaskForm { Bank = bank, Id = id }) : NotFound();

    [Asks(Permission.Unmask)]
    [HttpPost("{bank:int}/{id:long}/unmask")]
    public async Task<IActionResult> UnmaskBorrower(int bank, long id, UnmaskForm form, CancellationToken ct)
    {
        Outcome<UnmaskBorrower.Answer> outcome = await mediator.Send(new UnmaskBorrower.Command(bank, id, form.Reason), ct);
        bool isScript = Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);
        if (outcome.Succeeded && isScript)
        {
            return Json(new { value = form.Name ? outcome.Value.Name : outcome.Value.Number });
        }

        form.Shown = outcome.Succeeded ? outcome.Value : null;
        return this.WhyNot(outcome, T, () => isScript ? StatusCode(Response.StatusCode) : View("UnmaskBorrower", form)) ?? View("UnmaskBorrower", form);
    }
}

public sealed class UnmaskForm
{
    public int Bank { get; set; }

    public long Id { get; set; }

    /// <summary>The name is asked for, not the number.</summary>
    public bool Name { get; set; }

    public string? Reason { get; set; }

    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public UnmaskBorrower.Answer? Shown { get; set; }
}
