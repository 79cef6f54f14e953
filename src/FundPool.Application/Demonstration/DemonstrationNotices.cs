using FundPool.Application.Compensation;
using FundPool.Application.Reviews;

namespace FundPool.Application.Demonstration;

/// <summary>Public notices: one that is over and waits for a plan, two that run, of which one is objected to, and one that is only drafted.</summary>
internal sealed class DemonstrationNotices(DemonstrationStage stage, DemonstrationDays days, PaperDesk papers, ClaimDesk desk)
{
    public async Task RunAsync()
    {
        await OverAsync();
        await ObjectedAsync();
        await QuietAsync();
        await DraftedAsync();
    }

    // Its last day was the one of the third plan, which therefore has nothing of it.
    private async Task OverAsync()
    {
        IReadOnlyList<ClaimRef> claims = await desk.SubmitAsync(days.Before(19), ("SZ01", 1), ("SZ03", 1));
        await desk.ApproveAsync(claims, days.Before(13), days.Before(10));
        await papers.PublishAsync("2026年第四批", claims, days.Before(9), days.Before(8));
        await papers.EndPeriodsAsync(days.Before(1));
    }

    // An objection that nobody has decided on, one that was taken up, and one whose re-examination waits for a chief: the third pair's, since
    // the claim had its review and its re-review.
    private async Task ObjectedAsync()
    {
        IReadOnlyList<ClaimRef> claims = await desk.SubmitAsync(days.Before(15), ("SZ01", 1), ("SZ03", 2), ("SZ12", 1));
        ClaimRef received = claims[0], takenUp = claims[1], examined = claims[2];
        stage.Clock.GoTo(days.Before(13));
        await desk.DecideAsync(examined, "approve", "核减后补偿", deduction: new Deducted("balance_lower", 200_000, "还款明细显示申请日前已归还部分本金"));
        stage.Clock.GoTo(days.Before(12));
        await stage.DoAsync("jingban@SZ03", new AskReReview.Command(examined.Id, "所述还款为利息，本金未减少，附还款凭证"));
        await desk.ApproveAsync([.. claims.Where(claim => claim != examined)], days.Before(11), days.Before(8));
        stage.Clock.GoTo(days.Before(7));
        await desk.DecideAsync(examined, "approve", "经核对，所述还款为利息，同意按裁定金额补偿", ReviewPair.Second);
        long notice = await papers.PublishAsync("2026年第五批", claims, days.Before(5), days.Before(4));

        await papers.TakeUpAsync(await papers.ObjectAsync(notice, takenUp, days.Before(3), "该企业的上述贷款实际用于归还其法定代表人的个人借款，有转账凭证可以提供。"), days.Before(2));
        await papers.TakeUpAsync(await papers.ObjectAsync(notice, examined, days.Before(3), "该企业申请前已转让主要设备，疑似有偿还能力而未偿还，请核实。"), days.Before(2));
        await papers.ObjectAsync(notice, received, days.Before(2), "该企业同一笔贷款已由其股东的关联公司代为偿还，请核实余额。");
        await papers.ReportAsync(days.Before(2));
        stage.Clock.GoTo(days.Before(1));
        await desk.ProposeAsync(examined, "clear", "经核查，设备转让款已用于支付职工工资，异议不成立", ReviewPair.Third);
    }

    private async Task QuietAsync()
    {
        IReadOnlyList<ClaimRef> claims = await desk.SubmitAsync(days.Before(15), ("SZ03", 1), ("SZ09", 1));
        await desk.ApproveAsync(claims, days.Before(10), days.Before(7));
        await papers.PublishAsync("2026年第六批", claims, days.Before(2), days.Before(1));
    }

    private async Task DraftedAsync()
    {
        IReadOnlyList<ClaimRef> claims = await desk.SubmitAsync(days.Before(14), ("SZ01", 1), ("SZ03", 1));
        await desk.ApproveAsync(claims, days.Before(8), days.Before(4));
        await papers.DraftAsync("2026年第七批", claims, days.Before(1));
    }
}
