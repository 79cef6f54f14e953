using System.Globalization;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Features.Documents;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Compensation;

/// <summary>The documents of a claim: the checklist to be filled, each document shown or taken out.</summary>
[Route("/claims/{bank:int}/{id:long}/materials")]
public sealed class ClaimMaterialsController(IMediator mediator, IText T) : Controller
{
    // All that a claim may hold, and the form's other parts.
    private const long LargestRequest = FundPool.Application.Compensation.UploadMaterials.MostBytes + (1 << 20);

    [Asks(Permission.MakeClaims)]
    [HttpGet("")]
    public async Task<IActionResult> ListMaterials(int bank, long id, CancellationToken ct)
    {
        if (await ShownAsync(bank, id, ct) is not { } shown)
        {
            return NotFound();
        }

        return shown.State is ClaimState.Draft or ClaimState.Returned ? View("/Features/Compensation/UploadMaterials.cshtml", shown)
            : LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/claims/{bank}/{id}"));
    }

    [Asks(Permission.MakeClaims)]
    [HttpPost("")]
    [RequestSizeLimit(LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
    public async Task<IActionResult> UploadMaterials(int bank, long id, string? code, List<IFormFile>? file, CancellationToken ct)
    {
        if (await ShownAsync(bank, id, ct) is not { } shown)
        {
            return NotFound();
        }

        List<UploadMaterials.Upload> uploads = [.. (file ?? []).Select(one => new UploadMaterials.Upload(one.OpenReadStream(), one.FileName))];
        try
        {
            Outcome<int> outcome = await mediator.Send(new UploadMaterials.Command(id, code ?? "", uploads), ct);
            ViewData["Code"] = code;
            return this.WhyNot(outcome, T, () => View("/Features/Compensation/UploadMaterials.cshtml", shown)) ?? Back(bank, id, T["已上传 {0} 份", outcome.Value]);
        }
        finally
        {
            uploads.ForEach(upload => upload.Content.Dispose());
        }
    }

    [Asks(Permission.MakeClaims)]
    [HttpPost("{file:long}/withdraw")]
    public async Task<IActionResult> WithdrawMaterial(int bank, long id, long file, CancellationToken ct)
    {
        if (await ShownAsync(bank, id, ct) is not { } shown)
        {
            return NotFound();
        }

        Outcome<long> outcome = await mediator.Send(new WithdrawMaterial.Command(id, file), ct);
        return this.WhyNot(outcome, T, () => View("/Features/Compensation/UploadMaterials.cshtml", shown)) ?? Back(bank, id, T["已撤下材料"]);
    }

    /// <summary>Pictures and PDF show themselves in a page that may do nothing, anything else is taken out; each time is written down.</summary>
    [Asks(Permission.ReadClaims)]
    [HttpGet("{file:long}")]
    public async Task<IActionResult> OpenMaterial(int bank, long id, long file, bool download, CancellationToken ct)
    {
        Outcome<OpenMaterial.Answer> outcome = await mediator.Send(new OpenMaterial.Command(bank, id, file), ct);
        return outcome.Succeeded ? ForeignContent.Of(this, outcome.Value.Content, outcome.Value.Name, outcome.Value.ContentType, download) : NotFound();
    }

    private async Task<ShowClaim.Answer?> ShownAsync(int bank, long id, CancellationToken ct)
    {
        Outcome<ShowClaim.Answer> outcome = SignedIn.Of(HttpContext)?.Acting.Bank == bank ? await mediator.Send(new ShowClaim.Query(bank, id), ct) : default(NotFound);
        return outcome.Succeeded ? outcome.Value : null;
    }

    private LocalRedirectResult Back(int bank, long id, string said)
    {
        TempData.Flash(FlashTone.Good, said);
        // No fragment: a script that goes to the same address with another fragment would not load the page anew.
        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/claims/{bank}/{id}/materials"));
    }
}
