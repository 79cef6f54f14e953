using FundPool.Application.Account;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.SignIn;

/// <summary>The way out, and the wish to stay a while longer.</summary>
public sealed class SignOutController(IMediator mediator, IText T) : Controller
{
    [Asks(Permission.SignedIn)]
    [HttpPost("/sign-out")]
    public async Task<IActionResult> EndSession(CancellationToken ct)
    {
        await mediator.Send(new EndSession.Command(SignedIn.Of(HttpContext)!.Session.IdHash), ct);
        PortalCookies.DropSession(Response);
        Response.Headers["Clear-Site-Data"] = "\"storage\"";
        TempData.Flash(FlashTone.Good, T["您已退出登录"]);
        return LocalRedirect("/sign-in");
    }

    /// <summary>The dialog two minutes before the end asks this; looking at the session has already prolonged it.</summary>
    [Asks(Permission.SignedIn)]
    [HttpPost("/session/keep")]
    public IActionResult Keep() => Json(new { ends = SignedIn.Of(HttpContext)!.Session.Ends.ToString("O", System.Globalization.CultureInfo.InvariantCulture) });
}
