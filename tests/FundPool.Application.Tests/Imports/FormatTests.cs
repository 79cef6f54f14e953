using System.Text;
using FundPool.Application.Imports;
using FundPool.Application.Pipeline;
using FundPool.Application.Spreadsheets;
using FundPool.Application.Tests.Spreadsheets;
using FundPool.Domain.Loans;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Imports;

/// <summary>The forms that a bank's file may come in, and the error workbook on its way round.</summary>
public sealed class FormatTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor maker = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Theory]
    [InlineData("gb18030", false)]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    public async Task Csv_InEveryEncoding_KeepsTheChineseText(string encoding, bool mark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Encoding coding = Encoding.GetEncoding(encoding);
        string csv = LoanRows.Csv(LoanRows.Sound("C-1", ("branch", "龙岗坂田支行"))).Replace("note_no", "借据编号", StringComparison.Ordinal);

        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, "三月.csv", [.. mark ? coding.GetPreamble() : [], .. coding.GetBytes(csv)]);

        answer.FirstErrors.ShouldBeEmpty();
        (await portal.Database.ScalarAsync<string>("select borrower_name || branch from loan.loan where note_no = 'C-1'")).ShouldBe("深圳市示例科技有限公司龙岗坂田支行");
    }

    [Fact]
    public async Task Xls_FromAnOldOffice_IsRead()
    {
        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, "三月.xls", Book.Fixture("loans.xls").ToArray());

        answer.FirstErrors.Select(e => $"{e.Row} {e.Problem.Code}").ShouldBe(["3 industry"]);
        (await portal.Database.ScalarAsync<string>("select note_no || ' ' || loan_date || ' ' || principal_fen || ' ' || annual_rate from loan.loan")).ShouldBe("XLS-1 2026-03-10 450000000 0.03650000");
    }

    [Fact]
    public async Task Xlsx_WithDatesAndNumbersAsCells_IsRead()
    {
        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, "三月.xlsx", Workbook([LoanRows.Sound("X-1"), LoanRows.Sound("X-2", ("principal", "0.30"))]));

        answer.FirstErrors.ShouldBeEmpty();
        (await portal.Database.ColumnAsync("select note_no || ' ' || loan_date || ' ' || principal_fen from loan.loan order by id")).ShouldBe(["X-1 2026-03-10 450000000", "X-2 2026-03-10 30"]);
    }

    [Fact]
    public async Task WholeFile_ThatIsNoSpreadsheet_IsRefusedWithASentence()
    {
        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, "三月.xlsx", "%PDF-1.7 not a workbook"u8.ToArray());

        answer.Batch.State.ShouldBe("failed");
        answer.FirstErrors.ShouldHaveSingleItem().Problem.Code.ShouldBe("format");
        answer.Batch.FailureZh.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("三月.xlsx")]
    [InlineData("三月.csv")]
    public async Task ErrorWorkbook_Mended_GoesInAgain(string name)
    {
        string?[][] rows = [LoanRows.Sound("M-1"), LoanRows.Sound("M-2", ("industry", "Z9")), LoanRows.Sound("M-3", ("maturity_date", "2026-03-01")), LoanRows.Sound("M-4")];
        byte[] file = name.EndsWith(".csv", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(LoanRows.Csv(rows)) : Workbook(rows);
        ImportRun.Answer first = await portal.ImportAsync(maker, ImportKind.Loans, name, file);
        (first.Counts.Accepted, first.Counts.Rejected).ShouldBe((2, 2));

        Outcome<OpenImportFile.Answer> opened = await portal.SendAsync(maker, new OpenImportFile.Command(portal.Bank("B001"), first.Batch.Id, Errors: true));
        opened.Value.Name.ShouldBe("三月-错误说明.xlsx");
        (string[] header, List<string?[]> told) = Read(opened.Value.Content);
        // The clerk mends the two wrong cells and leaves everything else as it is, the reasons too.
        told.Count.ShouldBe(2);
        int Cell(string field) => Array.FindIndex(header, h => LoanFields.Find(h) == (LoanColumn)LoanRows.Column(field));
        told.Single(r => r[Cell("note_no")] == "M-2")[Cell("industry")] = "C39";
        told.Single(r => r[Cell("note_no")] == "M-3")[Cell("maturity_date")] = "2027-03-01";

        ImportRun.Answer second = await portal.ImportAsync(maker, ImportKind.Loans, "三月-错误说明.xlsx", Workbook(header, told));

        second.FirstErrors.ShouldBeEmpty();
        (second.Counts.Accepted, second.Counts.Unchanged, second.Counts.Rejected).ShouldBe((2, 0, 0));
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.loan")).ShouldBe(4);
    }

    [Fact]
    public async Task ErrorWorkbook_SentBackUnmended_IsRefusedForTheSameReasons()
    {
        ImportRun.Answer first = await portal.ImportAsync(maker, ImportKind.Loans, "三月.xlsx", Workbook([LoanRows.Sound("N-1"), LoanRows.Sound("N-2", ("industry", "K70"))]));
        Outcome<OpenImportFile.Answer> opened = await portal.SendAsync(maker, new OpenImportFile.Command(portal.Bank("B001"), first.Batch.Id, Errors: true));
        using MemoryStream copy = new();
        await opened.Value.Content.CopyToAsync(copy);
        await opened.Value.Content.DisposeAsync();

        ImportRun.Answer again = await portal.ImportAsync(maker, ImportKind.Loans, "再次.xlsx", copy.ToArray());

        again.FirstErrors.Select(e => e.Problem.Code).ShouldBe(["industry"]);
        (again.Counts.Accepted, again.Counts.Rejected).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Template_FilledIn_IsAccepted()
    {
        using MemoryStream template = new();
        ImportTemplates.Write(ImportKind.Loans, template, "甲银行深圳分行", "2026Q1", english: false);
        template.Position = 0;
        (string[] header, List<string?[]> samples) = Read(template);
        header.Length.ShouldBe(24);
        string?[] sound = LoanRows.Sound("TPL-1");

        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, "模板.xlsx",
            Workbook(header, [.. samples, [.. header.Select(h => sound[(int)LoanFields.Find(h)!.Value])]]));

        answer.FirstErrors.ShouldBeEmpty();
        answer.Counts.Accepted.ShouldBe(1 + samples.Count);
    }

    private static (string[] Header, List<string?[]> Rows) Read(Stream workbook)
    {
        using ISheetRows rows = SheetReader.Open(workbook, "back.xlsx");
        List<string?[]> all = [];
        while (rows.Read())
        {
            all.Add(rows.Cells.ToArray());
        }

        return ([.. rows.Header], all);
    }

    private static byte[] Workbook(string?[][] rows) => Workbook([.. LoanFields.All.Select(f => f.Header)], [.. rows]);

    private static byte[] Workbook(string[] header, List<string?[]> rows)
    {
        using MemoryStream file = new();
        using (XlsxWriter workbook = new(file))
        {
            XlsxSheet sheet = workbook.AddSheet(new SheetPlan("填报", [.. header.Select(h => new SheetColumn(h))]));
            foreach (string?[] row in rows)
            {
                sheet.NextRow();
                for (int i = 0; i < header.Length; i++)
                {
                    if (DateOnly.TryParseExact(row[i], "yyyy-MM-dd", out DateOnly day))
                    {
                        sheet.Date(day);
                    }
                    else if (LoanFields.Find(header[i]) is LoanColumn.Principal or LoanColumn.TotalBalance && decimal.TryParse(row[i], System.Globalization.CultureInfo.InvariantCulture, out decimal sum))
                    {
                        sheet.Money(sum);
                    }
                    else
                    {
                        sheet.Text(row[i]);
                    }
                }
            }

            workbook.Complete();
        }

        return file.ToArray();
    }
}
