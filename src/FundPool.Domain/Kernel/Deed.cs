namespace FundPool.Domain.Kernel;

/// <summary>Who did something, for which organisation, when, why and on what evidence. No write goes without one.</summary>
public sealed record Deed
{
    /// <summary>A deed; who, organisation and why must be said.</summary>
    public Deed(string who, string organisation, DateTimeOffset when, string why, IReadOnlyList<string>? evidence = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        ArgumentException.ThrowIfNullOrWhiteSpace(organisation);
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        Who = who;
        Organisation = organisation;
        When = when;
        Why = why;
        Evidence = evidence ?? [];
    }

    /// <summary>The person's account.</summary>
    public string Who { get; }

    /// <summary>The code of the organisation acted for.</summary>
    public string Organisation { get; }

    /// <summary>The moment of booking.</summary>
    public DateTimeOffset When { get; }

    /// <summary>The reason in a sentence.</summary>
    public string Why { get; }

    /// <summary>Ids of the documents that it rests on.</summary>
    public IReadOnlyList<string> Evidence { get; }
}
