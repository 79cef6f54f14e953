using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FundPool.Web.Design.Tags;

/// <summary>How a state is meant; each tone has a colour and a sign of its own, and the text says the state.</summary>
public enum Tone
{
    Neutral,
    Info,
    Good,
    Warn,
    Bad,
    Halted,
}

internal static class Tones
{
    public static string Css(this Tone tone) => tone.ToString().ToLowerInvariant();

    public static HtmlString Sign(this Tone tone) => Icon.Of(tone switch
    {
        Tone.Info => "progress",
        Tone.Good => "circle-check",
        Tone.Warn => "alert-triangle",
        Tone.Bad => "circle-x",
        Tone.Halted => "player-pause",
        _ => "circle",
    });
}

/// <summary><c>&lt;fp-status tone="Good"&gt;@T["已登记"]&lt;/fp-status&gt;</c></summary>
[HtmlTargetElement("fp-status")]
public sealed class StatusTag : TagHelper
{
    public Tone Tone { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("span", $"status status-{Tone.Css()}");
        output.PreContent.SetHtmlContent(Tone.Sign());
    }
}

/// <summary>A message in the page: a tone, its sign, and what to do.</summary>
[HtmlTargetElement("fp-note")]
public sealed class NoteTag : TagHelper
{
    public Tone Tone { get; set; } = Tone.Info;

    public string? Title { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        TagHelperContent inner = await output.GetChildContentAsync();
        output.Become("div", $"note note-{Tone.Css()}");
        output.Content.AppendHtml(Icon.Of(Tone switch
        {
            Tone.Good => "circle-check",
            Tone.Warn => "alert-triangle",
            Tone.Bad => "circle-x",
            Tone.Halted => "player-pause",
            _ => "info-circle",
        }));
        output.Content.AppendHtml(Markup.El("div", "note-text", Title is null ? null : Markup.El("strong", "note-title", Title), inner));
    }
}
