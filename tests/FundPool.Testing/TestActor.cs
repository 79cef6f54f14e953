using FundPool.Application.Pipeline;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;

namespace FundPool.Testing;

/// <summary>A person of an organisation with exactly the permissions that the roles give.</summary>
public sealed record TestActor(Acting Acting, OrganisationKind Kind, IReadOnlySet<Permission> Permissions) : IActor
{
    public string? Trace => "trace-of-the-test";

    public int Person => Acting.Person!.Value;

    public TestActor Without(Permission permission) => this with { Permissions = Permissions.Where(p => p != permission).ToHashSet() };

    public TestActor With(Permission permission) => this with { Permissions = Permissions.Append(permission).ToHashSet() };
}

/// <summary>Who sits at the portal in a scope of the tests.</summary>
public sealed class TestSeat
{
    public IActor Actor { get; set; } = null!;
}
