using FundPool.Application.Files;
using FundPool.Application.Imports;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Features.Shared;
using FundPool.Web.Identity;
using FundPool.Web.Jobs;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Imports;

/// <summary>Files of loans and of classes: template, upload, preview, decision, result.</summary>
[Route("/imports")]
[ResponseCache(NoStore = true)]
public sealed class ImportsController(IMediator mediator, ImportSignal signal, WaitingCounts counts, TimeProvider clock, IText T) : Controller
{
    // The form round the file: its other fields, boundaries, the token.
    private const long LargestRequest = Application.Imports.UploadFile.LargestFile + (64 << 10);
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Asks(Permission.ReadLoans)]
    [HttpGet("")]
    public async Task<IActionResult> ListImports(string? state, string? kind, int? bank, long? after, CancellationToken ct)
    {
        ListImports.Query query = new(
            ImportWords.States.Contains(state) ? state : null, kind is "loans" or "classes" ? kind : null, bank, after);
        return View("ListImports", new ImportList(query, await mediator.Send(query, ct)));
    }

    [Asks(Permission.RegisterLoans)]
    [HttpGet("upload")]
    public Task<IActionResult> UploadFile(string? kind, CancellationToken ct) =>
        UploadPageAsync(new UploadForm { Kind = kind == "classes" ? ImportKind.Classes : ImportKind.Loans }, ct);

    [Asks(Permission.RegisterLoans)]
    [HttpPost("upload")]
    [RequestSizeLimit(LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
    public async Task<IActionResult> UploadFile(UploadForm form, CancellationToken ct)
    {
        if (form.File is null)
        {
            ModelState.AddModelError("file", T["请选择要上传的文件"]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await UploadPageAsync(form, ct);
        }

        string? reason = form is { Kind: ImportKind.Loans, Legacy: true } ? form.LegacyReason ?? "" : null;
        if (reason is not null && string.IsNullOrWhiteSpace(reason))
        {
            ModelState.AddModelError("LegacyReason", T["补录须写明理由"]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await UploadPageAsync(form, ct);
        }

        await using Stream content = form.File.OpenReadStream();
        Outcome<UploadFile.Answer> outcome = await mediator.Send(
            new UploadFile.Command(form.Kind, content, Path.GetFileName(form.File.FileName), Clock.Today(clock), reason, form.Kind == ImportKind.Loans && form.AllOrNothing), ct);
        if (!outcome.Succeeded)
        {
            ModelState.AddProblems(outcome.Problems, T);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await UploadPageAsync(form, ct);
        }

        signal.Raise();
        return LocalRedirect($"/imports/{SignedIn.Of(HttpContext)!.Session.OrganisationId}/{outcome.Value.Batch}");
    }

    [Asks(Permission.RegisterLoans)]
    [HttpGet("template")]
    public IActionResult DownloadTemplate(string? kind, int? quarter)
    {
        bool classes = kind == "classes";
        string bank = SignedIn.Of(HttpContext)!.Session.OrganisationName;
        string period = classes ? Clock.Today(clock).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : quarter is { } q && q % 10 is >= 1 and <= 4 && q / 10 is >= 2019 and <= 2100 ? T.Quarter(q) : "";
        if (period.Length == 0)
        {
            return NotFound();
        }

        FileStream file = TemporaryFile.Create();
        ImportTemplates.Write(classes ? ImportKind.Classes : ImportKind.Loans, file, bank, period, T.IsEnglish);
        file.Position = 0;
        return File(file, Xlsx, classes ? T["分类报告模板-{0}.xlsx", period] : T["贷款登记模板-{0}.xlsx", period]);
    }

    [Asks(Permission.ReadLoans)]
    [HttpGet("{bank:int}/{batch:long}")]
    public async Task<IActionResult> ShowImport(int bank, long batch, CancellationToken ct)
    {
        Outcome<ShowImport.Answer> outcome = await mediator.Send(new ShowImport.Query(bank, batch), ct);
        return outcome.Succeeded ? View("ShowImport", outcome.Value) : NotFound();
    }

    [Asks(Permission.ReadLoans)]
    [Unattended]
    [HttpGet("{bank:int}/{batch:long}/progress")]
    public async Task<IActionResult> ShowProgress(int bank, long batch, CancellationToken ct)
    {
        Outcome<ShowImport.Answer> outcome = await mediator.Send(new ShowImport.Query(bank, batch), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        if (outcome.Value.Batch.State is not ("checking" or "registering"))
        {
            Response.Headers["HX-Refresh"] = "true";
            counts.Forget(bank);
        }

        return PartialView("_Progress", outcome.Value);
    }

    [Asks(Permission.RegisterLoans)]
    [HttpPost("{bank:int}/{batch:long}/decide")]
    public async Task<IActionResult> DecideImport(int bank, long batch, bool register, CancellationToken ct)
    {
        if (bank != SignedIn.Of(HttpContext)!.Session.OrganisationId)
        {
            return NotFound();
        }

        Outcome<Done> outcome = await mediator.Send(new DecideImport.Command(batch, register), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        counts.Forget(bank);
        if (outcome.Refusal is { } refusal)
        {
            ModelState.AddModelError("", T.Of(refusal.Words));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowImport(bank, batch, ct);
        }

        signal.Raise();
        if (!register)
        {
            TempData.Flash(FlashTone.Info, T["已放弃该批次，没有登记任何一行"]);
        }

        return LocalRedirect($"/imports/{bank}/{batch}");
    }

    [Asks(Permission.ReadLoans)]
    [HttpGet("{bank:int}/{batch:long}/file")]
    public Task<IActionResult> OpenImportFile(int bank, long batch, CancellationToken ct) => OpenAsync(bank, batch, errors: false, ct);

    [Asks(Permission.ReadLoans)]
    [HttpGet("{bank:int}/{batch:long}/errors")]
    public Task<IActionResult> OpenErrorWorkbook(int bank, long batch, CancellationToken ct) => OpenAsync(bank, batch, errors: true, ct);

    private async Task<IActionResult> OpenAsync(int bank, long batch, bool errors, CancellationToken ct)
    {
        Outcome<OpenImportFile.Answer> outcome = await mediator.Send(new OpenImportFile.Command(bank, batch, errors), ct);
        return outcome.Succeeded ? File(outcome.Value.Content, errors ? Xlsx : "application/octet-stream", outcome.Value.Name) : NotFound();
    }

    private async Task<IActionResult> UploadPageAsync(UploadForm form, CancellationToken ct)
    {
        ViewData["Upload"] = await mediator.Send(new ShowUpload.Query(), ct);
        return View("UploadFile", form);
    }
}

/// <summary>The list with what it is narrowed to.</summary>
public sealed record ImportList(ListImports.Query Query, ListImports.Answer Answer);

public sealed class UploadForm
{
    public ImportKind Kind { get; set; }

    public IFormFile? File { get; set; }

    public bool Legacy { get; set; }

    public string? LegacyReason { get; set; }

    public bool AllOrNothing { get; set; }
}
