using System.Security.Claims;
using System.Text.Encodings.Web;
using FundPool.Application.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FundPool.Web.Identity;

/// <summary>
/// Looks the session up on every request, so that an ended session, a disabled person or a changed role counts from the
/// next click on. Whoever has none is led to the sign-in page and back.
/// </summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions, PortalCookies cookies)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Session";

    private string? ended;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (cookies.ReadSession(Request) is not { } token || token.Length > 100)
        {
            return AuthenticateResult.NoResult();
        }

        bool touch = Context.GetEndpoint()?.Metadata.GetMetadata<UnattendedAttribute>() is null;
        SeenSession? session = await sessions.SeeAsync(token, touch, Context.RequestAborted);
        if (session is not { State: SessionState.Live })
        {
            ended = ReasonOf(session);
            PortalCookies.DropSession(Response);
            return AuthenticateResult.NoResult();
        }

        SignedIn.Set(Context, session);
        ClaimsIdentity identity = new(
            [new Claim(ClaimTypes.NameIdentifier, session.PersonId.ToString(System.Globalization.CultureInfo.InvariantCulture)), new Claim(ClaimTypes.Name, session.FullName)],
            Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        string target = $"/sign-in{QueryString.Create(new Dictionary<string, string?> { ["return"] = Back(), ["ended"] = ended }.Where(pair => pair.Value is not null))}";
        bool isScript = Request.Headers["X-Requested-With"] == "XMLHttpRequest" || Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);
        if (Request.Headers.ContainsKey("HX-Request"))
        {
            Response.Headers["HX-Redirect"] = target;
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (isScript)
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            Response.Redirect(target);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    // A form that was sent too late leads back to the page it stood on; anything else to where it wanted to go.
    private string? Back()
    {
        if (HttpMethods.IsGet(Request.Method) && !Request.Headers.ContainsKey("HX-Request"))
        {
            string here = Request.PathBase + Request.Path + Request.QueryString;
            return here == "/" ? null : here;
        }

        string? from = Request.Headers.ContainsKey("HX-Request") ? Request.Headers["HX-Current-URL"] : Request.Headers.Referer;
        return Uri.TryCreate(from, UriKind.Absolute, out Uri? page) && page.Authority == Request.Host.Value ? page.PathAndQuery : null;
    }

    private static string? ReasonOf(SeenSession? session) => session switch
    {
        null => null,
        { State: SessionState.Revoked, RevokedBy: Sessions.ByPerson } => null,
        { State: SessionState.Revoked } => session.RevokedBy,
        _ => session.State.ToString().ToLowerInvariant(),
    };
}
