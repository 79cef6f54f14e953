using FundPool.Domain.Tenancy;

namespace FundPool.Application.Pipeline;

/// <summary>The permission that a request needs. A request type without one stops the start of the program.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAttribute(Permission permission) : Attribute
{
    public Permission Permission { get; } = permission;
}

/// <summary>The article that a request rests on, written beside its changes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UnderArticleAttribute(string article) : Attribute
{
    public string Article { get; } = article;
}

/// <summary>A request that says why; the reason is written beside its changes.</summary>
public interface IReasoned
{
    string? Reason { get; }
}

/// <summary>What a pool shows to anybody. It runs in the public scope, signed in or not, so that nobody sees more there than everybody.</summary>
public interface IPublicPage
{
    /// <summary>The pool's code, from the address of the page.</summary>
    string Pool { get; }
}
