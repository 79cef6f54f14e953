using System.Globalization;
using FundPool.Domain.Kernel;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

/// <summary>
/// An amount of money, from <c>sum</c> (the domain's type), <c>fen</c> or <c>value</c> (yuan). Both 元 and 万元 are in the page; a class
/// on the html element shows one, so that the switch needs no round trip. In 万元 the exact sum is in the tooltip.
/// </summary>
[HtmlTargetElement("fp-money", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MoneyTag(IText T) : TagHelper
{
    public Money? Sum { get; set; }

    public long? Fen { get; set; }

    public decimal? Value { get; set; }

    /// <summary>Writes 元 or 万元 behind it; a table says it once in the header instead.</summary>
    public bool Unit { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        decimal? yuan = Sum?.Yuan ?? (Fen is { } fen ? fen / 100m : Value);
        output.Become("span", yuan is null ? "money nothing" : yuan < 0 ? "money money-minus" : "money");
        if (yuan is not { } amount)
        {
            output.Content.SetContent("—");
            return;
        }

        string exact = amount.ToString("#,##0.00", CultureInfo.InvariantCulture);
        decimal tenThousands = Math.Round(amount / 10_000m, 2, MidpointRounding.AwayFromZero);
        output.Content.AppendHtml(El("span", "in-yuan", exact, UnitText(T["元"])));
        output.Content.AppendHtml(
            El("span", "in-wan", tenThousands.ToString("#,##0.00", CultureInfo.InvariantCulture), UnitText(T["万元"])).With("title", exact));
    }

    private TagBuilder? UnitText(string unit) => Unit ? El("span", "money-unit", unit) : null;
}

/// <summary>"元" or "万元" by the same switch, for the header of a column of amounts.</summary>
[HtmlTargetElement("fp-money-unit", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MoneyUnitTag(IText T) : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        HtmlContentBuilder both = new();
        both.AppendHtml(El("span", "in-yuan unit-note", T["元"]));
        both.AppendHtml(El("span", "in-wan unit-note", T["万元"]));
        output.Replace(both);
    }
}
