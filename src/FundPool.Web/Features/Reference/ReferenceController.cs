using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Reference;

/// <summary>The facts that deadlines and rate limits rest on, kept by the platform's administrators.</summary>
[Route("/reference")]
[ResponseCache(NoStore = true)]
public sealed class ReferenceController(IMediator mediator, IText T) : Controller
{
    // A year's notice has some forty lines.
    private const int LargestRows = 64 << 10;

    [Asks(Permission.ManageReferenceData)]
    [HttpGet("calendar")]
    public async Task<IActionResult> ShowCalendar(int? year, CancellationToken ct) => View("ShowCalendar", await mediator.Send(new ShowCalendar.Query(year), ct));

    [Asks(Permission.ManageReferenceData)]
    [HttpGet("calendar/add")]
    public IActionResult AddCalendarYear(int? year) => View("AddCalendarYear", new CalendarForm { Year = year });

    [Asks(Permission.ManageReferenceData)]
    [HttpPost("calendar/add")]
    [RequestSizeLimit(LargestRows * 4)]
    public async Task<IActionResult> AddCalendarYear(CalendarForm form, CancellationToken ct)
    {
        if (form.File is { Length: > 0 and <= LargestRows } file)
        {
            using StreamReader reader = new(file.OpenReadStream());
            form.Rows = await reader.ReadToEndAsync(ct);
            ModelState.Remove(nameof(form.Rows));
        }

        Outcome<int> outcome = await mediator.Send(new AddCalendarYear.Command(form.Year, form.Source, form.Rows), ct);
        if (this.WhyNot(outcome, T, () => View("AddCalendarYear", form)) is { } no)
        {
            return no;
        }

        TempData.Flash(FlashTone.Good, T["{0} 年已录入 {1} 天；涉及该年的期限已成为确定日期", form.Year, outcome.Value]);
        return LocalRedirect($"/reference/calendar?year={form.Year}");
    }

    [Asks(Permission.ManageReferenceData)]
    [HttpGet("calendar/{year:int}/remove")]
    public IActionResult RemoveCalendarYear(int year) => View("RemoveCalendarYear", new RemovalForm { Year = year });

    [Asks(Permission.ManageReferenceData)]
    [HttpPost("calendar/{year:int}/remove")]
    public async Task<IActionResult> RemoveCalendarYear(int year, RemovalForm form, CancellationToken ct)
    {
        form.Year = year;
        Outcome<Done> outcome = await mediator.Send(new RemoveCalendarYear.Command(year, form.Reason), ct);
        if (this.WhyNot(outcome, T, () => View("RemoveCalendarYear", form)) is { } no)
        {
            return no;
        }

        TempData.Flash(FlashTone.Info, T["{0} 年已移除；涉及该年的期限改为暂定", year]);
        return LocalRedirect("/reference/calendar");
    }

    [Asks(Permission.ManageReferenceData)]
    [HttpGet("rates")]
    public Task<IActionResult> ListPrimeRates(CancellationToken ct) => RatesAsync(new ConfirmForm(), ct);

    [Asks(Permission.ManageReferenceData)]
    [HttpGet("rates/add")]
    public IActionResult AddPrimeRate() => View("AddPrimeRate", new RateForm());

    [Asks(Permission.ManageReferenceData)]
    [HttpPost("rates/add")]
    public async Task<IActionResult> AddPrimeRate(RateForm form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new AddPrimeRate.Command(form.PublishedOn, form.OneYear, form.FiveYear, form.Source), ct);
        if (this.WhyNot(outcome, T, () => View("AddPrimeRate", form)) is { } no)
        {
            return no;
        }

        TempData.Flash(FlashTone.Good, T["报价已录入，借据日期在其后的贷款按此计算利率上限"]);
        return LocalRedirect("/reference/rates");
    }

    [Asks(Permission.ManageReferenceData)]
    [HttpPost("rates/confirm")]
    public async Task<IActionResult> ConfirmPrimeRate(ConfirmForm form, CancellationToken ct)
    {
        Outcome<int> outcome = await mediator.Send(new ConfirmPrimeRate.Command(form.PublishedOn, form.Source), ct);
        if (!outcome.Succeeded)
        {
            ModelState.AddProblems(outcome.Problems, T);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await RatesAsync(form, ct);
        }

        TempData.Flash(FlashTone.Good, T["已核对 {0} 期报价", outcome.Value]);
        return LocalRedirect("/reference/rates");
    }

    [Asks(Permission.ManageReferenceData)]
    [HttpGet("rates/{day}/remove")]
    public IActionResult RemovePrimeRate(DateOnly day) => View("RemovePrimeRate", new RemovalForm { Day = day });

    [Asks(Permission.ManageReferenceData)]
    [HttpPost("rates/{day}/remove")]
    public async Task<IActionResult> RemovePrimeRate(DateOnly day, RemovalForm form, CancellationToken ct)
    {
        form.Day = day;
        Outcome<Done> outcome = await mediator.Send(new RemovePrimeRate.Command(day, form.Reason), ct);
        if (this.WhyNot(outcome, T, () => View("RemovePrimeRate", form)) is { } no)
        {
            return no;
        }

        TempData.Flash(FlashTone.Info, T["报价已移除"]);
        return LocalRedirect("/reference/rates");
    }

    private async Task<IActionResult> RatesAsync(ConfirmForm form, CancellationToken ct)
    {
        ViewData["Form"] = form;
        return View("ListPrimeRates", await mediator.Send(new ListPrimeRates.Query(), ct));
    }
}

public sealed class CalendarForm
{
    public int? Year { get; set; }

    public string? Source { get; set; }

    public string? Rows { get; set; }

    public IFormFile? File { get; set; }
}

public sealed class RemovalForm
{
    public int Year { get; set; }

    public DateOnly Day { get; set; }

    public string? Reason { get; set; }
}

public sealed class RateForm
{
    public DateOnly? PublishedOn { get; set; }

    /// <summary>In per cent, as published.</summary>
    public decimal? OneYear { get; set; }

    public decimal? FiveYear { get; set; }

    public string? Source { get; set; }
}

public sealed class ConfirmForm
{
    public DateOnly[] PublishedOn { get; set; } = [];

    public string? Source { get; set; }
}
