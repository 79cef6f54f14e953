using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using FundPool.Domain.Kernel;

namespace FundPool.Web.Design.Text;

/// <summary>The embedded English texts, and the Chinese keys themselves.</summary>
public sealed class PortalText : IText
{
    private static readonly FrozenDictionary<string, string> English = Read();

    public bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == Languages.En;

    public string this[string key, params object?[] args]
    {
        get
        {
            string text = IsEnglish && English.TryGetValue(key, out string? en) ? en : key;
            return args.Length == 0 ? text : string.Format(CultureInfo.CurrentCulture, text, args);
        }
    }

    public string Of(Words words) => IsEnglish ? words.En : words.Zh;

    private static FrozenDictionary<string, string> Read()
    {
        using Stream stream = typeof(PortalText).Assembly.GetManifestResourceStream("text.en.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
    }
}
