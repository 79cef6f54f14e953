namespace FundPool.Domain.Kernel;

/// <summary>A sentence in both languages of the portal.</summary>
/// <param name="Zh">The Chinese text, the one shown first.</param>
/// <param name="En">The English text.</param>
public readonly record struct Words(string Zh, string En);
