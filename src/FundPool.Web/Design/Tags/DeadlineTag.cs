using System.Globalization;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

/// <summary>
/// A due date with its countdown in calendar days. It warns at 10, 5 and 1 days; the text says it, the colour and
/// the sign only repeat it. <c>done</c>: it was met (or not) that day. <c>stopped</c>: the clock stands still.
/// </summary>
[HtmlTargetElement("fp-deadline", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DeadlineTag(IText T, TimeProvider clock) : TagHelper
{
    public DateOnly? Due { get; set; }

    /// <summary>The date rests on a year whose holidays are not announced yet.</summary>
    public bool Provisional { get; set; }

    public DateOnly? Done { get; set; }

    public bool Stopped { get; set; }

    /// <summary>What follows when it is missed.</summary>
    public string? Otherwise { get; set; }

    /// <summary>Leaves the date out where the line beside it already says it.</summary>
    public bool CountdownOnly { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Due is not { } due)
        {
            output.Become("span", "nothing");
            output.Content.SetContent("—");
            return;
        }

        (string tone, string icon, string says) = Says(due);
        output.Become("span", $"deadline deadline-{tone}");
        if (!CountdownOnly)
        {
            string date = due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            output.Content.AppendHtml(El("time", "deadline-date", date).With("datetime", date));
        }

        output.Content.AppendHtml(El("span", "deadline-left", Icon.Of(icon), says));
        output.Content.Put(Provisional
            ? El("span", "deadline-provisional", T["暂定"]).With("title", T["该年度节假日安排尚未公布，日期暂按周末推算，公布后自动重算"])
            : null);
        output.Content.Put(string.IsNullOrEmpty(Otherwise) ? null : El("span", "deadline-otherwise", Otherwise));
    }

    private (string Tone, string Icon, string Says) Says(DateOnly due)
    {
        if (Done is { } done)
        {
            return done <= due
                ? ("done", "circle-check", T["已按时完成"])
                : ("late", "alert-triangle", T["逾期 {0} 天完成", done.DayNumber - due.DayNumber]);
        }

        if (Stopped)
        {
            return ("stopped", "player-pause", T["计时暂停"]);
        }

        return (due.DayNumber - Today().DayNumber) switch
        {
            < 0 and int late => ("over", "alert-triangle", T["已逾期 {0} 天", -late]),
            0 => ("1", "alert-triangle", T["今天到期"]),
            1 => ("1", "alert-triangle", T["明天到期"]),
            <= 5 and int left => ("5", "clock-exclamation", T["还剩 {0} 天", left]),
            <= 10 and int left => ("10", "clock", T["还剩 {0} 天", left]),
            int left => ("far", "clock", T["还剩 {0} 天", left]),
        };
    }

    private DateOnly Today() => Clock.Today(clock);
}
