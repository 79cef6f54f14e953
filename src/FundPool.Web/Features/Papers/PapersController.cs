using System.Security.Cryptography;
using FundPool.Application.Papers;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Papers;

/// <summary>Official papers as files and as pages to print, and the page on which anybody finds out whether a paper is genuine.</summary>
public sealed class PapersController(IMediator mediator, IText T) : Controller
{
    private const long LargestFile = 20 << 20;

    [Asks(Permission.ReadClaims)]
    [HttpGet("/papers/claims/{bank:int}/{id:long}/{n:int}")]
    public async Task<IActionResult> OpenClaimForm(int bank, long id, int n, bool print, CancellationToken ct) =>
        Shown(await mediator.Send(new OpenClaimForm.Command(bank, id, n), ct), print, $"/claims/{bank}/{id}");

    [Asks(Permission.ReadClaims)]
    [HttpGet("/papers/claims/{id:long}/draft")]
    public async Task<IActionResult> PrintDraftForm(long id, bool print, CancellationToken ct) =>
        Shown(await mediator.Send(new PrintDraftForm.Query(id), ct), print, "/claims");

    [Asks(Permission.ReadClaims)]
    [HttpGet("/papers/reviews/{bank:int}/{id:long}")]
    public async Task<IActionResult> OpenReviewOpinion(int bank, long id, bool print, CancellationToken ct) =>
        Shown(await mediator.Send(new OpenReviewOpinion.Command(bank, id), ct), print, "/claims");

    [Asks(Permission.ReadPayments)]
    [HttpGet("/papers/orders/{bank:int}/{id:long}")]
    public async Task<IActionResult> OpenPaymentOrder(int bank, long id, bool print, CancellationToken ct) =>
        Shown(await mediator.Send(new OpenPaymentOrder.Command(bank, id), ct), print, $"/payment-orders/{bank}/{id}");

    [Asks(Permission.Public)]
    [AtMost(120)]
    [HttpGet("/public/{pool}/papers/{code}")]
    public async Task<IActionResult> OpenPublicPaper(string pool, string code, bool print, CancellationToken ct) =>
        Shown(await mediator.Send(new OpenPublicPaper.Query(pool, code), ct), print, $"/verify/{code}");

    [Asks(Permission.Public)]
    [AtMost(120)]
    [HttpGet("/public/{pool}/notices/{id:long}/notice.docx")]
    [HttpGet("/public/{pool}/plans/{id:long}/plan.docx")]
    public async Task<IActionResult> OpenPublicPaper(string pool, long id, bool print, CancellationToken ct)
    {
        bool plan = Request.Path.Value?.EndsWith("/plan.docx", StringComparison.Ordinal) == true;
        return Shown(await mediator.Send(new OpenPublicPaper.Query(pool, null, plan ? PaperKinds.Plan : PaperKinds.Notice, id), ct), print,
            plan ? $"/public/{pool}/plans" : $"/public/{pool}/notices/{id}");
    }

    /// <summary>The address that the code on a paper leads to; without a code, the question for one.</summary>
    [Asks(Permission.Public)]
    [AtMost(120)]
    [HttpGet("/verify")]
    [HttpGet("/verify/{code}")]
    public async Task<IActionResult> VerifyPaper(string? code, CancellationToken ct) =>
        View("VerifyPaper", new Verification(code, await mediator.Send(new VerifyPaper.Query(code), ct), null, null));

    /// <summary>The same with a file to compare; its digest is taken as it passes, nothing of it is kept.</summary>
    [Asks(Permission.Public)]
    [AtMost(20)]
    [HttpPost("/verify/{code}")]
    [RequestSizeLimit(LargestFile)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestFile)]
    public async Task<IActionResult> VerifyPaper(string code, IFormFile? file, CancellationToken ct)
    {
        VerifyPaper.Answer answer = await mediator.Send(new VerifyPaper.Query(code), ct);
        if (file is null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            ModelState.AddModelError("file", T["请选择要比对的文件"]);
            return View("VerifyPaper", new Verification(code, answer, null, null));
        }

        await using Stream content = file.OpenReadStream();
        string digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
        return View("VerifyPaper", new Verification(code, answer, file.FileName, digest));
    }

    private IActionResult Shown(Outcome<PaperFile> outcome, bool print, string back)
    {
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (outcome.Refusal is { } refusal)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View("PaperNotMade", refusal);
        }

        PaperFile file = outcome.Value;
        if (!print)
        {
            return File(file.Docx, DocxRenderer.ContentType, file.Name);
        }

        ViewData["Back"] = back;
        return View("PrintPaper", file);
    }
}

/// <param name="Asked">The code as it was typed.</param>
/// <param name="FileName">The file that was compared, if one was.</param>
public sealed record Verification(string? Asked, VerifyPaper.Answer Answer, string? FileName, string? Digest)
{
    public bool Same => Digest is not null && Answer.Paper?.Sha256 == Digest;
}
