using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Plans;

/// <summary>How the states of a plan are written.</summary>
public static class PlanWords
{
    public static (Tone Tone, string Text) PlanState(this IText T, string state) => state switch
    {
        "draft" => (Tone.Info, T["计划稿"]),
        "issued" => (Tone.Good, T["已下达"]),
        _ => (Tone.Neutral, T["已作废"]),
    };
}
