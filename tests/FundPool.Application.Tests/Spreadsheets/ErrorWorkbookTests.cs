using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FundPool.Application.Spreadsheets;
using FundPool.Domain.Kernel;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Spreadsheets;

public class ErrorWorkbookTests
{
    private const string Source = "借据编号,borrower_kind,贷款金额\nN-1,small,100\nN-2,huge,100.005\n,micro,1\n\nN-4,small,2\n";

    private static readonly RowProblem[] Problems =
    [
        new(1, new Problem("loan_date", "required", new("缺少“借据日期”列", "The column loan_date is missing"))),
        new(3, new Problem("borrower_kind", "unknown_code", new("没有这种借款人类型；请从下拉列表中选择", "No such kind"))),
        new(3, new Problem("principal", "format", new("金额最多两位小数", "At most two decimals"))),
        new(4, new Problem("note_no", "required", new("必填", "Required"))),
        new(6, new Problem("", "registration_window", new("已过登记期限（第十九条第一项）", "The window has closed (a.19(1))"))),
        new(6, new Problem("loan_date", "required", new("必填", "Required"))),
    ];

    [Fact]
    public void RefusedRows_ComeBackAsTheyWereWithReasonsBeside()
    {
        using MemoryStream workbook = Write(Source, "loans.csv");
        using ISheetRows rows = SheetReader.Open(workbook, "errors.xlsx");

        rows.Header.ShouldBe(["借据编号", "borrower_kind", "贷款金额", "原行号", "错误说明"]);
        Book.Dump(rows).ShouldBe(
        [
            "2: N-2|huge|100.005|3|借款人类型：没有这种借款人类型；请从下拉列表中选择\n贷款金额：金额最多两位小数",
            "3: |micro|1|4|借据编号：必填",
            "4: N-4|small|2|6|已过登记期限（第十九条第一项）\n借据日期：必填",
        ]);
    }

    [Fact]
    public void Workbook_InBothLanguages_FollowsTheSchema()
    {
        using MemoryStream chinese = Write(Source, "loans.csv");
        using MemoryStream english = Write(Source, "loans.csv", english: true);

        XlsxWriterTests.Valid(chinese);
        XlsxWriterTests.Valid(english);
        using ISheetRows rows = SheetReader.Open(english, "errors.xlsx");
        rows.Header.TakeLast(2).ShouldBe(["Original row", "What is wrong"]);
        Book.Dump(rows)[1].ShouldBe("3: |micro|1|4|note_no: Required");
    }

    [Fact]
    public void WrongCells_AreRed_MissingOnesToo()
    {
        using MemoryStream workbook = Write(Source, "loans.csv");
        using SpreadsheetDocument document = SpreadsheetDocument.Open(workbook, false);
        WorkbookPart part = document.WorkbookPart!;
        List<CellFormat> formats = [.. part.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>()];
        string sheet = part.Workbook.Descendants<Sheet>().First().Id!;

        ((WorksheetPart)part.GetPartById(sheet)).Worksheet.Descendants<Cell>()
            .Where(c => formats[(int)c.StyleIndex!.Value].FillId!.Value == 3).Select(c => c.CellReference!.Value).ShouldBe(["B2", "C2", "A3"]);
    }

    [Fact]
    public void AllRows_OnRequest_IncludeTheGoodOnes()
    {
        using MemoryStream workbook = Write(Source, "loans.csv", allRows: true);
        List<string> rows = Book.Dump(SheetReader.Open(workbook, "errors.xlsx"));

        rows.Count.ShouldBe(4);
        rows[0].ShouldBe("2: N-1|small|100|2|");
    }

    [Fact]
    public void Summary_CountsByColumnAndCode()
    {
        using MemoryStream workbook = Write(Source, "loans.csv");
        using ISheetRows rows = SheetReader.OpenSheet(workbook, "错误汇总")!;

        rows.Header.ShouldBe(["列", "错误代码", "次数", "行号（前 10 个）", "例如"]);
        Book.Dump(rows).ShouldBe(
        [
            "2: 借据日期|required|2|1, 6|缺少“借据日期”列",
            "3: （整行）|registration_window|1|6|已过登记期限（第十九条第一项）",
            "4: 借款人类型|unknown_code|1|3|没有这种借款人类型；请从下拉列表中选择",
            "5: 借据编号|required|1|4|必填",
            "6: 贷款金额|format|1|3|金额最多两位小数",
        ]);
    }

    [Fact]
    public void SecondRound_DropsTheColumnsOfTheFirst()
    {
        using MemoryStream first = Write(Source, "loans.csv");
        using MemoryStream second = new();

        ErrorWorkbook.Write(first, "errors.xlsx", [new(2, new Problem("principal", "range", new("须大于 0", "Above 0")))], second, TemplateTests.Fields).ShouldBe(1);

        using ISheetRows rows = SheetReader.Open(second, "errors.xlsx");
        rows.Header.ShouldBe(["借据编号", "borrower_kind", "贷款金额", "原行号", "错误说明"]);
        Book.Dump(rows).ShouldBe(["2: N-2|huge|100.005|2|贷款金额：须大于 0"]);
    }

    [Fact]
    public void Stamp_OfTheTemplate_GoesAlong()
    {
        using MemoryStream template = new();
        Template.Write(template, new Words("标题", "Title"), TemplateTests.Fields, new TemplateStamp("1", "B001", "2026Q1"));
        using MemoryStream errors = new();

        ErrorWorkbook.Write(template, "t.xlsx", [], errors, TemplateTests.Fields).ShouldBe(0);

        Template.ReadStamp(errors).ShouldBe(new TemplateStamp("1", "B001", "2026Q1"));
        XlsxWriterTests.Valid(errors);
    }

    [Theory]
    [InlineData("错误说明", true)]
    [InlineData("原行号", true)]
    [InlineData("what is wrong", true)]
    [InlineData("借据编号", false)]
    public void OwnColumns_AreKnownByName(string header, bool own) => ErrorWorkbook.IsOwnColumn(header).ShouldBe(own);

    [Fact]
    public void Source_OfTheXlsFormat_ComesBackAsXlsx()
    {
        using MemoryStream output = new();

        ErrorWorkbook.Write(Book.Fixture("crafted.xls"), "loans.xls", [new(3, new Problem("principal", "range", new("须大于 0", "Above 0")))], output, TemplateTests.Fields);

        Book.Dump(SheetReader.Open(output, "errors.xlsx")).ShouldBe(["2: N-3|乙 & 丙|2026-03-31 12:00:00|0.3|0.05|尾|3|贷款金额：须大于 0"]);
    }

    [Fact]
    public void Problems_ByTheTenThousand_AreAllThere()
    {
        string source = "借据编号\n" + string.Concat(Enumerable.Range(2, 20_000).Select(r => $"N-{r}\n"));
        IEnumerable<RowProblem> each = Enumerable.Range(2, 20_000).Select(r => new RowProblem(r, new Problem("note_no", "duplicate", new("重复", "Twice"))));
        using MemoryStream output = new();

        ErrorWorkbook.Write(new MemoryStream(Encoding.UTF8.GetBytes(source)), "loans.csv", each, output, TemplateTests.Fields).ShouldBe(20_000);

        Book.Dump(SheetReader.Open(output, "errors.xlsx"))[^1].ShouldBe("20001: N-20001|20001|借据编号：重复");
    }

    private static MemoryStream Write(string source, string name, bool english = false, bool allRows = false)
    {
        MemoryStream output = new();
        ErrorWorkbook.Write(new MemoryStream(Encoding.UTF8.GetBytes(source)), name, Problems, output, TemplateTests.Fields, english, allRows);
        return output;
    }
}
