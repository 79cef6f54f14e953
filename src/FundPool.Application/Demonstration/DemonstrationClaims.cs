using FundPool.Application.Compensation;
using FundPool.Application.Loans;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Demonstration;

/// <summary>
/// A pool in the middle of its work: claims paid in spring and summer, a plan that waits for money, two notices that run, and claims in every
/// state there is, all made by the people of the demonstration through the use cases, each on its day. The latest days are counted back from
/// the demonstration's own date, so that deadlines are at risk whenever it is made.
/// </summary>
internal sealed class DemonstrationClaims(DemonstrationStage stage, DemonstrationDays days, PaperDesk papers, ClaimDesk desk)
{
    /// <summary>The document of the receipt that is entered last of all.</summary>
    public const string LastDocument = "深财拨〔2026〕67号";

    public async Task RunAsync(Action<string> progress)
    {
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
        await new DemonstrationReviews(stage, days, desk).RunAsync();
        progress("演示数据 公示");
        await new DemonstrationNotices(stage, days, papers, desk).RunAsync();
        await LatestAsync();
        stage.Clock.GoTo(null);
    }

    // The whole way: submitted, approved, published, planned, paid, and by some banks confirmed.
    private async Task PaidAsync(string batch, DateOnly applied, (string Bank, int Count)[] banks, string[] confirmed)
    {
        IReadOnlyList<ClaimRef> claims = await desk.SubmitAsync(applied, banks);
        DateOnly published = days.After(applied, 12);
        await desk.ApproveAsync(claims, days.After(applied, 6), days.After(applied, 9));
        await papers.PublishAsync(batch, claims, days.After(applied, 11), published);
        DateOnly issued = days.After(published, 9);
        await papers.EndPeriodsAsync(days.After(published, 8));
        long plan = await papers.PlanAsync($"{batch}风险补偿项目资助计划", issued);
        foreach ((string bank, _) in banks)
        {
            await papers.AcceptAsync(bank, await papers.FileAsync(bank, plan, days.After(issued, 2)), days.After(issued, 3));
            long order = await papers.PayAsync(bank, plan, days.After(issued, 5), days.After(issued, 6));
            if (confirmed.Contains(bank))
            {
                await papers.ConfirmAsync(bank, order, days.After(issued, 8));
            }
        }
    }

    // Issued some days ago: one bank's first claim is ordered and the others wait for money, one has filed, one still owes its documents.
    private async Task PlannedAsync()
    {
        IReadOnlyList<ClaimRef> claims = await desk.SubmitAsync(days.Before(20), ("SZ01", 3), ("SZ03", 4), ("SZ04", 1));
        await desk.ApproveAsync(claims, days.Before(17), days.Before(14));
        await papers.PublishAsync("2026年第三批", claims, days.Before(13), days.Before(12));
        await papers.EndPeriodsAsync(days.Before(4));
        long plan = await papers.PlanAsync("2026年第三批风险补偿项目资助计划", days.Before(2));
        await papers.AcceptAsync("SZ01", await papers.FileAsync("SZ01", plan, days.Before(1)), days.Before(0), 9);
        await papers.ReceiveAsync("jingban@CZJ", "appropriation", await papers.LackingAsync(), days.Before(0), "深财拨〔2026〕63号", "2026年第一期预算拨款（追加）");
        await papers.OrderAsync("SZ01", plan, days.Before(0), 11);
        await papers.FileAsync("SZ04", plan, days.Before(1));
    }

    // What lies on desks inside the banks, what the suspended bank sent, and a bank that has just resumed.
    private async Task LatestAsync()
    {
        await desk.SubmitAsync(days.Before(3), ("SZ02", 3));
        DateOnly on = days.Before(0);
        IReadOnlyList<Loan> loans = await desk.LoansAsync("SZ02", on, 2);
        stage.Clock.GoTo(on);
        await desk.DraftAsync("SZ02", loans[0], on, "借款人停产，正在收集材料");
        ClaimRef checking = await desk.DraftAsync("SZ02", loans[1], on);
        await desk.UploadAsync("SZ02", checking, loans[1]);
        await stage.DoAsync("jingban@SZ02", new SendToChecker.Command(checking.Id));

        // A borrower of SZ05 pays again: the bank's ratio falls below 3 % and its claims are dealt with again.
        stage.Clock.GoTo(days.Before(4));
        int? sz05 = (await stage.PersonAsync("jingban@SZ05")).Acting.Bank;
        Loan paying = await stage.ReadAsync("jingban@SZ05", db => db.Loans.AsNoTracking()
            .Where(l => l.PoolId == stage.Pool && l.BankId == sz05 && l.NplSince != null && l.Library == "loan" && !db.Claims.Any(c => c.PoolId == l.PoolId && c.BankId == l.BankId && c.LoanId == l.Id))
            .OrderByDescending(l => l.PrincipalFen).FirstAsync());
        await stage.DoAsync("jingban@SZ05", new ReportClassification.Command(paying.Id, "special_mention", days.Before(4), new Money(paying.OutstandingFen ?? paying.PrincipalFen), 0, true));
        await papers.EnterAsync("jingban@CZJ", "appropriation", Money.Parse("5000000.00"), days.Before(1), LastDocument, "2026年第二期预算拨款");
    }
}
