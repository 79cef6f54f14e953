using FundPool.Application.Compensation;
using FundPool.Application.Reviews;

namespace FundPool.Application.Demonstration;

/// <summary>Claims on the reviewer's desks: nearly too late, proposed, returned and supplemented, rejected, looked at again, approved, taken back.</summary>
internal sealed class DemonstrationReviews(DemonstrationStage stage, DemonstrationDays days, ClaimDesk desk)
{
    private const string Maker = "jingban@SZ03";

    // Of a bank that is suspended then and resumes later: the reviewer's clock stands in between.
    private static readonly DateOnly WhileSuspended = new(2026, 10, 22);

    public async Task RunAsync()
    {
        await desk.SubmitAsync(WhileSuspended, ("SZ05", 1));
        // The officer has had them for three weeks and more: the thirty days are nearly over.
        await desk.SubmitAsync(days.OnOrBefore(days.Today.AddDays(-27)), ("SZ03", 1), ("SZ08", 1));
        IReadOnlyList<ClaimRef> some = await desk.SubmitAsync(days.Before(13), ("SZ03", 9), ("SZ11", 1));
        stage.Clock.GoTo(days.Before(9));
        await desk.ProposeAsync(some[0], "approve", "资料齐全，建议按裁定金额补偿");
        await desk.DecideAsync(some[1], "return", "材料不全，一次性告知", null, null, null,
            new Lack("missing", "collection_record", "未见催收通知书回执，请补充"), new Lack("illegible", "balance_statement", "还款明细扫描件不清晰，请重新上传"));
        await desk.DecideAsync(some[2], "return", "请补充用途证明", null, null, null, new Lack("purpose_unproven", "use_of_funds", "受托支付凭证金额小于放款金额，请补充其余支付凭证"));
        await desk.DecideAsync(some[3], "reject", "用途不符", ground: new Ground("15(2)", "purpose", "资金流向显示用于归还其他贷款，不属于本企业生产经营"));
        await desk.DecideAsync(some[4], "reject", "用途证明不足", ground: new Ground("15(2)", "purpose", "未能证明资金用于采购"));
        await desk.DecideAsync(some[5], "approve", "核减后补偿", deduction: new Deducted("balance_lower", 100_000, "还款明细显示申请日前已归还本金，按核定余额计算"));
        await desk.DecideAsync(some[6], "approve", "资料齐全，同意按裁定金额补偿");
        await desk.DecideAsync(some[7], "reject", "用途证明不足", ground: new Ground("15(2)", "purpose", "购销合同未载明标的，不能证明用途"));
        stage.Clock.GoTo(days.Before(6));
        await stage.DoAsync(Maker, new WithdrawClaim.Command(some[8].Id, "借款人已与本行达成还款安排，暂不申请补偿"));
        stage.Clock.GoTo(days.Before(5));
        await stage.DoAsync(Maker, new AskReReview.Command(some[4].Id, "已补充购销合同和发票，证明资金用于采购原材料"));
        await stage.DoAsync(Maker, new AskReReview.Command(some[7].Id, "购销合同附件已载明标的和数量，请予复核"));
        await desk.SupplementAsync("SZ03", some[2], days.Before(3));
        stage.Clock.GoTo(days.Before(2));
        await desk.ProposeAsync(some[7], "approve", "合同附件与发票一致，用途可以认定，建议按裁定金额补偿", ReviewPair.Second);
    }
}
