using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

/// <summary>The pieces of a larger piece of work, each with its state.</summary>
[HtmlTargetElement("fp-task-list")]
public sealed class TaskListTag : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => output.Become("ul", "task-list");
}

/// <summary>How far a piece of work is; the last is for whoever looked at it and found something missing.</summary>
public enum TaskState
{
    NotYet,
    Todo,
    Started,
    Done,
    Lacking,
}

/// <summary>One piece: a title that leads to it (unless it can't be begun yet), a hint, its state.</summary>
[HtmlTargetElement("fp-task", ParentTag = "fp-task-list")]
public sealed class TaskTag(IText T) : TagHelper
{
    public string Title { get; set; } = "";

    public string? Href { get; set; }

    public TaskState State { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        TagHelperContent hint = await output.GetChildContentAsync();
        (Tone tone, string says) = State switch
        {
            TaskState.Done => (Tone.Good, T["已完成"]),
            TaskState.Started => (Tone.Info, T["进行中"]),
            TaskState.Lacking => (Tone.Warn, T["缺材料"]),
            TaskState.Todo => (Tone.Neutral, T["未开始"]),
            _ => (Tone.Neutral, T["暂不能开始"]),
        };
        output.Become("li", $"task task-{State.ToString().ToLowerInvariant()}");
        output.Content.AppendHtml(El(
            "div",
            "task-body",
            Href is null || State == TaskState.NotYet
                ? El("span", "task-title", Title)
                : El("a", "task-title", Title).With("href", Href),
            hint.IsEmptyOrWhiteSpace ? null : El("div", "task-hint", hint)));
        output.Content.AppendHtml(El("span", $"status status-{tone.Css()}", tone.Sign(), says));
    }
}

/// <summary>Views of one thing side by side, each a link of its own.</summary>
[HtmlTargetElement("fp-tabs")]
public sealed class TabsTag : TagHelper
{
    public string Label { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        TagHelperContent tabs = await output.GetChildContentAsync();
        output.Become("nav", "tabs");
        output.Attributes.SetAttribute("aria-label", Label);
        output.Content.AppendHtml(El("ul", null, tabs));
    }
}

[HtmlTargetElement("fp-tab", ParentTag = "fp-tabs")]
public sealed class TabTag : TagHelper
{
    public string Href { get; set; } = "";

    public bool Active { get; set; }

    public long? Count { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        TagHelperContent text = await output.GetChildContentAsync();
        output.Become("li", "tab");
        output.Content.AppendHtml(El("a", null, text, Count is { } n ? El("span", "count", $"{n:#,##0}") : null)
            .With("href", Href).With("aria-current", Active ? "page" : null));
    }
}
