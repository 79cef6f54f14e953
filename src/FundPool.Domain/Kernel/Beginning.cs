namespace FundPool.Domain.Kernel;

/// <summary>The beginning of a text that is too long to show or keep.</summary>
public static class Beginning
{
    /// <summary>At most <paramref name="most"/> characters, never half of a pair (𠮷): what is cut in the middle can't be written to the database.</summary>
    public static string Of(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    /// <summary>The same with … where something was left out.</summary>
    public static string Shown(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= most ? text : Of(text, most) + "…";
    }
}
