using System.Globalization;
using FundPool.Application.Documents;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Documents;

/// <summary>The documents of a loan; they are shown on the loan's page.</summary>
[Route("/documents")]
public sealed class DocumentsController(IMediator mediator, IText T) : Controller
{
    // The form's other parts are small.
    private const long LargestRequest = FundPool.Application.Documents.AttachDocument.LargestFile + (1 << 20);

    [Asks(Permission.RegisterLoans)]
    [HttpPost("{bank:int}/{loan:long}")]
    [RequestSizeLimit(LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
    public async Task<IActionResult> AttachDocument(int bank, long loan, string? title, IFormFile? file, CancellationToken ct)
    {
        if (SignedIn.Of(HttpContext)?.Acting.Bank != bank)
        {
            return NotFound();
        }

        Outcome<ShowLoan.Answer> shown = await mediator.Send(new ShowLoan.Query(bank, loan), ct);
        if (!shown.Succeeded)
        {
            return NotFound();
        }

        using Stream content = file?.OpenReadStream() ?? Stream.Null;
        Outcome<long> outcome = await mediator.Send(new AttachDocument.Command(loan, content, file?.FileName ?? "", title), ct);
        return this.WhyNot(outcome, T, () => Again(shown.Value, title)) ?? Back(bank, loan, T["已上传“{0}”", title?.Trim()]);
    }

    /// <summary>Pictures and PDF show themselves, anything else is taken out; each time is written down.</summary>
    [Asks(Permission.ReadLoans)]
    [HttpGet("{bank:int}/{id:long}")]
    public async Task<IActionResult> OpenDocument(int bank, long id, bool download, CancellationToken ct)
    {
        Outcome<OpenDocument.Answer> outcome = await mediator.Send(new OpenDocument.Command(bank, id), ct);
        return outcome.Succeeded ? ForeignContent.Of(this, outcome.Value.Content, outcome.Value.Name, outcome.Value.ContentType, download) : NotFound();
    }

    [Asks(Permission.RegisterLoans)]
    [HttpPost("{bank:int}/{id:long}/withdraw")]
    public async Task<IActionResult> WithdrawDocument(int bank, long id, CancellationToken ct)
    {
        if (SignedIn.Of(HttpContext)?.Acting.Bank != bank)
        {
            return NotFound();
        }

        Outcome<long> outcome = await mediator.Send(new WithdrawDocument.Command(id), ct);
        return outcome.Succeeded ? Back(bank, outcome.Value, T["已撤下材料"]) : NotFound();
    }

    private ViewResult Again(ShowLoan.Answer loan, string? title)
    {
        ViewData["Title"] = title;
        return View("/Features/Loans/ShowLoan.cshtml", loan);
    }

    private LocalRedirectResult Back(int bank, long loan, string said)
    {
        TempData.Flash(FlashTone.Good, said);
        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/loans/{bank}/{loan}"));
    }
}
