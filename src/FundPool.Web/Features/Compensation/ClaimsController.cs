using System.Globalization;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Compensation;

/// <summary>Claims: the lists, one whole with its history, and what the bank does with it besides writing it.</summary>
[Route("/claims")]
[ResponseCache(NoStore = true)]
public sealed class ClaimsController(IMediator mediator, IText T, IEnumerable<IClaimSection> sections, WaitingCounts counts) : Controller
{
    [Asks(Permission.ReadClaims)]
    [HttpGet("")]
    public async Task<IActionResult> ListClaims(string? group, string? state, int? bank, string? text, bool due, string? after, string? before, CancellationToken ct)
    {
        ListClaims.Query query = new(group, state, bank, text, due, after, before);
        ViewData["Query"] = query;
        return View("/Features/Compensation/ListClaims.cshtml", await mediator.Send(query, ct));
    }

    [Asks(Permission.ReadClaims)]
    [HttpGet("awaiting")]
    public async Task<IActionResult> ListAwaitingClaims(bool missed, int? bank, string? after, CancellationToken ct)
    {
        ListAwaitingClaims.Query query = new(missed, bank, after);
        ViewData["Query"] = query;
        return View("/Features/Compensation/ListAwaitingClaims.cshtml", await mediator.Send(query, ct));
    }

    /// <summary>From a loan's page, the bank's home or the list of loans that await a claim.</summary>
    [Asks(Permission.MakeClaims)]
    [HttpPost("start")]
    public async Task<IActionResult> StartClaim([FromForm] long loan, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new StartClaim.Command(loan), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Warn, outcome.Refusal is { } refusal ? T.Of(refusal.Words) : T.Of(outcome.Problems[0].Message));
            return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/loans/{Own}/{loan}"));
        }

        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/claims/{Own}/{outcome.Value}/edit"));
    }

    [Asks(Permission.ReadClaims)]
    [HttpGet("{bank:int}/{id:long}")]
    public Task<IActionResult> ShowClaim(int bank, long id, CancellationToken ct) => ShownAsync(bank, id, new OpinionForm(), ct);

    /// <summary>Rules on a version once more and says whether the figures are the same.</summary>
    [Asks(Permission.ReadClaims)]
    [HttpGet("{bank:int}/{id:long}/versions/{version:int}")]
    public async Task<IActionResult> ReplayRuling(int bank, long id, int version, CancellationToken ct)
    {
        Outcome<ReplayRuling.Answer> outcome = await mediator.Send(new ReplayRuling.Query(bank, id, version), ct);
        return outcome.Succeeded ? View("/Features/Compensation/ReplayRuling.cshtml", outcome.Value) : NotFound();
    }

    [Asks(Permission.CheckClaims)]
    [HttpPost("{bank:int}/{id:long}/submit")]
    public async Task<IActionResult> SubmitClaim(int bank, long id, OpinionForm form, CancellationToken ct) =>
        await DoneAsync(bank, id, form, T["已提交管理机构审核"], () => mediator.Send(new SubmitClaim.Command(id, form.Opinion, form.Version), ct), ct);

    [Asks(Permission.CheckClaims)]
    [HttpPost("{bank:int}/{id:long}/give-back")]
    public async Task<IActionResult> GiveBackClaim(int bank, long id, OpinionForm form, CancellationToken ct) =>
        await DoneAsync(bank, id, form, T["已退回经办"], () => mediator.Send(new GiveBackClaim.Command(id, form.Opinion), ct), ct);

    [Asks(Permission.MakeClaims)]
    [HttpPost("{bank:int}/{id:long}/withdraw")]
    public async Task<IActionResult> WithdrawClaim(int bank, long id, OpinionForm form, CancellationToken ct) =>
        await DoneAsync(bank, id, form, T["已撤回申请"], () => mediator.Send(new WithdrawClaim.Command(id, form.Reason), ct), ct);

    [Asks(Permission.MakeClaims)]
    [HttpPost("{bank:int}/{id:long}/re-review")]
    public async Task<IActionResult> AskReReview(int bank, long id, OpinionForm form, CancellationToken ct) =>
        await DoneAsync(bank, id, form, T["已申请复核，由其他审核人员办理"], () => mediator.Send(new AskReReview.Command(id, form.Reason), ct), ct);

    /// <summary>Several at once that nothing warns of; each has its own outcome, and what is refused stays where it is.</summary>
    [Asks(Permission.CheckClaims)]
    [HttpPost("submit")]
    public async Task<IActionResult> SubmitClaims(long[] ids, CancellationToken ct)
    {
        if (ids.Length == 0)
        {
            TempData.Flash(FlashTone.Warn, T["请先勾选要提交的申请"]);
            return LocalRedirect("/claims?group=draft&state=checking");
        }

        List<SubmittedLine> lines = [];
        foreach (long id in ids.Distinct().Order().Take(Application.Compensation.ListClaims.PageSize))
        {
            Outcome<ShowClaim.Answer> shown = await mediator.Send(new ShowClaim.Query(Own, id), ct);
            if (!shown.Succeeded)
            {
                return NotFound();
            }

            Outcome<long> outcome = await mediator.Send(new SubmitClaim.Command(id, null, OnlyPlain: true), ct);
            lines.Add(new SubmittedLine(shown.Value.Claim.Number, id, outcome.Succeeded ? null
                : outcome.Refusal is { } refusal ? T.Of(refusal.Words) : string.Join(T["；"], outcome.Problems.Select(problem => T.Of(problem.Message)))));
        }

        counts.Forget(SignedIn.Of(HttpContext)!.Session.OrganisationId);
        return View("/Features/Compensation/SubmitClaims.cshtml", lines);
    }

    private int Own => SignedIn.Of(HttpContext)?.Acting.Bank ?? 0;

    private async Task<IActionResult> DoneAsync<T1>(int bank, long id, OpinionForm form, string said, Func<Task<Outcome<T1>>> deed, CancellationToken ct)
    {
        if (bank != Own)
        {
            return NotFound();
        }

        Outcome<T1> outcome = await deed();
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await ShownAsync(bank, id, form, ct);
        }

        counts.Forget(SignedIn.Of(HttpContext)!.Session.OrganisationId);
        TempData.Flash(FlashTone.Good, said);
        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/claims/{bank}/{id}"));
    }

    private async Task<IActionResult> ShownAsync(int bank, long id, OpinionForm form, CancellationToken ct)
    {
        Outcome<ShowClaim.Answer> outcome = await mediator.Send(new ShowClaim.Query(bank, id), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        ViewData["Shown"] = outcome.Value;
        ViewData["Sections"] = await sections.OfAsync(outcome.Value, SignedIn.Of(HttpContext)!, ct);
        return View("/Features/Compensation/ShowClaim.cshtml", form);
    }
}
