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

    // en.json holds what all pages share, en.<capability>.json what one of them says.
    private static FrozenDictionary<string, string> Read()
    {
        System.Reflection.Assembly assembly = typeof(PortalText).Assembly;
        Dictionary<string, string> all = new(StringComparer.Ordinal);
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("text.en", StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            foreach ((string zh, string en) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            {
                all[zh] = en;
            }
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
