using System.Globalization;
using FundPool.Application.Compensation;
using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Compensation;

/// <summary>Many claims at once from a file: template, upload, preview, confirmation.</summary>
[Route("/claims/import")]
[ResponseCache(NoStore = true)]
public sealed class ClaimFilesController(IMediator mediator, IText T) : Controller
{
    // The form round the file: boundaries, the token.
    private const long LargestRequest = ClaimFile.LargestFile + (64 << 10);
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Asks(Permission.MakeClaims)]
    [HttpGet("")]
    public IActionResult UploadClaimFile() => View("/Features/Compensation/UploadClaimFile.cshtml");

    [Asks(Permission.MakeClaims)]
    [HttpPost("")]
    [RequestSizeLimit(LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
    public async Task<IActionResult> UploadClaimFile(IFormFile? file, CancellationToken ct)
    {
        await using Stream content = file?.OpenReadStream() ?? Stream.Null;
        Outcome<long> outcome = await mediator.Send(new UploadClaimFile.Command(content, Path.GetFileName(file?.FileName ?? "")), ct);
        return this.WhyNot(outcome, T, UploadClaimFile)
            ?? LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/claims/import/{SignedIn.Of(HttpContext)!.Session.OrganisationId}/{outcome.Value}"));
    }

    [Asks(Permission.MakeClaims)]
    [HttpGet("template")]
    public IActionResult DownloadTemplate()
    {
        FileStream file = TemporaryFile.Create();
        ClaimFile.WriteTemplate(file, SignedIn.Of(HttpContext)!.Session.OrganisationName, T.IsEnglish);
        file.Position = 0;
        return File(file, Xlsx, T["补偿申请模板.xlsx"]);
    }

    [Asks(Permission.MakeClaims)]
    [HttpGet("{bank:int}/{file:long}")]
    public Task<IActionResult> PreviewClaimFile(int bank, long file, CancellationToken ct) => ShownAsync(bank, file, ct);

    [Asks(Permission.MakeClaims)]
    [HttpGet("{bank:int}/{file:long}/errors")]
    public async Task<IActionResult> OpenClaimFileErrors(int bank, long file, CancellationToken ct)
    {
        if (bank != Own)
        {
            return NotFound();
        }

        Outcome<OpenClaimFileErrors.Answer> outcome = await mediator.Send(new OpenClaimFileErrors.Query(file, T.IsEnglish), ct);
        return outcome.Succeeded ? File(outcome.Value.Content, Xlsx, outcome.Value.Name) : NotFound();
    }

    [Asks(Permission.MakeClaims)]
    [HttpPost("{bank:int}/{file:long}")]
    public async Task<IActionResult> TakeClaimFile(int bank, long file, string? shown, CancellationToken ct)
    {
        if (bank != Own)
        {
            return NotFound();
        }

        Outcome<int> outcome = await mediator.Send(new TakeClaimFile.Command(file, shown), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await ShownAsync(bank, file, ct);
        }

        TempData.Flash(FlashTone.Good, T["已建立 {0} 项申请草稿，请逐项上传材料后送复核", outcome.Value]);
        return LocalRedirect("/claims?group=draft");
    }

    private int Own => SignedIn.Of(HttpContext)?.Acting.Bank ?? 0;

    // A file that can't be read as claims is none of these pages' files.
    private async Task<IActionResult> ShownAsync(int bank, long file, CancellationToken ct)
    {
        if (bank != Own)
        {
            return NotFound();
        }

        Outcome<ClaimFile.Reading> outcome = await mediator.Send(new PreviewClaimFile.Query(file), ct);
        return outcome.Succeeded ? View("/Features/Compensation/PreviewClaimFile.cshtml", outcome.Value) : NotFound();
    }
}
