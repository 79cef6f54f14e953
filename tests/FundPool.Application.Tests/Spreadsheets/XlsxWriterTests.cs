using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using FundPool.Application.Spreadsheets;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Spreadsheets;

public class XlsxWriterTests
{
    [Fact]
    public void Workbook_OfEveryLookAndRule_FollowsTheSchema() => Valid(Everything());

    [Fact]
    public void Workbook_WrittenTwice_HasTheSameBytes() => Everything().ToArray().ShouldBe(Everything().ToArray());

    [Fact]
    public void Workbook_ReadBack_GivesWhatWasWritten() => Book.Dump(SheetReader.Open(Everything(), "x.xlsx")).ShouldBe(
    [
        "2: 00123|-1234.50|7|0.0365|2026-03-31|第一行\n第二行",
        "3: =1+2|0.01||||",
        "5: a<b>&\"c\"_x0041_😀|||||",
    ]);

    [Theory]
    [InlineData("\u0001", "_x0001_")]
    [InlineData("a\rb", "a\rb")]
    [InlineData(" 前后 ", " 前后 ")]
    [InlineData("a\uFFFF", "a\uFFFD")]
    [InlineData("\uD83D\uDE00", "\uD83D\uDE00")]
    [InlineData("_x", "_x")]
    [InlineData("_xABCD_", "_xABCD_")]
    public void Text_WithWhatXmlCannotHold_ComesBack(string text, string expected) => ComesBack(text, expected);

    [Fact]
    public void Text_WithHalfACharacter_ShowsThatItIsLost() => ComesBack("a" + (char)0xD83D + "b", "a\uFFFDb");

    [Fact]
    public void Text_LongerThanTheBuffer_IsWrittenWhole()
    {
        string text = string.Concat(Enumerable.Repeat("文😀&", 8192));
        using MemoryStream stream = new();
        using (XlsxWriter workbook = new(stream))
        {
            XlsxSheet sheet = workbook.AddSheet(new SheetPlan("s", [new("h")]));
            for (int i = 0; i < 20; i++)
            {
                sheet.NextRow();
                sheet.Text(text[..(32_767 - (i % 4))]);
            }

            workbook.Complete();
        }

        using ISheetRows rows = SheetReader.Open(stream, "x.xlsx");
        while (rows.Read())
        {
            rows.Cells[0]!.Replace("\uFFFD", "", StringComparison.Ordinal).ShouldBe(text[..(32_767 - ((rows.RowNumber - 2) % 4))].TrimEnd('\uD83D'));
        }
    }

    [Fact]
    public void RiskyText_IsAnInlineStringMarkedAsQuoted_NeverAFormula()
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Open(Everything(), false);
        WorkbookPart workbook = document.WorkbookPart!;
        Cell cell = workbook.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<Cell>()).Single(c => c.CellReference == "A3");

        cell.DataType!.Value.ShouldBe(CellValues.InlineString);
        cell.CellFormula.ShouldBeNull();
        workbook.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value).QuotePrefix!.Value.ShouldBeTrue();
    }

    [Fact]
    public void WrongCell_IsRed()
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Open(Everything(), false);
        WorkbookPart workbook = document.WorkbookPart!;
        Stylesheet styles = workbook.WorkbookStylesPart!.Stylesheet;
        Cell cell = workbook.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<Cell>()).Single(c => c.CellReference == "B3");
        uint fill = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value).FillId!.Value;

        styles.Fills!.Elements<Fill>().ElementAt((int)fill).PatternFill!.ForegroundColor!.Rgb!.Value.ShouldBe("FFFFC7CE");
    }

    [Fact]
    public void Workbook_NotCompleted_IsNoWorkbook()
    {
        using MemoryStream stream = new();
        using (XlsxWriter workbook = new(stream))
        {
            workbook.AddSheet(new SheetPlan("s", [new("h")]));
        }

        Book.Refusal(stream).ShouldBe("not_a_spreadsheet");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("这是一个超过三十一个字符的工作表名称所以表格软件打不开它应当被拒绝")]
    public void Sheet_WithANameThatExcelRefuses_IsAnError(string name)
    {
        using XlsxWriter workbook = new(new MemoryStream());

        Should.Throw<ArgumentException>(() => workbook.AddSheet(new SheetPlan(name, [])));
    }

    [Fact]
    public void Csv_ForExport_IsMarkedQuotedAndSafe()
    {
        using MemoryStream stream = new();
        using (CsvExport csv = new(stream))
        {
            csv.Row("名称", "a,b", "say \"hi\"", null);
            csv.Row("=1+2", "-12.50", "-1+2", "\tx");
        }

        stream.ToArray()[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        Encoding.UTF8.GetString(stream.ToArray()[3..]).ShouldBe("名称,\"a,b\",\"say \"\"hi\"\"\",\r\n'=1+2,-12.50,'-1+2,\"'\tx\"\r\n");
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+86 755", "'+86 755")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("-", "'-")]
    [InlineData("-1.2.3", "'-1.2.3")]
    [InlineData("-5", "-5")]
    [InlineData("深圳", "深圳")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void FormulaSafe_Text_PutsAnApostropheBeforeWhatMightRun(string? text, string expected) => FormulaSafe.Text(text).ShouldBe(expected);

    internal static void Valid(Stream workbook)
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Open(workbook, false);
        new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}").ShouldBeEmpty();
    }

    private static void ComesBack(string text, string expected)
    {
        using MemoryStream stream = new();
        using (XlsxWriter workbook = new(stream))
        {
            XlsxSheet sheet = workbook.AddSheet(new SheetPlan("s", [new("h")]));
            sheet.NextRow();
            sheet.Text(text);
            workbook.Complete();
        }

        Valid(stream);
        using ISheetRows rows = SheetReader.Open(stream, "x.xlsx");
        rows.Read().ShouldBeTrue();
        rows.Cells[0].ShouldBe(expected);
    }

    private static MemoryStream Everything()
    {
        MemoryStream stream = new();
        using XlsxWriter workbook = new(stream);
        XlsxSheet sheet = workbook.AddSheet(new SheetPlan("填报 & 更多", [new("编号"), new("金额", 18, CellLook.Money), new("人数", 8, CellLook.Whole), new("利率", 8, CellLook.Rate), new("日期", 12, CellLook.Date), new("备注", 30, CellLook.Wrapped)])
        {
            Rules =
            [
                SheetRule.List(0, "dict_x") with { Title = "编号", Error = "请选择", Prompt = new string('提', 300) },
                new(1, SheetRuleKind.Number, "0") { Error = "金额 < 0 & \"错\"" },
                new(2, SheetRuleKind.Whole, "0"),
                new(3, SheetRuleKind.Number, "0", "1"),
                new(4, SheetRuleKind.Date, "36526", "73050"),
                new(5, SheetRuleKind.TextLength, "200") { Strict = false },
            ],
            Merges = ["B9:C9"],
        });
        sheet.NextRow();
        sheet.Text("00123");
        sheet.Money(-1234.50m);
        sheet.Whole(7);
        sheet.Rate(0.0365m);
        sheet.Date(new DateOnly(2026, 3, 31));
        sheet.Text("第一行\n第二行", CellLook.Wrapped);
        sheet.NextRow();
        sheet.Text("=1+2", wrong: true);
        sheet.Money(0.01m, wrong: true);
        sheet.Whole(null, wrong: true);
        sheet.NextRow(height: 30);
        sheet.NextRow();
        sheet.Text("a<b>&\"c\"_x0041_😀");
        XlsxSheet list = workbook.AddSheet(new SheetPlan("_dict", [new("x")]) { Visibility = SheetVisibility.VeryHidden });
        list.NextRow();
        list.Text("甲");
        workbook.NameRange("dict_x", "_dict", 0, 2, 2);
        workbook.AddSheet(new SheetPlan("空", []) { HasHeader = false, Visibility = SheetVisibility.Hidden });
        workbook.Complete();
        return stream;
    }
}
