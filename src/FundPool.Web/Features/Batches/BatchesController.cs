using System.Globalization;
using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Batches;

/// <summary>Batches of approved claims on their way to a public notice.</summary>
[Route("/batches")]
public sealed class BatchesController(IMediator mediator, IText T, TimeProvider clock) : Controller
{
    /// <summary>A bank has no batches; it follows the notices.</summary>
    [Asks(Permission.ReadClaims)]
    [HttpGet("")]
    public async Task<IActionResult> ListBatches(CancellationToken ct) =>
        SignedIn.Of(HttpContext)!.Acting.Bank is null ? await ListedAsync(null, ct) : LocalRedirect("/notices");

    [Asks(Permission.PrepareNotices)]
    [HttpPost("")]
    public async Task<IActionResult> StartBatch(BatchForm form, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new StartBatch.Command(form.Name, form.Refs), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, T["已组成批次，下一步拟公示稿"]);
            return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/batches/{outcome.Value}"));
        }

        this.WhyNot(outcome, T, NoContent);
        return await ListedAsync(form, ct);
    }

    [Asks(Permission.ReadClaims)]
    [HttpGet("{id:long}")]
    public Task<IActionResult> ShowBatch(long id, CancellationToken ct) => ShownAsync(id, new BatchForm(), ct);

    [Asks(Permission.PrepareNotices)]
    [HttpPost("{id:long}/items")]
    public async Task<IActionResult> AddToBatch(long id, BatchForm form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new AddToBatch.Command(id, form.Refs), ct);
        return await AfterAsync(id, form, outcome, T["已列入批次"], ct);
    }

    [Asks(Permission.PrepareNotices)]
    [HttpPost("{id:long}/leave")]
    public async Task<IActionResult> TakeFromBatch(long id, BatchForm form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new TakeFromBatch.Command(id, form.Refs is [{ } one, ..] ? one : new ClaimRef(0, 0), form.Reason), ct);
        return await AfterAsync(id, form, outcome, T["已移出批次，该申请恢复为审核通过"], ct);
    }

    private async Task<IActionResult> AfterAsync(long id, BatchForm form, Outcome<Done> outcome, string said, CancellationToken ct)
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
        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/batches/{id}"));
    }

    private async Task<IActionResult> ListedAsync(BatchForm? form, CancellationToken ct)
    {
        Outcome<ListBatches.Answer> outcome = await mediator.Send(new ListBatches.Query(), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        int year = Clock.Today(clock).Year;
        ViewData["Form"] = form ?? new BatchForm { Name = T["{0}年第{1}批", year, T.Ordinal(outcome.Value.Batches.Count(row => Clock.Local(row.Batch.CreatedAt).Year == year) + 1)] };
        return View("ListBatches", outcome.Value);
    }

    private async Task<IActionResult> ShownAsync(long id, BatchForm form, CancellationToken ct)
    {
        Outcome<ShowBatch.Answer> outcome = await mediator.Send(new ShowBatch.Query(id), ct);
        ViewData["Form"] = form;
        return outcome.Succeeded ? View("ShowBatch", outcome.Value) : NotFound();
    }
}

/// <summary>What is typed and ticked on the pages of batches.</summary>
public sealed class BatchForm
{
    public string? Name { get; set; }

    /// <summary>Ticked claims, each as bank-claim.</summary>
    public string[]? Claims { get; set; }

    public string? Reason { get; set; }

    internal ClaimRef[] Refs => [.. (Claims ?? []).Select(Read).Where(claim => claim is not null).Select(claim => claim!)];

    internal static string Write(int bank, long claim) => string.Create(CultureInfo.InvariantCulture, $"{bank}-{claim}");

    private static ClaimRef? Read(string? text) => (text ?? "").Split('-') is [var bank, var claim]
        && int.TryParse(bank, NumberStyles.None, CultureInfo.InvariantCulture, out int b) && long.TryParse(claim, NumberStyles.None, CultureInfo.InvariantCulture, out long c) ? new ClaimRef(b, c) : null;
}
