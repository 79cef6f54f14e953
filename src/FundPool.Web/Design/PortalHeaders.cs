namespace FundPool.Web.Design;

/// <summary>
/// What every answer says to the browser. The content policy allows nothing but our own files: no inline script,
/// no style attribute, no foreign host, no frame round us.
/// </summary>
internal static class PortalHeaders
{
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly (string Name, string Value)[] Always =
    [
        ("Content-Security-Policy", ContentPolicy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        // On starting, not now: the exception handler clears what was set before it answers.
        context.Response.OnStarting(static state => Write((HttpContext)state), context);
        return next(context);
    }

    private static Task Write(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        foreach ((string name, string value) in Always)
        {
            // A download may have set a stricter policy (sandbox) of its own.
            headers.TryAdd(name, value);
        }

        if (context.User.Identity?.IsAuthenticated == true)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
