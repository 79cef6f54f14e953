using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

/// <summary>A filter that is on, and the address without it.</summary>
public sealed record FilterChip(string Label, string Value, string RemoveHref);

/// <summary>
/// The query form above a list. Its children are fields; those inside <c>&lt;fp-more&gt;</c> fold away. It asks by GET,
/// so that the address holds the state; sort, columns and density stay as they are.
/// </summary>
[HtmlTargetElement("fp-filter")]
public sealed class FilterTag(IText T) : TagHelper
{
    private static readonly string[] Kept = ["sort", Columns.Parameter, "view"];

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    public IReadOnlyCollection<FilterChip> Chips { get; set; } = [];

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        HttpRequest request = View.HttpContext.Request;
        string path = request.PathBase + request.Path;
        TagHelperContent fields = await output.GetChildContentAsync();
        output.Become("form", "filter");
        output.Attributes.SetAttribute("method", "get");
        output.Attributes.SetAttribute("action", path);
        output.Attributes.SetAttribute("role", "search");
        foreach ((string name, string? value) in Kept.SelectMany(name => request.Query[name].Select(value => (name, value))))
        {
            output.Content.AppendHtml(El("input").Void().With("type", "hidden").With("name", name).With("value", value));
        }

        output.Content.AppendHtml(El("div", "filter-fields", fields));
        output.Content.AppendHtml(El(
            "div",
            "filter-buttons",
            El("button", "btn btn-primary", Icon.Of("search"), T["查询"]).With("type", "submit"),
            El("a", "btn", T["重置"]).With("href", path)));
        if (Chips.Count > 0)
        {
            output.Content.AppendHtml(El("div", "chips", El("span", "chips-title", T["已选条件"]), Chips.Select(Chip)));
        }
    }

    private TagBuilder Chip(FilterChip chip) =>
        El("a", "chip", El("span", "chip-label", chip.Label), chip.Value, Icon.Of("x"), Hidden(T["移除此条件"])).With("href", chip.RemoveHref);
}

/// <summary>The fields of a filter that are asked for less often.</summary>
[HtmlTargetElement("fp-more")]
public sealed class MoreTag(IText T) : TagHelper
{
    /// <summary>Open because one of its fields is in use.</summary>
    public bool Open { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        TagHelperContent fields = await output.GetChildContentAsync();
        output.Become("details", "filter-more");
        if (Open)
        {
            output.Attributes.SetAttribute("open", "open");
        }

        output.Content.AppendHtml(El("summary", null, Icon.Of("chevron-down"), T["更多条件"]));
        output.Content.AppendHtml(El("div", "filter-fields", fields));
    }
}
