using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Showcase;

/// <summary>The living design page: every component with figures as they look in earnest. Only in a demonstration.</summary>
[Route("/design")]
public sealed class ShowcaseController(PortalMode mode, TimeProvider clock, IText T) : Controller
{
    [Asks(Permission.Public)]
    [HttpGet("")]
    [HttpGet("{part:regex(^(lists|forms|rulings|charts|messages)$)}")]
    public IActionResult Index(string part = "lists") => mode.Demonstration ? Shown(part) : NotFound();

    /// <summary>What a form looks like when it comes back.</summary>
    [Asks(Permission.Public)]
    [HttpPost("forms")]
    public IActionResult Index(ShowcaseForm form)
    {
        if (!mode.Demonstration)
        {
            return NotFound();
        }

        ModelState.AddModelError(nameof(form.BorrowerName), T["请填写借款人名称"]);
        ModelState.AddModelError(nameof(form.Features), T["“纯信用”不能与其他担保方式同时选择，请保留一项"]);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Shown("forms", form);
    }

    [Asks(Permission.Public)]
    [HttpGet("sign-in")]
    public IActionResult SignIn() => mode.Demonstration ? View() : NotFound();

    [Asks(Permission.Public)]
    [HttpGet("flash")]
    public IActionResult Flash()
    {
        if (!mode.Demonstration)
        {
            return NotFound();
        }

        TempData.Flash(FlashTone.Good, T["已登记 {0} 笔贷款", 128]);
        return RedirectToAction(nameof(Index), new { part = "messages" });
    }

    /// <summary>Work that goes on: a step further each time it is asked.</summary>
    [Asks(Permission.Public)]
    [HttpGet("progress")]
    public IActionResult Progress(int done) =>
        mode.Demonstration ? PartialView("_Progress", Math.Min(done + 6000, 100_000)) : NotFound();

    [Asks(Permission.Public)]
    [HttpPost("draft")]
    public IActionResult Draft() => mode.Demonstration ? NoContent() : NotFound();

    [Asks(Permission.Public)]
    [HttpPost("reveal")]
    public IActionResult Reveal(string reason) =>
        mode.Demonstration && reason.Length >= 4 ? Json(new { value = Samples.PersonalId }) : NotFound();

    [Asks(Permission.Public)]
    [HttpPost("upload")]
    [RequestSizeLimit(10_000_000)]
    public IActionResult Upload(IFormFile? file)
    {
        if (!mode.Demonstration)
        {
            return NotFound();
        }

        if (file is null)
        {
            ModelState.AddModelError("file", T["请选择要上传的文件"]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Shown("forms");
        }

        TempData.Flash(FlashTone.Good, T["已收到文件 {0}", file.FileName]);
        return RedirectToAction(nameof(Index), new { part = "forms" });
    }

    [Asks(Permission.Public)]
    [HttpPost("session")]
    public IActionResult Session() => mode.Demonstration ? Json(new { ends = clock.GetUtcNow().AddMinutes(15) }) : NotFound();

    private ViewResult Shown(string part, ShowcaseForm? form = null)
    {
        ViewData["Shell"] = Samples.Shell(T, clock);
        ViewData["Part"] = part;
        return View("Index", form ?? new ShowcaseForm());
    }
}

public sealed class ShowcaseForm
{
    public string? BorrowerName { get; set; }

    public string? BorrowerId { get; set; }

    public string? BorrowerKind { get; set; }

    public string? Industry { get; set; }

    public DateOnly? LoanDate { get; set; }

    public DateOnly? MaturityDate { get; set; }

    public decimal? Principal { get; set; } = 4_500_000.00m;

    public decimal? AnnualRate { get; set; } = 3.65m;

    public string[] Features { get; set; } = ["first_loan"];

    public string? Note { get; set; }
}
