using System.Diagnostics;
using FundPool.Domain.Tenancy;
using FundPool.Web.Identity;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Errors;

/// <summary>What a person sees when something did not work: what happened, what to do, and a number to quote.</summary>
[IgnoreAntiforgeryToken]
public sealed class ErrorsController : Controller
{
    [Asks(Permission.Public)]
    [Route("/error/{code:int:range(400,599)}")]
    [ResponseCache(NoStore = true)]
    public IActionResult Show(int code)
    {
        // Asked for by hand the page is an answer of its own; re-executed it keeps the status it came with.
        if (Response.StatusCode == StatusCodes.Status200OK)
        {
            Response.StatusCode = code;
        }

        int shown = Response.StatusCode;
        return View("Show", new ErrorView(shown, Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier));
    }
}

public sealed record ErrorView(int Code, string Trace);
