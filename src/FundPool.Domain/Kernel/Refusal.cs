namespace FundPool.Domain.Kernel;

/// <summary>A rule's no: the article that says it and the sentence for the person who asked.</summary>
/// <param name="Article">The article that refuses.</param>
/// <param name="Words">The reason, in the rulebook's words.</param>
public sealed record Refusal(Article Article, Words Words);
