namespace FundPool.Application.Compensation;

/// <summary>Which claim is meant, inside the pool of the person who asks.</summary>
public sealed record ClaimRef(int Bank, long Id);
