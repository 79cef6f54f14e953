using FundPool.Application.Imports;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Imports;

public sealed class ClassFileTests : IAsyncLifetime
{
    private const string Header = "note_no,risk_class,class_date,outstanding_principal,overdue_days\n";
    private TestPortal portal = null!;
    private TestActor maker = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
        await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("K-1", ("loan_date", "2026-01-05")), LoanRows.Sound("K-2", ("loan_date", "2026-01-05"))));
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Report_WithFaults_NamesEachAtItsField()
    {
        ImportRun.Answer answer = await ReportAsync(
            "NOBODY,loss,2026-03-01,1.00,", "K-1,substandard,2026-03-19,1.00,", "K-1,substandard,2026-01-04,1.00,", "K-1,次级,2026-03-01,4500000.01,", "K-1,bad,2026-03-01,1.00,",
            "K-1,次级,2026-03-01,4500000.00,30", "K-1,可疑,2026-03-01,4500000.00,60");

        answer.FirstErrors.Select(e => $"{e.Row} {e.Problem.Field} {e.Problem.Code}").ShouldBe(
            ["2 note_no unknown_code", "3 class_date range", "4 class_date range", "5 outstanding_principal range", "6 risk_class unknown_code", "7 note_no duplicate", "8 note_no duplicate"]);
        answer.FirstErrors[0].Problem.Message.Zh.ShouldBe("贷款项目库中没有借据“NOBODY”；请核对借据编号，或先登记该笔贷款");
        answer.Counts.Accepted.ShouldBe(0);
    }

    [Fact]
    public async Task Report_OfAnotherBanksNote_IsUnknown()
    {
        TestActor other = await portal.MakerAsync("B002");

        ImportRun.Answer answer = await portal.ImportAsync(other, ImportKind.Classes, Header + "K-1,loss,2026-03-01,1.00,\n");

        answer.FirstErrors.ShouldHaveSingleItem().Problem.Code.ShouldBe("unknown_code");
        (await ClassAsync("K-1")).ShouldBe("normal - -");
    }

    [Fact]
    public async Task Reports_InTheirOrder_MoveTheLoanThroughItsClasses()
    {
        await ReportAsync("K-1,关注,2026-02-01,4500000.00,");
        (await ClassAsync("K-1")).ShouldBe("special_mention 2026-02-01 -");
        await ReportAsync("K-1,次级,2026-02-10,4400000.00,95");
        (await ClassAsync("K-1")).ShouldBe("substandard 2026-02-10 2026-02-10");
        await ReportAsync("K-1,损失,2026-03-01,4400000.00,120");
        (await ClassAsync("K-1")).ShouldBe("loss 2026-03-01 2026-02-10");
        await ReportAsync("K-1,正常,2026-03-05,4000000.00,");
        (await ClassAsync("K-1")).ShouldBe("normal 2026-03-05 -");
        (await ClassAsync("K-2")).ShouldBe("normal - -");
        (await portal.Database.ScalarAsync<long>("select outstanding_fen from loan.loan where note_no = 'K-1'")).ShouldBe(400_000_000);
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.classification")).ShouldBe(4);
    }

    [Fact]
    public async Task BackDatedReport_MovesTheBeginningOfTheNplTime()
    {
        await ReportAsync("K-1,次级,2026-03-01,4500000.00,", "K-2,次级,2026-03-01,4500000.00,");

        // The bank learns later: the first was non-performing from February, the second was well again in between.
        await ReportAsync("K-1,次级,2026-02-02,4500000.00,", "K-2,次级,2026-02-02,4500000.00,", "K-2,关注,2026-02-20,4500000.00,");

        (await ClassAsync("K-1")).ShouldBe("substandard 2026-03-01 2026-02-02");
        (await ClassAsync("K-2")).ShouldBe("substandard 2026-03-01 2026-03-01");
        (await portal.Database.ColumnAsync("select distinct booked_on::text from loan.classification")).ShouldBe(["2026-03-18"]);
    }

    [Fact]
    public async Task SecondReport_OfTheSameDay_Wins()
    {
        await ReportAsync("K-1,次级,2026-03-01,4500000.00,");
        ImportRun.Answer corrected = await ReportAsync("K-1,关注,2026-03-01,4500000.00,");

        corrected.Counts.Accepted.ShouldBe(1);
        (await ClassAsync("K-1")).ShouldBe("special_mention 2026-03-01 -");
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.classification")).ShouldBe(2);
    }

    [Fact]
    public async Task SameFile_SentAgain_AddsNothing()
    {
        await ReportAsync("K-1,次级,2026-03-01,4500000.00,90");
        long events = await portal.Database.ScalarAsync<long>("select count(*) from audit.event where entity in ('loan.loan', 'loan.classification', 'loan.standing')");

        ImportRun.Answer again = await ReportAsync("K-1,次级,2026-03-01,4500000.00,90");

        (again.Counts.Accepted, again.Counts.Unchanged, again.Counts.Rejected).ShouldBe((0, 1, 0));
        (await portal.Database.ScalarAsync<long>("select count(*) from audit.event where entity in ('loan.loan', 'loan.classification', 'loan.standing')")).ShouldBe(events);
    }

    [Fact]
    public async Task Report_OnAStruckOutLoan_IsRefused()
    {
        await portal.Database.ExecuteAsync("update loan.loan set library = 'struck_out' where note_no = 'K-2'");

        ImportRun.Answer answer = await ReportAsync("K-2,次级,2026-03-01,4500000.00,");

        answer.FirstErrors.ShouldHaveSingleItem().Problem.Message.Zh.ShouldBe("借据“K-2”已结项或剔除，不再报告分类；请删除该行");
        (await ClassAsync("K-2")).ShouldBe("normal - -");
    }

    private Task<ImportRun.Answer> ReportAsync(params string[] rows) => portal.ImportAsync(maker, ImportKind.Classes, Header + string.Join('\n', rows) + "\n");

    private Task<string> ClassAsync(string note) => portal.Database.ScalarAsync<string>(
        "select risk_class || ' ' || coalesce(class_date::text, '-') || ' ' || coalesce(npl_since::text, '-') from loan.loan where note_no = $1 and bank_id = $2", note, portal.Bank("B001"));
}
