namespace FundPool.Domain.Kernel;

/// <summary>The languages that every sentence for a person exists in.</summary>
public enum Language
{
    /// <summary>简体中文, the first language.</summary>
    Zh,

    /// <summary>English.</summary>
    En,
}

/// <summary>Choosing the text of <see cref="Words"/>.</summary>
public static class WordsIn
{
    /// <summary>The text in <paramref name="language"/>.</summary>
    public static string In(this Words words, Language language) => language == Language.Zh ? words.Zh : words.En;
}
