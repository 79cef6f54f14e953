using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

/// <summary>
/// One step of a ruling as the page shows it, already in the language of the page.
/// </summary>
/// <param name="Article">"第十四条" or "a.14".</param>
/// <param name="Title">The condition in a few words.</param>
/// <param name="Met">Met, not met, or can't be told yet.</param>
/// <param name="Text">The sentence with the figures of the case.</param>
/// <param name="Effect">What the step adds to the share, for the pieces of the figure: "+10 %".</param>
public sealed record StepLine(string Article, string Title, bool? Met, string Text, string? Effect = null)
{
    /// <summary>Met, and yet worth a second look.</summary>
    public bool Warns { get; init; }
}

/// <summary>A ruling, step by step, so that a person can follow it by hand.</summary>
[HtmlTargetElement("fp-steps", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StepsTag(IText T) : TagHelper
{
    public IEnumerable<StepLine> Items { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("ol", "steps");
        foreach (StepLine step in Items)
        {
            (string css, string icon, string says) = step switch
            {
                { Effect: not null, Met: false } => ("idle", "plus-minus", ""),
                { Effect: not null } => ("figure", "plus-minus", ""),
                { Met: true, Warns: true } => ("warned", "alert-triangle", T["符合，请留意"]),
                { Met: true } => ("met", "circle-check", T["符合"]),
                { Met: false } => ("failed", "circle-x", T["不符合"]),
                _ => ("open", "help-circle", T["待认定"]),
            };
            output.Content.AppendHtml(El(
                "li",
                $"step step-{css}",
                Icon.Of(icon, "step-sign"),
                El(
                    "div",
                    "step-body",
                    El("div", "step-head", El("span", "step-title", step.Title), El("span", "step-article", step.Article)),
                    El("p", "step-text", step.Text)),
                step.Effect is null ? El("span", "step-answer", says) : El("span", "step-effect", step.Effect)));
        }
    }
}

/// <summary>A field before and after.</summary>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>Something that happened to an item.</summary>
public sealed record TimelineEntry(DateTimeOffset When, string Who, string Organisation, string What)
{
    public string? Why { get; init; }

    public string? Article { get; init; }

    /// <summary>Where it came from: page, import, interface.</summary>
    public string? Source { get; init; }

    public Tone Tone { get; init; }

    public IReadOnlyList<FieldChange> Changes { get; init; } = [];
}

/// <summary>The history of an item, newest first as it is given: who, for whom, when, what, why, before and after.</summary>
[HtmlTargetElement("fp-timeline", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TimelineTag(IText T) : TagHelper
{
    public IEnumerable<TimelineEntry> Items { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("ol", "timeline");
        foreach (TimelineEntry entry in Items)
        {
            string when = $"{Clock.Local(entry.When):yyyy-MM-dd HH:mm:ss}";
            output.Content.AppendHtml(El(
                "li",
                $"event event-{entry.Tone.Css()}",
                El("div", "event-head", El("strong", "event-what", entry.What), El("time", "event-when", when).With("datetime", $"{entry.When:O}")),
                El(
                    "div",
                    "event-who",
                    $"{entry.Organisation} · {entry.Who}",
                    entry.Source is null ? null : El("span", "event-source", entry.Source),
                    entry.Article is null ? null : El("span", "step-article", entry.Article)),
                entry.Why is null ? null : El("p", "event-why", T["原因："], entry.Why),
                entry.Changes.Count == 0 ? null : ChangesOf(entry)));
        }
    }

    private TagBuilder ChangesOf(TimelineEntry entry) =>
        El(
            "table",
            "changes",
            El("caption", "visually-hidden", T["{0}：修改前后对照", entry.What]),
            El("thead", null, El("tr", null, Head(T["字段"]), Head(T["修改前"]), Head(T["修改后"]))),
            El("tbody", null, entry.Changes.Select(change => El(
                "tr",
                null,
                El("th", null, change.Field).With("scope", "row"),
                El("td", "change-before", change.Before is null ? "—" : El("del", null, change.Before)),
                El("td", "change-after", change.After is null ? "—" : El("ins", null, change.After))))));

    private static TagBuilder Head(string text) => El("th", null, text).With("scope", "col");
}
