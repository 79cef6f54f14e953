using System.Globalization;
using System.Text.Json;
using FundPool.Application.Compensation;
using FundPool.Application.Drafts;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Compensation;

/// <summary>A claim written down in three steps: what is stated, which is ruled while one types; the documents; the page that checks the answers.</summary>
[Route("/claims/{bank:int}/{id:long}")]
[ResponseCache(NoStore = true)]
public sealed class ClaimFormController(IMediator mediator, IText T, WaitingCounts counts) : Controller
{
    private const string Kind = "claim";

    [Asks(Permission.MakeClaims)]
    [HttpGet("edit")]
    public async Task<IActionResult> EditClaim(int bank, long id, CancellationToken ct) => await FormAsync(bank, id, null, ct);

    [Asks(Permission.MakeClaims)]
    [HttpPost("edit")]
    public async Task<IActionResult> SaveClaim(int bank, long id, ClaimForm form, string? next, [FromForm(Name = "draft_version")] int version, CancellationToken ct)
    {
        if (!IsOwn(bank))
        {
            return NotFound();
        }

        if (await mediator.Send(new ReadDraft.Query(Kind, Key(id)), ct) is { } kept && kept.Version > version && Read(kept)?.Window != form.Window)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.AddModelError("", T["这份申请在另一个窗口中也在填写（{0} 保存）；本窗口的内容还在，核对后再次保存将以本窗口为准", Clock.Local(kept.SavedAt).ToString("HH:mm:ss", CultureInfo.InvariantCulture)]);
            return await FormAsync(bank, id, form, ct);
        }

        Outcome<int> outcome = await mediator.Send(new SaveClaim.Command(id, form.Cells(), form.Version, form.Answers), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await FormAsync(bank, id, form, ct);
        }

        await mediator.Send(new DropDraft.Command(Kind, Key(id)), ct);
        if (next == "later")
        {
            TempData.Flash(FlashTone.Good, T["已保存，可以随时接着填写"]);
            return LocalRedirect(Here(bank, id));
        }

        return LocalRedirect(Here(bank, id) + "/materials");
    }

    /// <summary>While one types: the ruling beside the form, and what is wrong at which field.</summary>
    [Asks(Permission.MakeClaims)]
    [HttpPost("rule")]
    public async Task<IActionResult> RuleClaim(int bank, long id, ClaimForm form, CancellationToken ct)
    {
        Outcome<RuleClaim.Answer> outcome = IsOwn(bank) ? await mediator.Send(new RuleClaim.Query(id, form.Cells()), ct) : default(NotFound);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        ViewData["Problems"] = JsonSerializer.Serialize(outcome.Value.Problems.Select(problem => new { field = NameOf(problem.Field), message = T.Of(problem.Message) }), CorrectionContent.Json);
        return PartialView("/Features/Compensation/_LiveRuling.cshtml", outcome.Value);
    }

    [Asks(Permission.MakeClaims)]
    [HttpPost("draft")]
    public async Task<IActionResult> KeepDraft(int bank, long id, ClaimForm form, [FromForm(Name = "draft_version")] int version, CancellationToken ct)
    {
        string body = JsonSerializer.Serialize(form, CorrectionContent.Json);
        if (body.Length > Application.Drafts.KeepDraft.LongestBody)
        {
            return BadRequest();
        }

        if (!IsOwn(bank) || !(await mediator.Send(new ShowClaim.Query(bank, id), ct)).Succeeded)
        {
            return NotFound();
        }

        KeepDraft.Answer kept = await mediator.Send(new KeepDraft.Command(Kind, Key(id), body, version), ct);
        return kept.Conflict ? Conflict() : Json(new { version = kept.Version });
    }

    [Asks(Permission.MakeClaims)]
    [HttpPost("draft/drop")]
    public async Task<IActionResult> DropDraft(int bank, long id, CancellationToken ct)
    {
        if (!IsOwn(bank) || !(await mediator.Send(new ShowClaim.Query(bank, id), ct)).Succeeded)
        {
            return NotFound();
        }

        await mediator.Send(new DropDraft.Command(Kind, Key(id)), ct);
        return LocalRedirect(Here(bank, id) + "/edit");
    }

    /// <summary>The page that checks the answers before they go to the checker.</summary>
    [Asks(Permission.MakeClaims)]
    [HttpGet("check")]
    public async Task<IActionResult> CheckClaim(int bank, long id, CancellationToken ct)
    {
        Outcome<ShowClaim.Answer> outcome = IsOwn(bank) ? await mediator.Send(new ShowClaim.Query(bank, id), ct) : default(NotFound);
        return !outcome.Succeeded ? NotFound()
            : outcome.Value.State is ClaimState.Draft or ClaimState.Returned ? View("/Features/Compensation/CheckClaim.cshtml", outcome.Value) : Elsewhere(bank, id);
    }

    [Asks(Permission.MakeClaims)]
    [HttpPost("send")]
    public async Task<IActionResult> SendToChecker(int bank, long id, CancellationToken ct)
    {
        Outcome<long> outcome = IsOwn(bank) ? await mediator.Send(new SendToChecker.Command(id), ct) : default(NotFound);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            Outcome<ShowClaim.Answer> shown = await mediator.Send(new ShowClaim.Query(bank, id), ct);
            return shown.Value.State is ClaimState.Draft or ClaimState.Returned ? View("/Features/Compensation/CheckClaim.cshtml", shown.Value) : Elsewhere(bank, id);
        }

        counts.Forget(SignedIn.Of(HttpContext)!.Session.OrganisationId);
        TempData.Flash(FlashTone.Good, T["已送行内复核，由复核人员提交管理机构"]);
        return LocalRedirect(Here(bank, id));
    }

    private static ClaimForm? Read(Draft draft) => JsonSerializer.Deserialize<ClaimForm>(draft.Body, CorrectionContent.Json);

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Here(int bank, long id) => string.Create(CultureInfo.InvariantCulture, $"/claims/{bank}/{id}");

    private static string NameOf(string field) => string.Concat(field.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private bool IsOwn(int bank) => SignedIn.Of(HttpContext)?.Acting.Bank == bank;

    private LocalRedirectResult Elsewhere(int bank, long id)
    {
        TempData.Flash(FlashTone.Warn, T["该申请现在不能修改，请查看最新状态"]);
        return LocalRedirect(Here(bank, id));
    }

    // The form afresh: what is kept, or the draft that was left.
    private async Task<IActionResult> FormAsync(int bank, long id, ClaimForm? typed, CancellationToken ct)
    {
        Outcome<ShowClaim.Answer> outcome = IsOwn(bank) ? await mediator.Send(new ShowClaim.Query(bank, id), ct) : default(NotFound);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        ShowClaim.Answer shown = outcome.Value;
        if (shown.State is not (ClaimState.Draft or ClaimState.Returned))
        {
            return Elsewhere(bank, id);
        }

        Draft? draft = await mediator.Send(new ReadDraft.Query(Kind, Key(id)), ct);
        ClaimForm? left = draft is null ? null : Read(draft);
        if (left?.Version != shown.Claim.RowVersion)
        {
            // The claim has changed since the draft was left.
            left = null;
        }

        // What is shown again is a window of its own.
        if (left is not null)
        {
            left.Window = null;
        }

        ClaimForm form = typed ?? left ?? ClaimForm.Of(shown);
        Outcome<RuleClaim.Answer> ruling = await mediator.Send(new RuleClaim.Query(id, form.Cells()), ct);
        ViewData["Form"] = new ClaimFormView(shown, ruling.Value) { DraftSavedAt = typed is null && left is not null ? draft!.SavedAt : null, DraftVersion = draft?.Version ?? 0 };
        return View("/Features/Compensation/SaveClaim.cshtml", form);
    }
}
