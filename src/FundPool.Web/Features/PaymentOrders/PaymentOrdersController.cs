using System.Globalization;
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

namespace FundPool.Web.Features.PaymentOrders;

/// <summary>Payment orders: prepared by one, released by another, confirmed by the bank.</summary>
[Route("/payment-orders")]
public sealed class PaymentOrdersController(IMediator mediator, IText T) : Controller
{
    [Asks(Permission.ReadPayments)]
    [HttpGet("")]
    public async Task<IActionResult> ListPaymentOrders(string? state, CancellationToken ct)
    {
        string? known = state is "prepared" or "released" or "dropped" or "arrived" ? state : null;
        ViewData["State"] = known;
        return View("ListPaymentOrders", await mediator.Send(new ListPaymentOrders.Query(known), ct));
    }

    [Asks(Permission.ReadPayments)]
    [HttpGet("{bank:int}/{id:long}")]
    public Task<IActionResult> ShowPaymentOrder(int bank, long id, CancellationToken ct) => ShownAsync(bank, id, new OrderForm(), "ShowPaymentOrder", ct);

    [Asks(Permission.PreparePayments)]
    [HttpPost("{bank:int}/{id:long}/drop")]
    public async Task<IActionResult> DropPaymentOrder(int bank, long id, OrderForm form, CancellationToken ct) =>
        await AfterAsync(await mediator.Send(new DropPaymentOrder.Command(bank, id, form.Reason), ct), bank, id, form, "ShowPaymentOrder", T["付款单已作废，申请回到拨付队列"], ct);

    [Asks(Permission.ReleasePayments)]
    [HttpPost("{bank:int}/{id:long}/refuse")]
    public async Task<IActionResult> RefusePaymentOrder(int bank, long id, OrderForm form, CancellationToken ct) =>
        await AfterAsync(await mediator.Send(new RefusePaymentOrder.Command(bank, id, form.Reason), ct), bank, id, form, "ShowPaymentOrder", T["已退回付款单，申请回到拨付队列"], ct);

    [Asks(Permission.ReleasePayments)]
    [AsksFreshCode]
    [HttpGet("{bank:int}/{id:long}/release")]
    public Task<IActionResult> ReleasePaymentOrder(int bank, long id, CancellationToken ct) => ShownAsync(bank, id, new OrderForm(), "ReleasePaymentOrder", ct);

    [Asks(Permission.ReleasePayments)]
    [AsksFreshCode]
    [HttpPost("{bank:int}/{id:long}/release")]
    public async Task<IActionResult> ReleasePaymentOrder(int bank, long id, OrderForm form, CancellationToken ct) =>
        await AfterAsync(await mediator.Send(new ReleasePaymentOrder.Command(bank, id, form.Key), ct), bank, id, form, "ReleasePaymentOrder", T["已放行付款单，资金已记出专户"], ct);

    [Asks(Permission.ConfirmReceipts)]
    [HttpPost("{bank:int}/{id:long}/confirm")]
    public async Task<IActionResult> ConfirmReceipt(int bank, long id, OrderForm form, CancellationToken ct) => SignedIn.Of(HttpContext)?.Acting.Bank != bank
        ? NotFound()
        : await AfterAsync(await mediator.Send(new ConfirmReceipt.Command(id, form.ReceivedOn), ct), bank, id, form, "ShowPaymentOrder", T["已确认到账，贷款已转入风险补偿项目库"], ct);

    private async Task<IActionResult> AfterAsync(Outcome<long> outcome, int bank, long id, OrderForm form, string view, string said, CancellationToken ct)
    {
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, NoContent);
            return await ShownAsync(bank, id, form, view, ct);
        }

        TempData.Flash(FlashTone.Good, said);
        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/payment-orders/{bank}/{id}"));
    }

    private async Task<IActionResult> ShownAsync(int bank, long id, OrderForm form, string view, CancellationToken ct)
    {
        Outcome<ShowPaymentOrder.Answer> outcome = await mediator.Send(new ShowPaymentOrder.Query(bank, id), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        form.Key ??= FormKey.New();
        ViewData["Order"] = outcome.Value;
        return View(view, form);
    }
}

public sealed class OrderForm
{
    public string? Reason { get; set; }

    public DateOnly? ReceivedOn { get; set; }

    public string? Key { get; set; }
}
