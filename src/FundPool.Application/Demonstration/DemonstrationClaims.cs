using FundPool.Application.Compensation;
using FundPool.Application.Loans;
using FundPool.Application.Reference;
using FundPool.Application.Reviews;
using FundPool.Data.Loans;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Demonstration;

/// <summary>
/// A pool in the middle of its work: claims paid in spring and summer, a plan that waits for money, two notices that run, and claims in every
/// state before that, all made by the people of the demonstration through the use cases, each on its day. The latest days are counted back
/// from today, so that deadlines are at risk whenever the demonstration is made; what the records no longer hold for a day is left out.
/// </summary>
internal sealed class DemonstrationClaims(DemonstrationStage stage, RuleSource rules, PaperDesk papers, ClaimDesk desk)
{
    private WorkingCalendar calendar = null!;
    private DateOnly today;

    public async Task RunAsync(Action<string> progress)
    {
        stage.Clock.GoTo(null);
        calendar = (await stage.ReadAsync("chushen@GXT", db => rules.InAsync(db, CancellationToken.None))).Facts.Calendar;
        today = rules.Today;
        progress("演示数据 资金");
        await papers.ReceiveAsync("jingban@CZJ", "appropriation", Money.Parse("2350000.00"), new DateOnly(2026, 3, 2), "深财拨〔2026〕18号", "2026年第一期预算拨款");
        await papers.ReceiveAsync("jingban@JRZX", "interest", Money.Parse("8126.45"), new DateOnly(2026, 6, 22), "利息单20260621", "专用账户第二季度利息");

        progress("演示数据 已转入补偿库的申请");
        await PaidAsync("2026年第一批", new DateOnly(2026, 4, 21), [("SZ01", 3), ("SZ03", 2), ("SZ10", 1), ("SZ12", 1)], confirmed: ["SZ01", "SZ03", "SZ10", "SZ12"]);
        progress("演示数据 已拨付的申请");
        await PaidAsync("2026年第二批", new DateOnly(2026, 7, 16), [("SZ01", 3), ("SZ03", 3), ("SZ04", 1), ("SZ06", 1)], confirmed: ["SZ01", "SZ04", "SZ06"]);
        progress("演示数据 资助计划");
        await PlannedAsync();
        progress("演示数据 审核中的申请");
        await ReviewedAsync();
        progress("演示数据 公示");
        await PublishedAsync();
        await LatestAsync();
        stage.Clock.GoTo(null);
    }

    /// <summary>The working day so many before today.</summary>
    private DateOnly Before(int workingDays)
    {
        DateOnly day = today;
        while (workingDays > 0 || !calendar.IsWorkingDay(day))
        {
            day = day.AddDays(-1);
            workingDays -= calendar.IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    private DateOnly After(DateOnly day, int workingDays)
    {
        while (workingDays > 0)
        {
            day = day.AddDays(1);
            workingDays -= calendar.IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    private async Task<IReadOnlyList<ClaimRef>> SubmitAsync(DateOnly on, params (string Bank, int Most)[] banks)
    {
        List<ClaimRef> claims = [];
        foreach ((string bank, int most) in banks)
        {
            claims.AddRange(await desk.SubmitSomeAsync(bank, on, most));
        }

        return claims;
    }

    // The whole way: submitted, approved, published, planned, paid, and by some banks confirmed.
    private async Task PaidAsync(string batch, DateOnly applied, (string, int)[] banks, string[] confirmed)
    {
        IReadOnlyList<ClaimRef> claims = await SubmitAsync(applied, banks);
        if (claims.Count == 0)
        {
            return;
        }

        DateOnly published = After(applied, 12);
        await desk.ApproveAsync(claims, After(applied, 6), After(applied, 9));
        await papers.PublishAsync(batch, claims, After(applied, 11), published);
        DateOnly issued = After(published, 9);
        await papers.EndPeriodsAsync(After(published, 8));
        long plan = await papers.PlanAsync($"{batch}风险补偿项目资助计划", issued);
        foreach ((string bank, _) in banks)
        {
            if (await papers.FileAsync(bank, plan, After(issued, 2), After(issued, 3)))
            {
                long order = await papers.PayAsync(bank, plan, After(issued, 5), After(issued, 6));
                if (confirmed.Contains(bank))
                {
                    await papers.ConfirmAsync(bank, order, After(issued, 8));
                }
            }
        }
    }

    // Issued some days ago: one bank has filed and waits for money, the other still owes its documents.
    private async Task PlannedAsync()
    {
        IReadOnlyList<ClaimRef> claims = await SubmitAsync(Before(20), ("SZ01", 2), ("SZ03", 4));
        if (claims.Count == 0)
        {
            return;
        }

        await desk.ApproveAsync(claims, Before(17), Before(14));
        await papers.PublishAsync("2026年第三批", claims, Before(13), Before(12));
        await papers.EndPeriodsAsync(Before(4));
        long plan = await papers.PlanAsync("2026年第三批风险补偿项目资助计划", Before(2));
        await papers.FileAsync("SZ01", plan, Before(1), Before(0));
    }

    private async Task ReviewedAsync()
    {
        // The officer has had them for three weeks and more: the thirty days are nearly over.
        await SubmitAsync(today.AddDays(-27), ("SZ03", 1), ("SZ08", 1));
        IReadOnlyList<ClaimRef> some = await SubmitAsync(Before(13), ("SZ03", 7), ("SZ11", 1));
        if (some.Count < 8)
        {
            return;
        }

        stage.Clock.GoTo(Before(9));
        await desk.ProposeAsync(some[0], "approve", "资料齐全，建议按裁定金额补偿");
        await desk.DecideAsync(some[1], "return", "材料不全，一次性告知", null, null,
            new Lack("missing", "collection_record", "未见催收通知书回执，请补充"), new Lack("illegible", "balance_statement", "还款明细扫描件不清晰，请重新上传"));
        await desk.DecideAsync(some[2], "return", "请补充用途证明", null, null, new Lack("purpose_unproven", "use_of_funds", "受托支付凭证金额小于放款金额，请补充其余支付凭证"));
        await desk.DecideAsync(some[3], "reject", "用途不符", null, new Ground("15(2)", "purpose", "资金流向显示用于归还其他贷款，不属于本企业生产经营"));
        await desk.DecideAsync(some[4], "reject", "用途证明不足", null, new Ground("15(2)", "purpose", "未能证明资金用于采购"));
        await desk.DecideAsync(some[5], "approve", "核减后补偿", new Deducted("balance_lower", 100_000, "还款明细显示申请日前已归还本金，按核定余额计算"));
        await desk.DecideAsync(some[6], "approve", "资料齐全，同意按裁定金额补偿");
        stage.Clock.GoTo(Before(5));
        await stage.DoAsync("jingban@SZ03", new AskReReview.Command(some[4].Id, "已补充购销合同和发票，证明资金用于采购原材料"));
    }

    // Two notices run: one with an objection to one of its items.
    private async Task PublishedAsync()
    {
        IReadOnlyList<ClaimRef> first = await SubmitAsync(Before(15), ("SZ01", 1), ("SZ03", 1), ("SZ12", 1));
        IReadOnlyList<ClaimRef> second = await SubmitAsync(Before(15), ("SZ03", 1), ("SZ09", 1));
        if (first.Count > 0)
        {
            await desk.ApproveAsync(first, Before(11), Before(8));
            long notice = await papers.PublishAsync("2026年第四批", first, Before(5), Before(4));
            await papers.ObjectAsync(notice, 1, Before(2));
        }

        if (second.Count > 0)
        {
            await desk.ApproveAsync(second, Before(10), Before(7));
            await papers.PublishAsync("2026年第五批", second, Before(2), Before(1));
        }
    }

    // What lies on desks inside the banks, what the suspended bank sent, and a bank that has just resumed.
    private async Task LatestAsync()
    {
        await SubmitAsync(Before(3), ("SZ02", 3));
        DateOnly on = Before(0);
        stage.Clock.GoTo(on);
        if (await desk.LoansAsync("SZ02", on, 2) is [Loan draft, Loan ready])
        {
            await desk.DraftAsync("SZ02", draft, on, "借款人停产，正在收集材料");
            ClaimRef checking = await desk.DraftAsync("SZ02", ready, on);
            await desk.UploadAsync("SZ02", checking, ready);
            await stage.DoAsync("jingban@SZ02", new SendToChecker.Command(checking.Id));
        }

        // A borrower of SZ05 pays again: the bank's ratio falls below 3 % and its claims are dealt with again.
        stage.Clock.GoTo(Before(4));
        int? sz05 = (await stage.PersonAsync("jingban@SZ05")).Acting.Bank;
        Loan paying = await stage.ReadAsync("jingban@SZ05", db => db.Loans.AsNoTracking().Where(l => l.PoolId == stage.Pool && l.BankId == sz05 && l.NplSince != null && l.Library == "loan")
            .OrderByDescending(l => l.PrincipalFen).FirstAsync());
        await stage.DoAsync("jingban@SZ05", new ReportClassification.Command(paying.Id, "special_mention", Before(4), new Money(paying.OutstandingFen ?? paying.PrincipalFen), 0, true));
        await papers.EnterAsync("jingban@CZJ", "appropriation", Money.Parse("5000000.00"), Before(1), "深财拨〔2026〕67号", "2026年第二期预算拨款");
    }
}
