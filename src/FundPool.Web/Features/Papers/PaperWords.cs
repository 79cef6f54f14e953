using FundPool.Application.Papers;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Papers;

/// <summary>What the pages call the kinds of papers.</summary>
internal static class PaperWords
{
    public static string Kind(IText text, string kind) => kind switch
    {
        PaperKinds.ClaimForm => text["风险补偿申请表"],
        PaperKinds.ReviewOpinion => text["审核意见书"],
        PaperKinds.Notice => text["公示"],
        PaperKinds.Plan => text["资助计划"],
        _ => text["付款单"],
    };
}
