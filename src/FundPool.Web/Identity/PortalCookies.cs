namespace FundPool.Web.Identity;

/// <summary>
/// The cookies of a session and of a sign-in under way. Over https they carry the <c>__Host-</c> prefix; plain http is
/// for a demonstration on this machine, and production takes no session over it.
/// </summary>
internal sealed class PortalCookies(IHostEnvironment environment)
{
    private const string Session = "fp";
    private const string Step = "fp-step";

    /// <summary>Whether a session may be carried at all.</summary>
    public bool MayCarry(HttpRequest request) => request.IsHttps || !environment.IsProduction();

    public string? ReadSession(HttpRequest request) => Read(request, Session);

    public void WriteSession(HttpResponse response, string token) => Write(response, Session, token, SameSiteMode.Lax);

    public static void DropSession(HttpResponse response) => Drop(response, Session);

    public string? ReadStep(HttpRequest request) => Read(request, Step);

    public void WriteStep(HttpResponse response, string ticket) => Write(response, Step, ticket, SameSiteMode.Strict);

    public static void DropStep(HttpResponse response) => Drop(response, Step);

    private string? Read(HttpRequest request, string name) =>
        MayCarry(request) && request.Cookies.TryGetValue(NameOf(request, name), out string? value) && value.Length > 0 ? value : null;

    private void Write(HttpResponse response, string name, string value, SameSiteMode sameSite)
    {
        HttpRequest request = response.HttpContext.Request;
        if (!MayCarry(request))
        {
            throw new InvalidOperationException("A session is not carried over plain http in production.");
        }

        response.Cookies.Append(NameOf(request, name), value, Options(request, sameSite));
    }

    private static void Drop(HttpResponse response, string name)
    {
        HttpRequest request = response.HttpContext.Request;
        if (request.Cookies.ContainsKey(NameOf(request, name)))
        {
            response.Cookies.Delete(NameOf(request, name), Options(request, SameSiteMode.Lax));
        }
    }

    private static string NameOf(HttpRequest request, string name) => request.IsHttps ? $"__Host-{name}" : name;

    private static CookieOptions Options(HttpRequest request, SameSiteMode sameSite) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = sameSite,
        Secure = request.IsHttps,
    };
}
