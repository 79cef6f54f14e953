using System.Globalization;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

/// <summary>
/// How far long work has come, in words and as a bar. With <c>poll</c> the page fetches that partial every two
/// seconds in its place; when the work is done, answer a partial without <c>poll</c>.
/// </summary>
[HtmlTargetElement("fp-progress")]
public sealed class ProgressTag(IText T) : TagHelper
{
    public long Value { get; set; }

    /// <summary>0 while the end is not known yet.</summary>
    public long Max { get; set; }

    public string Label { get; set; } = "";

    public string? Poll { get; set; }

    public Tone Tone { get; set; } = Tone.Info;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        TagHelperContent inner = await output.GetChildContentAsync();
        output.Become("div", $"progress-block progress-{Tone.Css()}");
        if (Poll is not null)
        {
            output.Attributes.SetAttribute("hx-get", Poll);
            output.Attributes.SetAttribute("hx-trigger", "every 2s");
            output.Attributes.SetAttribute("hx-swap", "outerHTML");
        }

        TagBuilder bar = El("progress", "progress-bar").With("aria-label", Label);
        string says = T["处理中…"];
        if (Max > 0)
        {
            bar.With("value", Value.ToString(CultureInfo.InvariantCulture)).With("max", Max.ToString(CultureInfo.InvariantCulture));
            says = string.Create(CultureInfo.InvariantCulture, $"{Value:#,##0} / {Max:#,##0} · {Value * 100 / Max}%");
        }

        output.Content.AppendHtml(El("div", "progress-head", El("span", "progress-label", Label), El("span", "progress-figure", says)));
        output.Content.AppendHtml(bar);
        output.Content.AppendHtml(El("div", "progress-text", inner));
    }
}
