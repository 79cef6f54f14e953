using System.Collections.Concurrent;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FundPool.Web.Design.Tags;

/// <summary>
/// An icon of Design/Icons (Tabler Icons, MIT), drawn inline so that no page waits for another file. It never
/// speaks: the text beside it does.
/// </summary>
internal static class Icon
{
    private static readonly ConcurrentDictionary<string, HtmlString> Drawn = new(StringComparer.Ordinal);

    public static HtmlString Of(string name, string? css = null) =>
        Drawn.GetOrAdd($"{name} {css}", _ => new HtmlString(Draw(name, css)));

    private static string Draw(string name, string? css)
    {
        using Stream stream = typeof(Icon).Assembly.GetManifestResourceStream($"icon.{name}")
            ?? throw new ArgumentException($"There is no icon Design/Icons/{name}.svg.", nameof(name));
        using StreamReader reader = new(stream);
        string svg = reader.ReadToEnd();
        string inside = svg[(svg.IndexOf('>', StringComparison.Ordinal) + 1)..svg.LastIndexOf("</svg>", StringComparison.Ordinal)];
        return $"""<svg class="icon{(css is null ? "" : " " + css)}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{inside.Trim()}</svg>""";
    }
}

/// <summary><c>&lt;fp-icon name="stack" /&gt;</c></summary>
[HtmlTargetElement("fp-icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTag : TagHelper
{
    public string Name { get; set; } = "";

    /// <summary>Extra classes, such as icon-lg.</summary>
    public string? Class { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) => output.Replace(Icon.Of(Name, Class));
}
