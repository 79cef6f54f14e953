using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;

namespace FundPool.Web.Identity;

/// <summary>The session that this request came with, live, as <see cref="SessionAuthentication"/> found it.</summary>
public sealed class SignedIn
{
    private SignedIn(SeenSession session)
    {
        Session = session;
        Permissions = Membership.PermissionsOf(session.Kind, session.Roles);
    }

    public SeenSession Session { get; }

    public IReadOnlySet<Permission> Permissions { get; }

    public static SignedIn? Of(HttpContext context) => context.Features.Get<SignedIn>();

    internal static void Set(HttpContext context, SeenSession session) => context.Features.Set(new SignedIn(session));

    /// <summary>The fence and the name that this person's transactions take.</summary>
    public Acting Acting => new(
        Session.Kind switch
        {
            OrganisationKind.Bank => Scope.Bank,
            OrganisationKind.Auditor => Scope.Auditor,
            OrganisationKind.Platform => Scope.Platform,
            _ => Scope.Pool,
        },
        Session.PoolId,
        Session.Kind == OrganisationKind.Bank ? Session.OrganisationId : null,
        Session.OrganisationId,
        Session.PersonId,
        Session.FullName);
}

/// <summary>Who asks: the person of the session, or nobody yet.</summary>
internal sealed class WebActor(IHttpContextAccessor accessor) : IActor
{
    private static readonly HashSet<Permission> OfNobody = [Permission.Public];

    private HttpContext Context => accessor.HttpContext
        ?? throw new InvalidOperationException("There is no request here; background work brings an actor of its own.");

    public Acting Acting => SignedIn.Of(Context)?.Acting ?? Acting.Identity;

    public OrganisationKind Kind => SignedIn.Of(Context)?.Session.Kind ?? throw new InvalidOperationException("Nobody is signed in.");

    public IReadOnlySet<Permission> Permissions => SignedIn.Of(Context)?.Permissions ?? OfNobody;

    public string? Trace => System.Diagnostics.Activity.Current?.TraceId.ToString() ?? Context.TraceIdentifier;
}
