using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

/// <summary>Facts as label and value; <c>columns="2"</c> puts them side by side where there is room.</summary>
[HtmlTargetElement("fp-summary-list")]
public sealed class SummaryListTag : TagHelper
{
    public int Columns { get; set; } = 1;

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Become("dl", Columns == 1 ? "summary-list" : $"summary-list summary-list-{Columns}");
}

/// <summary>One fact; with <c>change-href</c> it has a link to change it, as on a page that checks answers.</summary>
[HtmlTargetElement("fp-row", ParentTag = "fp-summary-list")]
public sealed class SummaryRowTag(IText T) : TagHelper
{
    public string Label { get; set; } = "";

    public string? ChangeHref { get; set; }

    /// <summary>Takes the whole width among columns.</summary>
    public bool Wide { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        TagHelperContent inner = await output.GetChildContentAsync();
        object value = inner.IsEmptyOrWhiteSpace ? El("span", "nothing", "—") : inner;
        output.Become("div", Wide ? "summary-row summary-row-wide" : "summary-row");
        output.Content.AppendHtml(El("dt", null, Label));
        output.Content.AppendHtml(El("dd", null, value));
        output.Content.Put(string.IsNullOrEmpty(ChangeHref)
            ? null
            : El("dd", "summary-change", El("a", null, T["修改"], Hidden(Label)).With("href", ChangeHref)));
    }
}
