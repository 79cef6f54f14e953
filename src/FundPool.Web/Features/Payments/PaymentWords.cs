using FundPool.Application.Payments;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Ledger;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Payments;

/// <summary>What the pages on the way to the money call things.</summary>
internal static class PaymentWords
{
    public static (Tone Tone, string Says) OrderState(this IText T, PaymentOrder order) => order.State switch
    {
        "prepared" => (Tone.Warn, T["待放行"]),
        "dropped" => (Tone.Neutral, T["已作废"]),
        _ => order.ConfirmedBy is null ? (Tone.Info, T["已放行，待银行确认"]) : (Tone.Good, T["已确认到账"]),
    };

    public static (Tone Tone, string Says) PayoutState(this IText T, ListPayouts.Row row) => row switch
    {
        { Awaited: > 0, Payout.State: "returned" } => (Tone.Bad, T["已退回补正"]),
        { Awaited: > 0 } => (Tone.Warn, T["待提交资料"]),
        { Filed: > 0 } => (Tone.Info, T["待核验"]),
        { Payable: > 0 } => (Tone.Warn, T["排队待拨付"]),
        { Ordered: > 0 } => (Tone.Info, T["待放行"]),
        _ => (Tone.Good, T["已拨付"]),
    };

    public static (Tone Tone, string Says) FilingState(this IText T, string state) => state switch
    {
        "filed" => (Tone.Info, T["待核验"]),
        "complete" => (Tone.Good, T["资料齐全"]),
        _ => (Tone.Bad, T["已退回补正"]),
    };

    public static (Tone Tone, string Says) ClaimStateOf(this IText T, string state) => ClaimStates.All.TryCode(state, out ClaimState known)
        ? (known is ClaimState.Compensated or ClaimState.Paid ? Tone.Good : known is ClaimState.Withdrawn ? Tone.Neutral : Tone.Info, T.Of(ClaimStates.All.Label(known)))
        : (Tone.Neutral, state);

    public static string Hold(this IText T, QueueHold hold) => hold switch
    {
        QueueHold.Library => T["暂缓：贷款已不在贷款项目库"],
        QueueHold.Upgraded => T["暂缓：贷款已上调为正常或关注"],
        _ => T["暂缓：该笔贷款累计补偿将超过本金的 50%"],
    };
}
