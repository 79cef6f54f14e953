using System.Globalization;
using FundPool.Application.Members;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Members;

/// <summary>The pool's member banks and what is decided about their status.</summary>
[Route("/members")]
[ResponseCache(NoStore = true)]
public sealed class MembersController(IMediator mediator, IText T) : Controller
{
    // The form's other parts are small.
    private const long LargestRequest = FundPool.Application.Documents.AttachDocument.LargestFile + (1 << 20);

    /// <summary>A bank is one member, itself, and lands there at once.</summary>
    [Asks(Permission.ReadStandings)]
    [HttpGet("")]
    public async Task<IActionResult> ListMembers(CancellationToken ct) =>
        SignedIn.Of(HttpContext)!.Acting.Bank is { } own ? LocalRedirect($"/members/{own}") : View("ListMembers", await mediator.Send(new ListMembers.Query(), ct));

    [Asks(Permission.ReadStandings)]
    [HttpGet("{bank:int}")]
    public Task<IActionResult> ShowMember(int bank, CancellationToken ct) => ShownAsync(bank, new StatusForm(), ct);

    [Asks(Permission.ProposeBankStatus)]
    [HttpPost("{bank:int}/status")]
    [RequestSizeLimit(LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
    public async Task<IActionResult> ProposeBankStatus(int bank, StatusForm form, IFormFile? file, CancellationToken ct)
    {
        using Stream content = file?.OpenReadStream() ?? Stream.Null;
        Outcome<long> outcome = await mediator.Send(new ProposeBankStatus.Command(bank, form.Change, form.From, form.Until, form.Reason, content, file?.FileName ?? ""), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await ShownAsync(bank, form, ct);
        }

        TempData.Flash(FlashTone.Good, T["已提出，由负责人审定后生效"]);
        return Member(bank);
    }

    /// <summary>Asks for the code before the person reads and decides.</summary>
    [Asks(Permission.DecideBankStatus)]
    [AsksFreshCode]
    [HttpGet("{bank:int}/status/{change:long}")]
    public Task<IActionResult> DecideBankStatus(int bank, long change, CancellationToken ct) => DecisionAsync(bank, change, null, ct);

    [Asks(Permission.DecideBankStatus)]
    [AsksFreshCode]
    [HttpPost("{bank:int}/status/{change:long}")]
    public async Task<IActionResult> DecideBankStatus(int bank, long change, bool consent, string? opinion, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new DecideBankStatus.Command(bank, change, consent, opinion), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await DecisionAsync(bank, change, opinion, ct);
        }

        TempData.Flash(FlashTone.Good, consent ? T["已审定，按生效日期执行"] : T["已决定不同意"]);
        return Member(bank);
    }

    [Asks(Permission.ReadStandings)]
    [HttpGet("{bank:int}/status/{change:long}/file")]
    public async Task<IActionResult> OpenBankEvidence(int bank, long change, CancellationToken ct)
    {
        Outcome<OpenBankEvidence.Answer> outcome = await mediator.Send(new OpenBankEvidence.Command(bank, change), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return File(outcome.Value.Content, outcome.Value.ContentType, outcome.Value.Name);
    }

    private async Task<IActionResult> ShownAsync(int bank, StatusForm form, CancellationToken ct)
    {
        Outcome<ShowMember.Answer> outcome = await mediator.Send(new ShowMember.Query(bank), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        ViewData["Member"] = outcome.Value;
        return View("ShowMember", form);
    }

    private async Task<IActionResult> DecisionAsync(int bank, long change, string? opinion, CancellationToken ct)
    {
        Outcome<ShowMember.Answer> outcome = await mediator.Send(new ShowMember.Query(bank), ct);
        if (!outcome.Succeeded || !outcome.Value.Changes.Any(one => one.Id == change))
        {
            return NotFound();
        }

        (ViewData["Change"], ViewData["Opinion"]) = (change, opinion);
        return View("DecideBankStatus", outcome.Value);
    }

    private LocalRedirectResult Member(int bank) => LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/members/{bank}"));
}

/// <summary>What an officer proposes for a bank.</summary>
public sealed class StatusForm
{
    public string? Change { get; set; }

    public DateOnly? From { get; set; }

    public DateOnly? Until { get; set; }

    public string? Reason { get; set; }
}
