using System.Globalization;
using FundPool.Application.Documents;
using FundPool.Application.Payments;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Features.Receipts;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace FundPool.Web.Features.Payments;

/// <summary>Payment documents by plan and bank, and the queue for the money.</summary>
[Route("/payments")]
public sealed class PaymentsController(IMediator mediator, IText T) : Controller
{
    // The form's other parts are small.
    private const long LargestRequest = AttachDocument.LargestFile + (1 << 20);

    // A document is somebody else's content: it is taken out and never shown as a page of the portal.
    private const string Sandboxed = "default-src 'none'; frame-ancestors 'none'; sandbox";

    [Asks(Permission.ReadPayments)]
    [HttpGet("")]
    public async Task<IActionResult> ListPayouts(bool all, CancellationToken ct)
    {
        ViewData["All"] = all;
        return View("ListPayouts", await mediator.Send(new ListPayouts.Query(OpenOnly: !all), ct));
    }

    [Asks(Permission.ReadPayments)]
    [HttpGet("queue")]
    public async Task<IActionResult> ShowPaymentQueue(CancellationToken ct) => View("ShowPaymentQueue", await mediator.Send(new ShowPaymentQueue.Query(), ct));

    [Asks(Permission.ReadPayments)]
    [HttpGet("{bank:int}/{id:long}")]
    public Task<IActionResult> ShowPayout(int bank, long id, CancellationToken ct) => ShownAsync(bank, id, PayoutForm.Kept(TempData, bank, id), ct);

    [Asks(Permission.FilePaymentDocuments)]
    [HttpPost("{bank:int}/{id:long}/papers/{code}")]
    [RequestSizeLimit(LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
    public async Task<IActionResult> AttachPaymentPaper(int bank, long id, string code, PayoutForm form, CancellationToken ct)
    {
        if (SignedIn.Of(HttpContext)?.Acting.Bank != bank)
        {
            return NotFound();
        }

        // One form holds all papers and the account; the button says whose file is meant.
        IFormFile? file = Request.HasFormContentType ? Request.Form.Files[$"file-{code}"] ?? Request.Form.Files["file"] : null;
        using Stream content = file?.OpenReadStream() ?? Stream.Null;
        Outcome<long> outcome = await mediator.Send(new AttachPaymentPaper.Command(id, code, content, file?.FileName ?? ""), ct);
        if (outcome.Succeeded)
        {
            form.Keep(TempData, bank, id);
        }

        return await AfterAsync(outcome, bank, id, form, T["已上传材料"], ct);
    }

    [Asks(Permission.ReadPayments)]
    [HttpGet("papers/{bank:int}/{id:long}")]
    public async Task<IActionResult> OpenPaymentPaper(int bank, long id, CancellationToken ct)
    {
        Outcome<OpenPaymentPaper.Answer> outcome = await mediator.Send(new OpenPaymentPaper.Command(bank, id), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        Response.Headers.ContentSecurityPolicy = Sandboxed;
        return File(outcome.Value.Content, outcome.Value.ContentType, outcome.Value.Name);
    }

    [Asks(Permission.FilePaymentDocuments)]
    [HttpPost("{bank:int}/{id:long}")]
    public async Task<IActionResult> FilePaymentDocuments(int bank, long id, PayoutForm form, CancellationToken ct)
    {
        if (SignedIn.Of(HttpContext)?.Acting.Bank != bank)
        {
            return NotFound();
        }

        Outcome<long> outcome = await mediator.Send(new FilePaymentDocuments.Command(id, form.AccountName, form.AccountNumber, form.OpeningBank), ct);
        return await AfterAsync(outcome, bank, id, form, T["拨款资料已提交，待资金管理机构核验"], ct);
    }

    [Asks(Permission.PreparePayments)]
    [HttpPost("{bank:int}/{id:long}/check")]
    public async Task<IActionResult> CheckPaymentDocuments(int bank, long id, PayoutForm form, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new CheckPaymentDocuments.Command(bank, form.Payout, form.Complete, form.Opinion), ct);
        return await AfterAsync(outcome, bank, id, form, form.Complete ? T["资料齐全，申请已进入拨付队列"] : T["已退回银行补正"], ct);
    }

    [Asks(Permission.PreparePayments)]
    [HttpPost("{bank:int}/{id:long}/order")]
    public async Task<IActionResult> PreparePaymentOrder(int bank, long id, PayoutForm form, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new PreparePaymentOrder.Command(bank, id, form.Key), ct);
        if (!outcome.Succeeded)
        {
            return await AfterAsync(outcome, bank, id, form, "", ct);
        }

        TempData.Flash(FlashTone.Good, T["付款单已制好，待负责人放行"]);
        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/payment-orders/{bank}/{outcome.Value}"));
    }

    private async Task<IActionResult> AfterAsync(Outcome<long> outcome, int bank, long plan, PayoutForm form, string said, CancellationToken ct)
    {
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await ShownAsync(bank, plan, form, ct);
        }

        TempData.Flash(FlashTone.Good, said);
        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/payments/{bank}/{plan}"));
    }

    private async Task<IActionResult> ShownAsync(int bank, long plan, PayoutForm form, CancellationToken ct)
    {
        Outcome<ShowPayout.Answer> outcome = await mediator.Send(new ShowPayout.Query(bank, plan), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        // Filed anew after a return, the account is most often the same.
        if (outcome.Value.Filings is [{ } last, ..] && form.AccountName is null && form.AccountNumber is null)
        {
            (form.AccountName, form.AccountNumber, form.OpeningBank) = (last.AccountName, outcome.Value.Account, last.OpeningBank);
        }

        form.Key ??= FormKey.New();
        ViewData["Payout"] = outcome.Value;
        return View("ShowPayout", form);
    }
}

public sealed class PayoutForm
{
    // The cookie of what the next page shows once is encrypted.
    private const string KeptIn = "payout";

    public string? AccountName { get; set; }

    public string? AccountNumber { get; set; }

    public string? OpeningBank { get; set; }

    public long Payout { get; set; }

    public bool Complete { get; set; }

    public string? Opinion { get; set; }

    public string? Key { get; set; }

    /// <summary>What was typed below when a paper was uploaded above, as the next page shows it again.</summary>
    internal static PayoutForm Kept(ITempDataDictionary temp, int bank, long plan) =>
        temp[KeptIn] is string[] { Length: 4 } kept && kept[0] == Of(bank, plan) ? new PayoutForm { AccountName = kept[1], AccountNumber = kept[2], OpeningBank = kept[3] } : new PayoutForm();

    internal void Keep(ITempDataDictionary temp, int bank, long plan)
    {
        if (AccountName is not null || AccountNumber is not null || OpeningBank is not null)
        {
            temp[KeptIn] = new[] { Of(bank, plan), AccountName ?? "", AccountNumber ?? "", OpeningBank ?? "" };
        }
    }

    private static string Of(int bank, long plan) => string.Create(CultureInfo.InvariantCulture, $"{bank}/{plan}");
}
