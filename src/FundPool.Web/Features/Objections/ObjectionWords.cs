using FundPool.Application.Objections;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Objections;

/// <summary>How kinds and states of what the public said are written.</summary>
public static class ObjectionWords
{
    public static string ObjectionKind(this IText T, string kind) => T.Of(ObjectionKinds.Kinds.Label(kind));

    public static (Tone Tone, string Text) ObjectionState(this IText T, string state) => (state switch
    {
        "received" => Tone.Warn,
        "taken_up" => Tone.Info,
        "declined" => Tone.Neutral,
        _ => Tone.Good,
    }, T.Of(ObjectionKinds.States.Label(state)));
}
