using FundPool.Domain.Tenancy;
using Microsoft.AspNetCore.Authorization;

namespace FundPool.Web.Identity;

/// <summary>
/// The permission that an action asks for. Stands on every action itself, never on a folder or a base class; an endpoint
/// without one stops the start of the program. <see cref="Permission.Public"/> is the only way to let anybody in.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsksAttribute(Permission permission) : Attribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>
/// Asks for a code of the authenticator not older than five minutes, for what money, standing or access hangs on. Put it
/// on the page that shows the form as well as on the action that takes it: the person is asked before typing, not after.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsksFreshCodeAttribute : Attribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>A timer of the page asks this, not a person: it does not keep the session alive.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnattendedAttribute : Attribute;

public static class AskedEndpoints
{
    /// <summary>The permission of an endpoint that is no action of a controller.</summary>
    public static TBuilder Asks<TBuilder>(this TBuilder builder, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new AsksAttribute(permission));

    /// <summary>Every endpoint with the permission it asks for.</summary>
    public static IEnumerable<(Endpoint Endpoint, Permission? Permission)> Of(IEnumerable<EndpointDataSource> sources) =>
        sources.SelectMany(source => source.Endpoints)
            .Select(endpoint => (endpoint, endpoint.Metadata.GetMetadata<AsksAttribute>()?.Permission));

    /// <summary>Stops the start when an endpoint names no permission. Call it after everything is mapped.</summary>
    public static WebApplication RequirePermissions(this WebApplication app)
    {
        Check(((IEndpointRouteBuilder)app).DataSources);
        return app;
    }

    internal static void Check(IEnumerable<EndpointDataSource> sources)
    {
        string[] silent = [.. Of(sources).Where(asked => asked.Permission is null).Select(asked => asked.Endpoint.DisplayName ?? "?")];
        if (silent.Length > 0)
        {
            throw new InvalidOperationException($"These endpoints name no permission; add [Asks(Permission.…)]: {string.Join("; ", silent)}");
        }
    }
}
