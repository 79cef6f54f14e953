namespace FundPool.Domain.Kernel;

/// <summary>A sentence in both languages of the portal.</summary>
public readonly record struct Words(string Zh, string En);
