using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

/// <summary>
/// A table in its frame: it scrolls sideways in itself, its header stays, its first column too with
/// <c>pin</c>; <c>stack</c> turns rows into cards on a phone. Inside it stands plain table markup.
/// </summary>
[HtmlTargetElement("fp-table")]
public sealed class TableTag : TagHelper
{
    /// <summary>What the table shows, for whoever can't see it.</summary>
    public string Caption { get; set; } = "";

    public bool Pin { get; set; }

    public bool Stack { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        TagHelperContent rows = await output.GetChildContentAsync();
        string css = string.Join(' ', new[] { "table", Pin ? "table-pin" : null, Stack ? "table-stack" : null }.OfType<string>());
        output.Become("div", "table-frame");
        output.Attributes.SetAttribute("role", "region");
        output.Attributes.SetAttribute("aria-label", Caption);
        output.Attributes.SetAttribute("tabindex", "0");
        output.Content.AppendHtml(El("table", css, El("caption", "visually-hidden", Caption), rows));
    }
}

/// <summary>
/// A column that can be sorted by: a link that turns <c>sort=loan_date</c> into <c>sort=-loan_date</c> and back, and
/// starts paging anew.
/// </summary>
[HtmlTargetElement("th", Attributes = "fp-sort")]
public sealed class SortTag(IText T) : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    [HtmlAttributeName("fp-sort")]
    public string Sort { get; set; } = "";

    /// <summary>The order of the list where the address names none: "-loan_date".</summary>
    [HtmlAttributeName("fp-default")]
    public string? Default { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        HttpRequest request = View.HttpContext.Request;
        string now = request.Query["sort"] is { Count: > 0 } given ? given.ToString() : Default ?? "";
        bool up = now == Sort;
        bool down = now == "-" + Sort;
        string href = Query.With(request, ("sort", up ? "-" + Sort : Sort), ("after", null), ("before", null));
        TagHelperContent label = await output.GetChildContentAsync();

        output.Attributes.SetAttribute("scope", "col");
        if (up || down)
        {
            output.Attributes.SetAttribute("aria-sort", up ? "ascending" : "descending");
        }

        output.Content.SetHtmlContent(El("a", "sort", label, Icon.Of(up ? "chevron-up" : down ? "chevron-down" : "selector"))
            .With("href", href).With("title", up ? T["改为降序"] : T["改为升序"]));
    }
}

/// <summary>
/// A column that can be left out: <c>&lt;th fp-col="branch"&gt;</c> and <c>&lt;td fp-col="branch"&gt;</c>. The address
/// names the columns shown (<c>cols=branch&amp;cols=rate</c>); without it all are there but those marked <c>fp-off</c>.
/// </summary>
[HtmlTargetElement("th", Attributes = "fp-col")]
[HtmlTargetElement("td", Attributes = "fp-col")]
public sealed class ColumnTag : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    [HtmlAttributeName("fp-col")]
    public string Column { get; set; } = "";

    /// <summary>Not shown unless asked for.</summary>
    [HtmlAttributeName("fp-off")]
    public bool Off { get; set; }

    // Before the sort link is drawn: a column that is left out draws nothing.
    public override int Order => 100;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!Columns.IsShown(View.HttpContext.Request, Column, Off))
        {
            output.SuppressOutput();
        }
    }
}

/// <summary>Which columns the reader wants to see.</summary>
public static class Columns
{
    public const string Parameter = "cols";

    public static bool IsShown(HttpRequest request, string column, bool offByDefault = false) =>
        request.Query[Parameter] is { Count: > 0 } chosen ? chosen.Contains(column) : !offByDefault;
}

/// <summary>One column that the reader may leave out.</summary>
public sealed record ColumnChoice(string Name, string Label, bool Off = false);

/// <summary>The list of columns to tick, above a table; a plain form, so that it needs no script.</summary>
[HtmlTargetElement("fp-columns", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ColumnsTag(IText T) : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    public IEnumerable<ColumnChoice> Choices { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        HttpRequest request = View.HttpContext.Request;
        TagBuilder form = El("form", "menu-panel").With("method", "get").With("action", request.PathBase + request.Path);
        foreach ((string name, string? value) in request.Query
            .Where(pair => pair.Key != Columns.Parameter)
            .SelectMany(pair => pair.Value.Select(value => (pair.Key, value))))
        {
            form.InnerHtml.AppendHtml(El("input").Void().With("type", "hidden").With("name", name).With("value", value));
        }

        foreach (ColumnChoice choice in Choices)
        {
            form.InnerHtml.AppendHtml(El(
                "label",
                "form-check",
                El("input", "form-check-input").Void().With("type", "checkbox").With("name", Columns.Parameter)
                    .With("value", choice.Name).Flag("checked", Columns.IsShown(request, choice.Name, choice.Off)),
                El("span", "form-check-label", choice.Label)));
        }

        form.InnerHtml.AppendHtml(El("button", "btn btn-primary btn-sm", T["应用"]).With("type", "submit"));
        output.Become("details", "menu");
        output.Attributes.SetAttribute("data-menu", "");
        output.Content.AppendHtml(El("summary", "btn btn-quiet btn-sm", Icon.Of("columns"), T["列设置"]));
        output.Content.AppendHtml(form);
    }
}

/// <summary>
/// Forward and back through a list by its keys: <c>after</c> and <c>before</c> are the keys of the last and first row
/// shown, null where there is nothing further.
/// </summary>
[HtmlTargetElement("fp-pager", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PagerTag(IText T) : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    public string? After { get; set; }

    public string? Before { get; set; }

    /// <summary>What is shown: "第 1–50 条，共 1,203 条".</summary>
    public string? Shown { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        HttpRequest request = View.HttpContext.Request;
        output.Become("nav", "pager");
        output.Attributes.SetAttribute("aria-label", T["翻页"]);
        output.Content.AppendHtml(El("span", "pager-shown", Shown ?? ""));
        output.Content.AppendHtml(El(
            "span",
            "pager-links",
            string.IsNullOrEmpty(Before) ? null : El("a", "btn btn-quiet btn-sm", T["回到第一页"]).With("href", Query.With(request, ("before", null), ("after", null))),
            Step(string.IsNullOrEmpty(Before) ? null : Query.With(request, ("before", Before), ("after", null)), "chevron-left", T["上一页"], true),
            Step(string.IsNullOrEmpty(After) ? null : Query.With(request, ("after", After), ("before", null)), "chevron-right", T["下一页"], false)));
    }

    private static TagBuilder Step(string? href, string icon, string text, bool back)
    {
        object sign = Icon.Of(icon);
        return href is null
            ? El("span", "btn btn-sm disabled", back ? sign : text, back ? text : sign).With("aria-disabled", "true")
            : El("a", "btn btn-sm", back ? sign : text, back ? text : sign).With("href", href).With("rel", back ? "prev" : "next");
    }
}

/// <summary>Nothing to show, and what to do next.</summary>
[HtmlTargetElement("fp-empty")]
public sealed class EmptyTag : TagHelper
{
    public string Title { get; set; } = "";

    public string Icon { get; set; } = "inbox";

    public string? ActionHref { get; set; }

    public string? ActionText { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        TagHelperContent inner = await output.GetChildContentAsync();
        output.Become("div", "empty");
        output.Content.AppendHtml(Tags.Icon.Of(Icon, "empty-icon"));
        output.Content.AppendHtml(El("p", "empty-title", Title));
        output.Content.AppendHtml(El("div", "empty-text", inner));
        output.Content.Put(ActionHref is null ? null : El("a", "btn btn-primary", ActionText).With("href", ActionHref));
    }
}
