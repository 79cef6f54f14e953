using System.Globalization;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Notices;

/// <summary>Public notices from the draft to their end, as the pool's institutions and banks see them.</summary>
[Route("/notices")]
public sealed class NoticesController(IMediator mediator, IText T) : Controller
{
    [Asks(Permission.ReadClaims)]
    [HttpGet("")]
    public async Task<IActionResult> ListNotices(CancellationToken ct) => View("ListNotices", await mediator.Send(new ListNotices.Query(), ct));

    [Asks(Permission.PrepareNotices)]
    [HttpGet("/batches/{id:long}/notice")]
    public async Task<IActionResult> DraftNotice(long id, CancellationToken ct)
    {
        Outcome<PreviewNotice.Answer> preview = await mediator.Send(new PreviewNotice.Query(id, null), ct);
        return preview.Succeeded ? Form(NoticeForm.Of(preview.Value.Fields), preview.Value, $"/batches/{id}/notice") : NotFound();
    }

    [Asks(Permission.PrepareNotices)]
    [HttpPost("/batches/{id:long}/notice")]
    public async Task<IActionResult> DraftNotice(long id, NoticeForm form, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new DraftNotice.Command(id, form.Fields), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, T["公示稿已保存，请核对预览后由负责人发布"]);
            return Notice(outcome.Value);
        }

        return await AgainAsync(outcome, id, form, $"/batches/{id}/notice", ct);
    }

    /// <summary>The preview beside the form, renewed while one types; the end of the period is reckoned with it.</summary>
    [Asks(Permission.PrepareNotices)]
    [HttpPost("/batches/{id:long}/notice/preview")]
    public async Task<IActionResult> PreviewNotice(long id, NoticeForm form, CancellationToken ct)
    {
        Outcome<PreviewNotice.Answer> preview = await mediator.Send(new PreviewNotice.Query(id, form.Fields), ct);
        return preview.Succeeded ? PartialView("_Preview", preview.Value) : NotFound();
    }

    [Asks(Permission.ReadClaims)]
    [HttpGet("{id:long}")]
    public Task<IActionResult> ShowNotice(long id, CancellationToken ct) => ShownAsync(id, ct);

    [Asks(Permission.PrepareNotices)]
    [HttpGet("{id:long}/edit")]
    public async Task<IActionResult> EditNotice(long id, CancellationToken ct)
    {
        Outcome<ShowNotice.Answer> shown = await mediator.Send(new ShowNotice.Query(id), ct);
        if (!shown.Succeeded || shown.Value.Notice is not { State: "draft" } notice)
        {
            return NotFound();
        }

        NoticeForm form = NoticeForm.Of(new NoticeFields(notice.Title, notice.Basis, notice.Consult, notice.Object, notice.WorkingDays));
        (form.CorrectionReason, form.IsCorrection) = (notice.CorrectionReason, notice.ReplacesId is not null);
        Outcome<PreviewNotice.Answer> preview = await mediator.Send(new PreviewNotice.Query(notice.BatchId, form.Fields), ct);
        return preview.Succeeded ? Form(form, preview.Value, $"/notices/{id}/edit") : NotFound();
    }

    [Asks(Permission.PrepareNotices)]
    [HttpPost("{id:long}/edit")]
    public async Task<IActionResult> EditNotice(long id, NoticeForm form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new EditNotice.Command(id, form.Fields, form.CorrectionReason), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, T["公示稿已修改"]);
            return Notice(id);
        }

        Outcome<ShowNotice.Answer> shown = outcome.IsNotFound ? default(NotFound) : await mediator.Send(new ShowNotice.Query(id), ct);
        return shown.Succeeded ? await AgainAsync(outcome, shown.Value.Notice.BatchId, form, $"/notices/{id}/edit", ct) : NotFound();
    }

    /// <summary>Asks for the code before anything is read and decided.</summary>
    [Asks(Permission.PublishNotices)]
    [AsksFreshCode]
    [HttpGet("{id:long}/publish")]
    public async Task<IActionResult> PublishNotice(long id, CancellationToken ct)
    {
        Outcome<ShowNotice.Answer> shown = await mediator.Send(new ShowNotice.Query(id), ct);
        return shown.Succeeded && shown.Value.Notice.State == "draft" ? View("PublishNotice", shown.Value) : NotFound();
    }

    [Asks(Permission.PublishNotices)]
    [AsksFreshCode]
    [HttpPost("{id:long}/publish")]
    public async Task<IActionResult> PublishNotice(long id, int version, int batchVersion, string? reason, CancellationToken ct)
    {
        Outcome<string> outcome = await mediator.Send(new PublishNotice.Command(id, version, batchVersion, reason), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, T["已发布公示 {0}", outcome.Value]);
            return Notice(id);
        }

        Outcome<ShowNotice.Answer> shown = outcome.IsNotFound ? default(NotFound) : await mediator.Send(new ShowNotice.Query(id), ct);
        if (!shown.Succeeded)
        {
            return NotFound();
        }

        this.WhyNot(outcome, T, NoContent);
        ViewData["Reason"] = reason;
        return View(shown.Value.Notice.State == "draft" ? "PublishNotice" : "ShowNotice", shown.Value);
    }

    [Asks(Permission.PrepareNotices)]
    [HttpPost("{id:long}/correct")]
    public async Task<IActionResult> CorrectNotice(long id, string? reason, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new CorrectNotice.Command(id, reason), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, T["已拟更正稿，请修改后由负责人发布；原公示在更正发布前仍然有效"]);
            return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/notices/{outcome.Value}/edit"));
        }

        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        this.WhyNot(outcome, T, NoContent);
        ViewData["Reason"] = reason;
        return await ShownAsync(id, ct);
    }

    private async Task<IActionResult> ShownAsync(long id, CancellationToken ct)
    {
        Outcome<ShowNotice.Answer> outcome = await mediator.Send(new ShowNotice.Query(id), ct);
        return outcome.Succeeded ? View("ShowNotice", outcome.Value) : NotFound();
    }

    private async Task<IActionResult> AgainAsync<T1>(Outcome<T1> outcome, long batch, NoticeForm form, string action, CancellationToken ct)
    {
        Outcome<PreviewNotice.Answer> preview = outcome.IsNotFound ? default(NotFound) : await mediator.Send(new PreviewNotice.Query(batch, form.Fields), ct);
        if (!preview.Succeeded)
        {
            return NotFound();
        }

        this.WhyNot(outcome, T, NoContent);
        return Form(form, preview.Value, action);
    }


    private ViewResult Form(NoticeForm form, PreviewNotice.Answer preview, string action)
    {
        ViewData["Preview"] = preview;
        ViewData["Action"] = action;
        return View("DraftNotice", form);
    }

    private LocalRedirectResult Notice(long id) => LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/notices/{id}"));
}

/// <summary>What is typed into a notice.</summary>
public sealed class NoticeForm
{
    public string? Title { get; set; }

    public string? Basis { get; set; }

    public string? Consult { get; set; }

    public string? Object { get; set; }

    public int? WorkingDays { get; set; }

    public string? CorrectionReason { get; set; }

    public bool IsCorrection { get; set; }

    internal NoticeFields Fields => new(Title, Basis, Consult, Object, WorkingDays);

    internal static NoticeForm Of(NoticeFields fields) =>
        new() { Title = fields.Title, Basis = fields.Basis, Consult = fields.Consult, Object = fields.Object, WorkingDays = fields.WorkingDays };
}
