using FundPool.Domain.Compensation;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Notices;

/// <summary>How the states of batches, notices and claims are written.</summary>
public static class NoticeWords
{
    public static (Tone Tone, string Text) BatchState(this IText T, string state) => state switch
    {
        "gathering" => (Tone.Info, T["组批中"]),
        "published" => (Tone.Warn, T["公示中"]),
        _ => (Tone.Good, T["公示期满"]),
    };

    public static (Tone Tone, string Text) NoticeState(this IText T, string state, DateTime? overAt, DateOnly? endsOn, DateOnly today) => state switch
    {
        "draft" => (Tone.Info, T["公示稿"]),
        "replaced" => (Tone.Neutral, T["已被更正"]),
        _ when overAt is not null || endsOn < today => (Tone.Good, T["公示期满"]),
        _ => (Tone.Warn, T["公示中"]),
    };

    /// <summary>The name of a claim's stored state.</summary>
    public static string ClaimState(this IText T, string code) => ClaimStates.All.TryCode(code, out var state) ? T.Of(ClaimStates.All.Label(state)) : code;
}
