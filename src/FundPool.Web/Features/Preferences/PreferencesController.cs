using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Preferences;

/// <summary>How this browser likes to be answered. Links, not forms: they change how a page reads and nothing else.</summary>
public sealed class PreferencesController : Controller
{
    [Asks(Permission.Public)]
    [HttpGet("/language")]
    public IActionResult Language(string? to, string? @return) =>
        Remember(Languages.Cookie, to == Languages.En ? Languages.En : Languages.Zh, @return);

    [Asks(Permission.Public)]
    [HttpGet("/unit")]
    public IActionResult Unit(string? to, string? @return) =>
        Remember("fp-unit", to == "wan" ? "wan" : "yuan", @return);

    // The script switches the unit without asking us, so the cookie is one that it may write.
    private LocalRedirectResult Remember(string cookie, string value, string? back)
    {
        Response.Cookies.Append(cookie, value, new CookieOptions
        {
            // Not a date: a demonstration may stand years behind the browser.
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = Request.IsHttps,
        });
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }
}
