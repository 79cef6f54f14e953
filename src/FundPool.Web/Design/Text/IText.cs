using FundPool.Domain.Kernel;

namespace FundPool.Web.Design.Text;

/// <summary>
/// The portal's words in the language of the request. The Chinese text is itself the key, so a page reads as it
/// looks; the English stands in en.json, and a test finds a key that has none.
/// </summary>
public interface IText
{
    /// <summary>The text for a key, with {0}, {1} … filled in.</summary>
    string this[string key, params object?[] args] { get; }

    /// <summary>A sentence from below the Web, which carries both languages.</summary>
    string Of(Words words);

    /// <summary>Whether this request is answered in English.</summary>
    bool IsEnglish { get; }
}

/// <summary>Marks a Chinese text that becomes a key elsewhere, so that the test sees it: <c>Key.Of("贷款项目库")</c>.</summary>
public static class Key
{
    public static string Of(string zh) => zh;
}

public static class Ordinals
{
    private const string Digits = "零一二三四五六七八九";

    /// <summary>The number of a batch as papers write it: 第六批, 第十二批; in digits from a hundred on and in English.</summary>
    public static string Ordinal(this IText text, int n) => text.IsEnglish || n is < 1 or > 99 ? n.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : string.Concat(n < 10 ? "" : n < 20 ? "十" : $"{Digits[n / 10]}十", n % 10 == 0 ? "" : Digits[n % 10].ToString());
}
