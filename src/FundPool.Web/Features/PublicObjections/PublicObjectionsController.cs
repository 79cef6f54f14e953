using System.Globalization;
using FundPool.Application.Notices;
using FundPool.Application.Objections;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.PublicObjections;

/// <summary>Objections, reports and complaints of the public, and what became of them. No signing in, works without script.</summary>
[Route("/public/{pool}/objections")]
[ResponseCache(NoStore = true)]
public sealed class PublicObjectionsController(IMediator mediator, IText T, TimeProvider clock) : Controller
{
    // The form's other parts are small.
    private const long LargestRequest = FundPool.Application.Documents.AttachDocument.LargestFile + (1 << 20);

    [Asks(Permission.Public)]
    [AtMost(600, Setting = AtMostAttribute.PublicLimit)]
    [HttpGet("{kind}")]
    public Task<IActionResult> FileObjection(string pool, string kind, long? notice, int? item, CancellationToken ct) =>
        ShownAsync(pool, kind, new ObjectionForm { Notice = notice, Item = item, FormKey = Guid.NewGuid() }, ct);

    [Asks(Permission.Public)]
    [AtMost(60)]
    [HttpPost("{kind}")]
    [RequestSizeLimit(LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
    public async Task<IActionResult> FileObjection(string pool, string kind, ObjectionForm form, IFormFile? file, CancellationToken ct)
    {
        // A form without its key is none of ours; a fresh one keeps what was typed.
        form.FormKey = form.FormKey == Guid.Empty ? Guid.NewGuid() : form.FormKey;
        using Stream content = file?.OpenReadStream() ?? Stream.Null;
        Outcome<FileObjection.Answer> outcome = await mediator.Send(
            new FileObjection.Command(pool, kind, form.Notice, form.Item, form.Fields, form.FormKey, Caller.AddressOf(HttpContext), content, file?.FileName ?? ""), ct);
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await ShownAsync(pool, kind, form, ct);
        }

        if (outcome.Value.RetryAt is { } retry)
        {
            Wait(retry, T["提交过于频繁，为防止滥用已暂停受理；请于 {0} 后再提交，已填内容保留在本页", Clock.Local(retry).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)]);
            return await ShownAsync(pool, kind, form, ct);
        }

        return LocalRedirect($"/public/{Uri.EscapeDataString(pool)}/objections/sent?receipt={Uri.EscapeDataString(outcome.Value.Receipt!)}");
    }

    [Asks(Permission.Public)]
    [AtMost(600, Setting = AtMostAttribute.PublicLimit)]
    [HttpGet("sent")]
    public async Task<IActionResult> ShowReceipt(string pool, string? receipt, CancellationToken ct)
    {
        Outcome<ListPublicNotices.Answer> known = await mediator.Send(new ListPublicNotices.Query(pool), ct);
        ViewData["Pool"] = pool;
        return known.Succeeded && receipt is { Length: > 0 and <= 40 } ? View("ShowReceipt", receipt) : NotFound();
    }

    [Asks(Permission.Public)]
    [AtMost(600, Setting = AtMostAttribute.PublicLimit)]
    [HttpGet("status")]
    public async Task<IActionResult> LookUpObjection(string pool, string? receipt, CancellationToken ct)
    {
        Outcome<ListPublicNotices.Answer> known = await mediator.Send(new ListPublicNotices.Query(pool), ct);
        ViewData["Pool"] = pool;
        return known.Succeeded ? View("LookUpObjection", new LookUpForm { Receipt = receipt }) : NotFound();
    }

    [Asks(Permission.Public)]
    [AtMost(60)]
    [HttpPost("status")]
    public async Task<IActionResult> LookUpObjection(string pool, LookUpForm form, CancellationToken ct)
    {
        Outcome<LookUpObjection.Answer> outcome = await mediator.Send(new LookUpObjection.Command(pool, form.Receipt, form.Phone, Caller.AddressOf(HttpContext)), ct);
        ViewData["Pool"] = pool;
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return View("LookUpObjection", form);
        }

        if (outcome.Value.RetryAt is { } retry)
        {
            Wait(retry, T["查询过于频繁，请稍等一分钟后再查"]);
        }
        else if (outcome.Value.Found is null)
        {
            ModelState.AddModelError("", T["没有查到：回执编号或联系电话不符，请核对后再试"]);
        }

        ViewData["Found"] = outcome.Value.Found;
        return View("LookUpObjection", form);
    }

    private void Wait(DateTime until, string said)
    {
        ModelState.AddModelError("", said);
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling((until - clock.GetUtcNow().UtcDateTime).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    private async Task<IActionResult> ShownAsync(string pool, string kind, ObjectionForm form, CancellationToken ct)
    {
        if (kind == ObjectionKinds.Objection)
        {
            Outcome<ShowPublicNotice.Answer> notice = await mediator.Send(new ShowPublicNotice.Query(pool, form.Notice ?? 0), ct);
            if (!notice.Succeeded)
            {
                return form.Notice is null ? LocalRedirect($"/public/{Uri.EscapeDataString(pool)}/notices") : NotFound();
            }

            ViewData["Notice"] = notice.Value;
        }
        else if (!ObjectionKinds.Kinds.Any(known => known.Code == kind) || !(await mediator.Send(new ListPublicNotices.Query(pool), ct)).Succeeded)
        {
            return NotFound();
        }

        (ViewData["Pool"], ViewData["Kind"]) = (pool, kind);
        return View("FileObjection", form);
    }
}

/// <summary>What is typed into the public form.</summary>
public sealed class ObjectionForm
{
    public long? Notice { get; set; }

    public int? Item { get; set; }

    public string? About { get; set; }

    public string? Content { get; set; }

    public Guid FormKey { get; set; }

    /// <summary>person or unit.</summary>
    public string Sender { get; set; } = "person";

    public string? Name { get; set; }

    public string? Unit { get; set; }

    public string? UnitCode { get; set; }

    public string? Phone { get; set; }

    public string? Address { get; set; }

    internal ObjectionFields Fields => new(Sender == "unit", Name, Unit, UnitCode, Phone, Address, About, Content);
}

/// <summary>What is asked when somebody looks up what became of it.</summary>
public sealed class LookUpForm
{
    public string? Receipt { get; set; }

    public string? Phone { get; set; }
}
