using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

public enum ChartKind
{
    Line,
    Bar,
    StackedBar,
    RankedBar,
}

/// <summary>A row of figures with a name; null where there is none.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<decimal?> Values);

/// <summary>What a chart says, and its table says again.</summary>
/// <param name="Unit">Behind each figure: "%", "万元".</param>
/// <param name="Limit">A line that must not be crossed, such as 3 (%).</param>
/// <param name="Warning">A line before it, from which on it is said that the other comes near.</param>
public sealed record ChartFigures(
    IReadOnlyList<string> Categories, IReadOnlyList<ChartSeries> Series, string Unit = "", decimal? Limit = null, string? LimitName = null,
    decimal? Warning = null, string? WarningName = null);

/// <summary>
/// A chart with its table twin. The figures travel as JSON in a block that no browser executes; without script the
/// table is all there is, with script it folds away below the chart.
/// </summary>
[HtmlTargetElement("fp-chart", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChartTag(IText T) : TagHelper
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public string Title { get; set; } = "";

    public ChartKind Kind { get; set; }

    public ChartFigures Figures { get; set; } = new([], []);

    /// <summary>One sentence that says what there is to see.</summary>
    public string? Summary { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        string kind = Kind.ToString();
        string json = JsonSerializer.Serialize(
            new { Kind = char.ToLowerInvariant(kind[0]) + kind[1..], Title, Figures.Categories, Figures.Series, Figures.Unit, Figures.Limit, Figures.LimitName, Figures.Warning, Figures.WarningName },
            Json);
        output.Become("figure", "chart");
        output.Attributes.SetAttribute("data-chart", "");
        output.Content.AppendHtml(El("figcaption", "chart-title", Title, Summary is null ? null : El("span", "chart-summary", Summary)));
        output.Content.AppendHtml(El("div", "chart-canvas").With("data-chart-canvas", "").With("aria-hidden", "true").Flag("hidden", true));
        // < is escaped by the encoder, so the block can't be closed from within.
        output.Content.AppendHtml(El("script", null, new HtmlString(json)).With("type", "application/json"));
        output.Content.AppendHtml(
            El("details", "chart-table", El("summary", null, T["查看数据表"]), Table()).Flag("open", true));
    }

    private TagBuilder Table()
    {
        string unit = Figures.Unit.Length == 0 ? "" : $"（{Figures.Unit}）";
        return El(
            "div",
            "table-frame",
            El(
                "table",
                "table",
                El("caption", "visually-hidden", Title),
                El("thead", null, El("tr", null, El("td"), Figures.Series.Select(series => El("th", "number", series.Name + unit).With("scope", "col")))),
                El("tbody", null, Figures.Categories.Select((category, row) => El(
                    "tr",
                    null,
                    El("th", null, category).With("scope", "row"),
                    Figures.Series.Select(series => El("td", "number", Figure(series.Values[row]))))))));
    }

    private static string Figure(decimal? value) => value?.ToString("#,##0.####", CultureInfo.InvariantCulture) ?? "—";
}
