using FundPool.Application.Pipeline;
using FundPool.Application.Views;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Views;

/// <summary>Saved views of the list of loans: in a menu of the list, or as a page of their own without script.</summary>
[Route("/loans/views")]
public sealed class ViewsController(IMediator mediator, IText T) : Controller
{
    private const string Loans = "loans";

    [Asks(Permission.ReadLoans)]
    [HttpGet("")]
    public async Task<IActionResult> ListViews(CancellationToken ct) => await ShownAsync(new SaveViewForm { Query = Plain(Request.QueryString.Value) }, ct);

    [Asks(Permission.ReadLoans)]
    [HttpPost("")]
    public async Task<IActionResult> SaveView(SaveViewForm form, CancellationToken ct)
    {
        Outcome<int> outcome = await mediator.Send(new SaveView.Command(Loans, form.Name, Plain(form.Query), form.Shared), ct);
        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await ShownAsync(form, ct);
        }

        TempData.Flash(FlashTone.Good, T["已保存视图“{0}”", form.Name?.Trim()]);
        return LocalRedirect($"/loans{Plain(form.Query)}");
    }

    [Asks(Permission.ReadLoans)]
    [HttpPost("{id:int}/drop")]
    public async Task<IActionResult> DropView(int id, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new DropView.Command(id), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, T["已删除视图"]);
        }

        return outcome.Succeeded ? LocalRedirect("/loans") : NotFound();
    }

    // Where one is inside the list is no part of a view of it.
    private static string Plain(string? query)
    {
        string[] kept = [.. (query ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !pair.StartsWith("after=", StringComparison.Ordinal) && !pair.StartsWith("before=", StringComparison.Ordinal) && !pair.EndsWith('='))];
        return kept.Length == 0 ? "" : "?" + string.Join('&', kept);
    }

    private async Task<IActionResult> ShownAsync(SaveViewForm form, CancellationToken ct)
    {
        ViewData["Views"] = await mediator.Send(new ListViews.Query(Loans), ct);
        return Request.Headers.ContainsKey("HX-Request") ? PartialView("_Views", form) : View("ListViews", form);
    }
}

public sealed class SaveViewForm
{
    public string? Name { get; set; }

    public bool Shared { get; set; }

    public string? Query { get; set; }
}
