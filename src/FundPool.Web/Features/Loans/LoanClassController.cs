using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FundPool.Web.Features.Loans;

/// <summary>A bank reports the class of one loan: first what it would change, then the deed.</summary>
[Route("/loans/{bank:int}/{id:long}/classify")]
[ResponseCache(NoStore = true)]
public sealed class LoanClassController(IMediator mediator, IText T) : Controller
{
    [Asks(Permission.ReportClassifications)]
    [HttpGet("")]
    public async Task<IActionResult> ReportClassification(int bank, long id, CancellationToken ct) => await FormAsync(bank, id, null, ct);

    /// <summary>Looks at the effect; the confirmed form is kept.</summary>
    [Asks(Permission.ReportClassifications)]
    [HttpPost("")]
    public async Task<IActionResult> ReportClassification(int bank, long id, ClassForm form, CancellationToken ct)
    {
        if (SignedIn.Of(HttpContext)?.Acting.Bank != bank)
        {
            return NotFound();
        }

        if (form.Step == ClassStep.Change || !ModelState.IsValid)
        {
            Response.StatusCode = ModelState.IsValid ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
            return await FormAsync(bank, id, form, ct);
        }

        Money? outstanding = form.Outstanding is { } yuan && yuan * 100m == decimal.Truncate(yuan * 100m) && Math.Abs(yuan) < 10_000_000_000_000m ? Money.FromYuan(yuan) : null;
        if (form.Outstanding is not null && outstanding is null)
        {
            ModelState.AddModelError(nameof(form.Outstanding), T["金额最多两位小数"]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await FormAsync(bank, id, form, ct);
        }

        Outcome<ReportClassification.Effect> outcome = await mediator.Send(
            new ReportClassification.Command(id, form.RiskClass ?? "", form.ValueDate, outstanding, form.OverdueDays, form.Step == ClassStep.Keep), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await FormAsync(bank, id, form, ct);
        }

        if (form.Step == ClassStep.Keep)
        {
            TempData.Flash(FlashTone.Good, T["已报告风险分类"]);
            return LocalRedirect($"/loans/{bank}/{id}");
        }

        form.Effect = outcome.Value;
        return await FormAsync(bank, id, form, ct);
    }

    private async Task<IActionResult> FormAsync(int bank, long id, ClassForm? form, CancellationToken ct)
    {
        Outcome<ShowLoan.Answer> outcome = SignedIn.Of(HttpContext)?.Acting.Bank == bank ? await mediator.Send(new ShowLoan.Query(bank, id), ct) : default(NotFound);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        ViewData["Loan"] = outcome.Value;
        if (form is null)
        {
            long left = outcome.Value.Loan.OutstandingFen ?? outcome.Value.Loan.PrincipalFen;
            form = new ClassForm { Outstanding = left / 100m };
        }

        return View("/Features/Loans/ReportClassification.cshtml", form);
    }
}

public enum ClassStep
{
    Look,
    Change,
    Keep,
}

public sealed class ClassForm
{
    public string? RiskClass { get; set; }

    public DateOnly? ValueDate { get; set; }

    public decimal? Outstanding { get; set; }

    public int? OverdueDays { get; set; }

    public ClassStep Step { get; set; }

    /// <summary>What the report would change, once it was asked.</summary>
    [BindNever]
    public ReportClassification.Effect? Effect { get; set; }
}
