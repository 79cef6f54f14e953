using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FundPool.Application.Spreadsheets;
using FundPool.Domain.Kernel;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Spreadsheets;

public class TemplateTests
{
    internal static readonly IReadOnlyList<TemplateField> Fields =
    [
        new("note_no", "借据编号", FieldKind.Text, true) { MaxLength = 64, Note = new("本行内不得重复", "Unique within the bank"), Sample = "JJ2026-0001" },
        new("borrower_kind", "借款人类型", FieldKind.Choice, true) { Options = [new("small", new("小型企业", "small enterprise")), new("micro", new("微型企业", "micro enterprise"))], Sample = "小型企业" },
        new("employees", "从业人员", FieldKind.Whole, false) { Sample = "25" },
        new("loan_date", "借据日期", FieldKind.Date, true) { Note = new("决定所属季度", "Decides the quarter"), Sample = "2026-03-31" },
        new("principal", "贷款金额", FieldKind.Money, true) { Sample = "4500000.00" },
        new("annual_rate", "年利率", FieldKind.Rate, true) { Sample = "0.0365" },
        new("security", "担保方式", FieldKind.Choices, true) { Options = [new("credit", new("纯信用", "pure credit")), new("ip", new("知识产权质押", "intellectual property"))], Sample = "知识产权质押" },
    ];

    private static readonly TemplateStamp Stamp = new("1", "B001", "2026Q1", "seal");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Template_InEachLanguage_FollowsTheSchema(bool english) => XlsxWriterTests.Valid(Write(english));

    [Fact]
    public void Template_Fresh_HasTheChineseHeadersAndNoRows()
    {
        using ISheetRows rows = SheetReader.Open(Write(), "模板.xlsx");

        rows.Header.ShouldBe(["借据编号", "借款人类型", "从业人员", "借据日期", "贷款金额", "年利率", "担保方式"]);
        rows.Read().ShouldBeFalse();
    }

    [Fact]
    public void Template_InEnglish_HasTheEnglishHeaders()
    {
        using ISheetRows rows = SheetReader.Open(Write(english: true), "template.xlsx");

        rows.Header.ShouldBe(["note_no", "borrower_kind", "employees", "loan_date", "principal", "annual_rate", "security"]);
    }

    [Fact]
    public void Template_HasItsFourSheets_TheLastTwoHidden()
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Open(Write(), false);

        document.WorkbookPart!.Workbook.Descendants<Sheet>().Select(s => $"{s.Name} {s.State?.InnerText}").ShouldBe(["填报 ", "填写说明 ", "_dict veryHidden", "_meta veryHidden"]);
    }

    [Fact]
    public void Template_Lists_PointAtNamedRanges()
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Open(Write(), false);
        Workbook workbook = document.WorkbookPart!.Workbook;

        workbook.Descendants<DefinedName>().Select(n => $"{n.Name} {n.Text}").ShouldBe(["dict_borrower_kind '_dict'!$A$2:$A$3", "dict_security '_dict'!$C$2:$C$3"]);
        document.WorkbookPart.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<DataValidation>())
            .Select(v => $"{v.Type?.InnerText} {v.SequenceOfReferences?.InnerText} {v.Formula1?.Text} {v.Formula2?.Text}".TrimEnd())
            .ShouldBe(
            [
                "textLength A2:A200001 64", "list B2:B200001 dict_borrower_kind", "whole C2:C200001 0", "date D2:D200001 36526 73050",
                "decimal E2:E200001 0", "decimal F2:F200001 0 1", "list G2:G200001 dict_security",
            ]);
    }

    [Fact]
    public void Template_Lists_HoldLabelsWithTheirCodesBeside()
    {
        using ISheetRows rows = SheetReader.OpenSheet(Write(), "_dict")!;

        rows.Header.ShouldBe(["borrower_kind", "borrower_kind.code", "security", "security.code"]);
        Book.Dump(rows).ShouldBe(["2: 小型企业|small|纯信用|credit", "3: 微型企业|micro|知识产权质押|ip"]);
    }

    [Fact]
    public void Template_Stamp_ComesBack() => Template.ReadStamp(Write()).ShouldBe(Stamp);

    [Fact]
    public void Stamp_OfAnyOtherFile_IsNull()
    {
        Template.ReadStamp(Book.WithRows("").Zip()).ShouldBeNull();
        Template.ReadStamp(new MemoryStream("a,b\n1,2"u8.ToArray())).ShouldBeNull();
        Template.ReadStamp(new MemoryStream()).ShouldBeNull();
    }

    [Fact]
    public void Template_Sample_StandsOnTheNotesSheetOnly()
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Open(Write(), false);
        List<string> texts = [.. document.WorkbookPart!.WorksheetParts.Select(p => p.Worksheet.InnerText)];

        texts.Count(t => t.Contains("JJ2026-0001", StringComparison.Ordinal)).ShouldBe(1);
        texts.Single(t => t.Contains("JJ2026-0001", StringComparison.Ordinal)).ShouldContain("贷款项目填报模板");
    }

    private static MemoryStream Write(bool english = false)
    {
        MemoryStream stream = new();
        Template.Write(stream, new Words("贷款项目填报模板", "Loan registration template"), Fields, Stamp, english);
        return stream;
    }
}
