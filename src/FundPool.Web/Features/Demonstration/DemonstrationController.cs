using FundPool.Application.Demonstration;
using FundPool.Application.Jobs;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Demonstration;

/// <summary>The clock of a demonstration: looked at, and moved forward. There is no such page outside of one.</summary>
[Route("/demonstration/clock")]
public sealed class DemonstrationController(PortalMode mode, TimeProvider clock, IServiceProvider services, IText T) : Controller
{
    [Asks(Permission.Public)]
    [HttpGet("")]
    public IActionResult MoveClock() => mode.Demonstration && clock is TravellingClock ? View("MoveClock", new ClockForm()) : NotFound();

    [Asks(Permission.Public)]
    [HttpPost("")]
    public async Task<IActionResult> MoveClock(ClockForm form, CancellationToken ct)
    {
        if (!mode.Demonstration || clock is not TravellingClock travelling)
        {
            return NotFound();
        }

        if (form.Days is not (>= 1 and <= TravellingClock.MostDays))
        {
            ModelState.AddModelError(nameof(form.Days), T["请填写 1 至 {0} 之间的天数", TravellingClock.MostDays]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("MoveClock", form);
        }

        await travelling.GoAsync(form.Days.Value, ct);
        // What a night would have done.
        foreach (TimetabledJob job in TimetabledJob.All)
        {
            await job.RunAsync(services, ct);
        }

        TempData.Flash(FlashTone.Good, T["演示日期已前进到 {0}，请重新登录", Clock.Today(clock).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)]);
        return LocalRedirect("/sign-in");
    }
}

public sealed class ClockForm
{
    public int? Days { get; set; }
}
