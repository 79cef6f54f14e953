namespace FundPool.Domain.Kernel;

/// <summary>A sentence in both languages of the portal.</summary>
/// <param name="Zh">The sentence in Chinese, which is the official one.</param>
/// <param name="En">The same sentence in English.</param>
public readonly record struct Words(string Zh, string En);
