using System.Text;
using FundPool.Application.Imports;
using FundPool.Application.Spreadsheets;
using FundPool.Domain.Loans;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Imports;

public sealed class LoanFileTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor maker = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task File_WithADuplicateRow_KeepsTheFirst()
    {
        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans,
            LoanRows.Csv(LoanRows.Sound("D-1"), LoanRows.Sound("D-2"), LoanRows.Sound("D-1", ("principal", "100000.00")), LoanRows.Sound("D-1")));

        Refusals(answer).ShouldBe(["4 note_no duplicate", "5 note_no duplicate"]);
        (answer.Counts.Rows, answer.Counts.Accepted, answer.Counts.Rejected).ShouldBe((4, 2, 2));
        answer.FirstErrors[0].Problem.Message.Zh.ShouldBe("借据编号“D-1”与第 2 行重复；请删除其中一行，或更正编号");
        (await portal.Database.ScalarAsync<long>("select principal_fen from loan.loan where note_no = 'D-1'")).ShouldBe(450_000_000);
    }

    [Fact]
    public async Task File_WithARefusedRowAndItsTwin_RefusesBoth()
    {
        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("T-1", ("industry", "K70")), LoanRows.Sound("T-1")));

        Refusals(answer).ShouldBe(["2 industry industry", "3 note_no duplicate"]);
    }

    [Fact]
    public async Task File_WithARegisteredLoanOfOtherContent_SaysItExists()
    {
        await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("E-1")));

        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("E-1", ("annual_rate", "0.0366")), LoanRows.Sound("E-2")));

        Refusals(answer).ShouldBe(["2 note_no exists"]);
        answer.Counts.Accepted.ShouldBe(1);
        (await portal.Database.ScalarAsync<decimal>("select annual_rate from loan.loan where note_no = 'E-1'")).ShouldBe(0.0365m);
    }

    [Fact]
    public async Task SameContent_InOtherWords_IsUnchanged()
    {
        await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("S-1")));

        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("S-1", ("borrower_kind", "小型企业"),
            ("principal", "4,500,000"), ("annual_rate", "3.65%"), ("security", "保证"), ("other_cover", "无"), ("loan_date", "2026/3/10"), ("currency", "CNY"))));

        (answer.Counts.Accepted, answer.Counts.Unchanged, answer.Counts.Rejected).ShouldBe((0, 1, 0));
    }

    [Fact]
    public async Task File_WithUnknownColumns_IsRefusedByTheirNames()
    {
        string csv = LoanRows.Csv(LoanRows.Sound("U-1")).Replace("contract_no,", "备注,利率类型,contract_no,", StringComparison.Ordinal);

        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, csv);

        answer.Batch.State.ShouldBe("failed");
        Refusals(answer).ShouldBe(["1 备注 unknown_code", "1 利率类型 unknown_code"]);
        answer.Batch.FailureZh!.ShouldContain("没有“备注”这一列");
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.loan")).ShouldBe(0);
    }

    [Fact]
    public async Task File_AllOrNothing_WithARefusedRow_RegistersNothing()
    {
        string csv = LoanRows.Csv(LoanRows.Sound("A-1"), LoanRows.Sound("A-2", ("borrower_id", "91440300192317458X")));

        ImportRun.Answer whole = await portal.ImportAsync(maker, ImportKind.Loans, csv, allOrNothing: true);

        whole.Batch.State.ShouldBe("failed");
        (whole.Counts.Accepted, whole.Counts.Rejected).ShouldBe((0, 1));
        whole.Batch.FailureZh.ShouldBe("要求整批通过，但有被拒的行，未登记任何一行");
        whole.Batch.ErrorFileId.ShouldNotBeNull();
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.loan")).ShouldBe(0);
        (await portal.ImportAsync(maker, ImportKind.Loans, csv)).Counts.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task LateLoan_WithoutAReason_IsRefused_AndWithOneLoadedAsLegacy()
    {
        string csv = LoanRows.Csv(LoanRows.Sound("L-1", ("loan_date", "2023-09-01"), ("maturity_date", "2024-09-01")), LoanRows.Sound("L-2", ("loan_date", "2024-02-01"), ("maturity_date", "2025-02-01")));

        Refusals(await portal.ImportAsync(maker, ImportKind.Loans, csv)).ShouldBe(["2 loan_date registration_window", "3 loan_date registration_window"]);
        ImportRun.Answer legacy = await portal.ImportAsync(maker, ImportKind.Loans, csv, legacy: "规则生效前的贷款补录");

        // Only the days before the rule's first year are left out of the window (domain.md section 8).
        Refusals(legacy).ShouldBe(["3 loan_date registration_window"]);
        (await portal.Database.ScalarAsync<string>("select legacy_reason from loan.loan where note_no = 'L-1'")).ShouldBe("规则生效前的贷款补录");
        (await portal.Database.ScalarAsync<string>("select distinct reason from audit.event where action = 'RegisterLoans' and entity = 'loan.loan'")).ShouldBe("规则生效前的贷款补录");
    }

    [Theory]
    [InlineData("2026-01-22", 1)]
    [InlineData("2026-01-23", 0)]
    public async Task Quarter_OnTheLastDayOfItsWindow_IsOpen_AndClosedTheDayAfter(string asOf, int accepted)
    {
        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("W-1", ("loan_date", "2025-12-31"))), asOf);

        answer.Counts.Accepted.ShouldBe(accepted);
    }

    [Theory]
    [InlineData("2026-03-19", 1)]
    [InlineData("2026-03-18", 0)]
    [InlineData("2025-01-01", 0)]
    public async Task Bank_FromTheDayItIsRemoved_RegistersNothing(string removedFrom, int accepted)
    {
        await portal.Database.ExecuteAsync($"update tenancy.organisation set removed_from = '{removedFrom}' where code = 'B001'");

        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("R-1")));

        answer.Counts.Accepted.ShouldBe(accepted);
        answer.FirstErrors.Select(e => e.Problem.Code).ShouldBe(accepted == 1 ? [] : ["bank_removed"]);
    }

    [Fact]
    public async Task SuspendedBank_GoesOnRegistering()
    {
        await portal.FillAsync("B001");
        (await portal.Database.ScalarAsync<string>("select standing from loan.standing order by id desc limit 1")).ShouldBe("suspended");

        (await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("GO-ON")))).Counts.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task Row_WithSeveralFaults_NamesThemAll()
    {
        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(
            LoanRows.Sound("F-1", ("industry", "J66"), ("other_cover", "insurance"), ("total_balance", "30000000.01")), LoanRows.Sound("", ("principal", "-1"), ("annual_rate", "viel"))));

        Refusals(answer).ShouldBe(["2 industry industry", "2 total_balance ceiling", "2 other_cover other_cover", "3 note_no required", "3 principal range", "3 annual_rate format"], ignoreOrder: true);
        answer.Counts.Rejected.ShouldBe(2);
    }

    [Fact]
    public async Task Row_WithARateAboveTheLimit_IsRegisteredWithAWarning()
    {
        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("RATE-1", ("annual_rate", "0.0999"))));

        (answer.Counts.Accepted, answer.Counts.Warned).ShouldBe((1, 1));
        (await portal.Database.ScalarAsync<string[]>("select warnings from loan.loan where note_no = 'RATE-1'")).ShouldContain("rate");
    }

    [Fact]
    public async Task ResidentNumber_IsNowhereInTheDatabaseInPlainText()
    {
        const string number = "11010519491231002X";
        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("P-1", ("borrower_id", number), ("borrower_kind", "owner"),
            ("borrower_name", "欧阳小明"), ("product", "personal_business"), ("credit_line", "5000000.00"))));
        answer.Counts.Accepted.ShouldBe(1);

        foreach (string table in (string[])["loan.loan", "audit.event", "loan.import_error", "loan.import_batch", "loan.correction"])
        {
            (await portal.Database.ColumnAsync($"select 1 from {table} t where t::text like '%{number}%'")).ShouldBeEmpty(table);
        }

        (await portal.Database.ScalarAsync<string>("select borrower_id_shown from loan.loan where note_no = 'P-1'")).ShouldBe("110105********002X");
    }

    private static List<string> Refusals(ImportRun.Answer answer) => [.. answer.FirstErrors.Select(e => $"{e.Row} {e.Problem.Field} {e.Problem.Code}")];
}
