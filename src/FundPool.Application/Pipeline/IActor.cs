using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;

namespace FundPool.Application.Pipeline;

/// <summary>Who asks: the signed-in person of a web request, or whoever runs a verb on the command line.</summary>
public interface IActor
{
    /// <summary>The fence and the name that the transaction takes.</summary>
    Acting Acting { get; }

    OrganisationKind Kind { get; }

    IReadOnlySet<Permission> Permissions { get; }

    /// <summary>The request's trace id, shown on error pages and written beside changes.</summary>
    string? Trace { get; }
}

public static class ActorQuestions
{
    public static bool May(this IActor actor, Permission permission) => actor.Permissions.Contains(permission);

    /// <summary>The pool acted in; asking outside a pool is a bug of the caller's permission table.</summary>
    public static int Pool(this IActor actor) => actor.Acting.Pool ?? throw new InvalidOperationException("There is no pool here.");

    /// <summary>The bank acted for.</summary>
    public static int Bank(this IActor actor) => actor.Acting.Bank ?? throw new InvalidOperationException("Only a bank does this.");

    /// <summary>The person acting.</summary>
    public static int Person(this IActor actor) => actor.Acting.Person ?? throw new InvalidOperationException("Only a person does this.");
}

/// <summary>The permission of the request was missing. The web answers 403 and writes it down.</summary>
public sealed class PermissionDeniedException(Permission permission) : Exception($"Missing permission {permission}.")
{
    public Permission Permission { get; } = permission;
}
