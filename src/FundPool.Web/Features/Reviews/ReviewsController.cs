using System.Globalization;
using System.Text.Json;
using FundPool.Application.Compensation;
using FundPool.Application.Drafts;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reviews;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Reviews;

/// <summary>The reviewer's side of a claim: the inbox, the page on which an officer proposes and a chief decides, many at once.</summary>
[Route("/reviews")]
[ResponseCache(NoStore = true)]
public sealed class ReviewsController(IMediator mediator, IText T) : Controller
{
    private bool MayPropose => SignedIn.Of(HttpContext)!.Permissions.Contains(Permission.ReviewClaims);

    private bool MayDecide => SignedIn.Of(HttpContext)!.Permissions.Contains(Permission.DecideReviews);

    [Asks(Permission.ReadClaims)]
    [HttpGet("")]
    public async Task<IActionResult> ListReviews(ReviewListQuery query, CancellationToken ct)
    {
        if (SignedIn.Of(HttpContext)!.Session.Kind == OrganisationKind.Bank)
        {
            return NotFound();
        }

        ListReviews.Query asked = query.For(MayDecide && !MayPropose ? ReviewTray.Chief : ReviewTray.Officer);
        return View("ListReviews", new ReviewListView(query, asked, await mediator.Send(asked, ct), MayPropose, MayDecide));
    }

    [Asks(Permission.ReviewClaims)]
    [HttpPost("propose")]
    public async Task<IActionResult> ProposeWholeApprovals(ManyForm form, CancellationToken ct) =>
        Many(await mediator.Send(new ProposeWholeApprovals.Command(form.Refs, form.Opinion), ct), ReviewTray.Officer);

    [Asks(Permission.DecideReviews)]
    [HttpPost("consent")]
    public async Task<IActionResult> ConsentToWholeApprovals(ManyForm form, CancellationToken ct) =>
        Many(await mediator.Send(new ConsentToWholeApprovals.Command(form.Refs, form.Opinion), ct), ReviewTray.Chief);

    [Asks(Permission.ReadClaims)]
    [HttpGet("{bank:int}/{id:long}")]
    public async Task<IActionResult> ShowReview(int bank, long id, CancellationToken ct)
    {
        Draft? draft = MayPropose ? await DraftAsync(bank, id, ct) : null;
        ViewData["Draft"] = draft;
        ReviewForm? kept = draft is null ? null : JsonSerializer.Deserialize<ReviewForm>(draft.Body, CorrectionContent.Json);
        return await ShownAsync(bank, id, kept ?? new ReviewForm(), null, ct);
    }

    [Asks(Permission.ReviewClaims)]
    [HttpPost("{bank:int}/{id:long}")]
    public async Task<IActionResult> ProposeReview(int bank, long id, ReviewForm form, CancellationToken ct)
    {
        if (await DeskAsync(bank, id, ct) is not { } desk)
        {
            return NotFound();
        }

        form.Completed(desk);
        Outcome<long> outcome = await mediator.Send(new ProposeReview.Command(bank, id, form.Version, form.Proposal, form.DeductionList, form.MarkList,
            form.GroundsBy(desk.At.Rulebooks.Home), form.LackList, form.Opinion?.Trim()), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, T["已提交审核意见，等待审定"]);
            return LocalRedirect("/reviews");
        }

        Complain(outcome, form);
        return outcome.IsNotFound ? NotFound() : await ShownAsync(bank, id, form, null, ct);
    }

    /// <summary>What the findings take off, entered into the lines of the deductions.</summary>
    [Asks(Permission.ReviewClaims)]
    [HttpPost("{bank:int}/{id:long}/figure")]
    public async Task<IActionResult> FigureDeductions(int bank, long id, ReviewForm form, CancellationToken ct)
    {
        Outcome<FigureDeductions.Answer> outcome = await mediator.Send(new FigureDeductions.Query(bank, id, form.Found, form.MarkList), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            Complain(outcome, form);
            return await ShownAsync(bank, id, form, null, ct);
        }

        foreach (FundPool.Domain.Compensation.FoundDeduction found in outcome.Value.Deductions)
        {
            DeductionField? line = form.Deductions.Find(d => d.Code == found.Code);
            if (line is null)
            {
                form.Deductions.Add(line = new DeductionField { Code = found.Code });
            }

            line.Amount = found.Amount > Money.Zero ? found.Amount.Yuan : null;
            line.Reason = found.Amount > Money.Zero ? string.IsNullOrWhiteSpace(line.Reason) ? ReasonOf(found.Code, form) : line.Reason : null;
        }

        // The lines show what was reckoned, not what was posted.
        ModelState.Clear();
        form.Proposal = "approve";
        return await ShownAsync(bank, id, form, outcome.Value, ct);
    }

    [Asks(Permission.ReviewClaims)]
    [HttpPost("{bank:int}/{id:long}/draft")]
    public async Task<IActionResult> KeepReviewDraft(int bank, long id, ReviewForm form, [FromForm(Name = "draft_version")] int version, CancellationToken ct)
    {
        string body = JsonSerializer.Serialize(form, CorrectionContent.Json);
        if (body.Length > KeepDraft.LongestBody || await DeskAsync(bank, id, ct) is null)
        {
            return BadRequest();
        }

        KeepDraft.Answer kept = await mediator.Send(new KeepReviewDraft.Command(bank, id, body, version), ct);
        return kept.Conflict ? Conflict() : Json(new { version = kept.Version });
    }

    [Asks(Permission.DecideReviews)]
    [HttpPost("{bank:int}/{id:long}/decide")]
    public async Task<IActionResult> DecideReview(int bank, long id, ConsentForm form, CancellationToken ct)
    {
        Outcome<string> outcome = await mediator.Send(new DecideReview.Command(bank, id, form.Review, form.Consent, form.ChiefOpinion), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            ViewData["Consent"] = form;
            return await ShownAsync(bank, id, new ReviewForm(), null, ct);
        }

        TempData.Flash(FlashTone.Good, form.Consent ? T["已审定，该申请现为“{0}”", T.StateOf(outcome.Value)] : T["已退回初审"]);
        return LocalRedirect("/reviews?tray=Chief");
    }

    private Task<Draft?> DraftAsync(int bank, long id, CancellationToken ct) => mediator.Send(new ReadReviewDraft.Query(bank, id), ct);

    private async Task<ReviewDesk?> DeskAsync(int bank, long id, CancellationToken ct) =>
        await mediator.Send(new ShowReview.Query(bank, id), ct) is { Succeeded: true } shown ? shown.Value.Desk : null;

    private string ReasonOf(string code, ReviewForm form) => code switch
    {
        "balance_lower" => T["核定本金余额 {0} 元", Yuan(form.FoundPrincipal)],
        "step_higher" => T["核定当期贷款余额合计 {0} 元", Yuan(form.FoundBalance)],
        "qualification_not_valid" => T["资质证明在借据日期无效或缺失"],
        _ => T["未提供有效的贷款特征证明"],
    };

    private static string Yuan(decimal? value) => (value ?? 0).ToString("#,##0.00", CultureInfo.InvariantCulture);

    private void Complain<TAnswer>(Outcome<TAnswer> outcome, ReviewForm form) => this.WhyNot(Renamed(outcome, form), T, NoContent);

    private static Outcome<bool> Renamed<TAnswer>(Outcome<TAnswer> outcome, ReviewForm form) =>
        outcome.Refusal is { } refusal ? refusal
        : outcome.IsNotFound ? default(NotFound)
        : outcome.Problems.Select(problem => problem with { Field = form.FieldOf(problem.Field) }).ToList();

    private IActionResult Many(Outcome<ManyDone> outcome, ReviewTray tray)
    {
        if (!outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Bad, outcome.Problems.Count > 0 ? T.Of(outcome.Problems[0].Message) : T.Of(outcome.Refusal!.Words));
            return LocalRedirect($"/reviews?tray={tray}");
        }

        ViewData["Tray"] = tray;
        return View("ManyDone", outcome.Value);
    }

    private async Task<IActionResult> ShownAsync(int bank, long id, ReviewForm form, FigureDeductions.Answer? figured, CancellationToken ct)
    {
        Outcome<ShowReview.Answer> outcome = await mediator.Send(new ShowReview.Query(bank, id), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        Outcome<ShowClaim.Answer> claim = await mediator.Send(new ShowClaim.Query(bank, id), ct);
        if (!claim.Succeeded)
        {
            return NotFound();
        }

        ViewData["Claim"] = claim.Value;
        ViewData["Review"] = outcome.Value;
        ViewData["Figured"] = figured;
        form.Version = outcome.Value.Desk.Claim.RowVersion;
        return View("ShowReview", form.Completed(outcome.Value.Desk));
    }
}
