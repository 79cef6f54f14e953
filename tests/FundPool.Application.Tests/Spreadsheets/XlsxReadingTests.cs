using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FundPool.Application.Spreadsheets;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Spreadsheets;

public class XlsxReadingTests
{
    [Fact]
    public void Rows_WithGapsAndBlankRows_KeepTheSpreadsheetsNumbers()
    {
        Book book = Book.WithRows($"<row r=\"2\">{Book.Text("B2", "x")}</row><row r=\"3\"/><row r=\"4\">{Book.Text("A4", " ")}</row><row r=\"9\">{Book.Text("A9", "y")}{Book.Text("C9", "z")}</row>");

        Book.Dump(book.Open()).ShouldBe(["2: |x|", "9: y||z"]);
    }

    [Fact]
    public void Rows_WithoutReferences_AreCountedOn()
    {
        Book book = Book.WithRows("<row><c t=\"str\"><v>x</v></c><c/><c><v>3</v></c></row><row/><row><c><v>7</v></c></row>");

        Book.Dump(book.Open()).ShouldBe(["2: x||3", "4: 7||"]);
    }

    [Fact]
    public void Header_WithGapAndSpaces_IsTrimmedAndAligned()
    {
        Book book = Book.WithSheet($"<worksheet xmlns=\"{Book.Main}\"><sheetData><row r=\"1\">{Book.Text("A1", "\u00A0合同编号 ")}{Book.Text("C1", "备注")}</row><row r=\"2\">{Book.Text("A2", "1")}{Book.Text("B2", "stray")}{Book.Text("C2", "2")}{Book.Text("AZ2", "far")}</row></sheetData></worksheet>");
        using ISheetRows rows = book.Open();

        rows.Header.ShouldBe(["合同编号", "备注"]);
        Book.Dump(rows).ShouldBe(["2: 1|2 OutsideHeader@B2"]);
    }

    [Theory]
    [InlineData("<c r=\"A2\"><v>0.30000000000000004</v></c>", "0.3")]
    [InlineData("<c r=\"A2\"><v>4.5E6</v></c>", "4500000")]
    [InlineData("<c r=\"A2\"><v>3.6499999999999998E-2</v></c>", "0.0365")]
    [InlineData("<c r=\"A2\"><v>-12.50</v></c>", "-12.50")]
    [InlineData("<c r=\"A2\" s=\"4\"><v>0.0365</v></c>", "0.0365")]
    [InlineData("<c r=\"A2\" s=\"1\"><v>46112</v></c>", "2026-03-31")]
    [InlineData("<c r=\"A2\" s=\"2\"><v>46112</v></c>", "2026-03-31")]
    [InlineData("<c r=\"A2\" s=\"1\"><v>46112.75</v></c>", "2026-03-31 18:00:00")]
    [InlineData("<c r=\"A2\" s=\"1\"><v>59</v></c>", "1900-02-28")]
    [InlineData("<c r=\"A2\" s=\"1\"><v>61</v></c>", "1900-03-01")]
    [InlineData("<c r=\"A2\" s=\"5\"><v>1.5</v></c>", "1.5")]
    [InlineData("<c r=\"A2\" t=\"d\"><v>2026-03-31T00:00:00Z</v></c>", "2026-03-31")]
    [InlineData("<c r=\"A2\" t=\"b\"><v>1</v></c>", "TRUE")]
    [InlineData("<c r=\"A2\" t=\"s\"><v>0</v></c>", "深圳 甲公司")]
    [InlineData("<c r=\"A2\" t=\"s\"><v>1</v></c>", "东京")]
    [InlineData("<c r=\"A2\" t=\"s\"><v>2</v></c>", "00123")]
    [InlineData("<c r=\"A2\" t=\"inlineStr\"><is><r><t>第一</t></r><r><t xml:space=\"preserve\"> 行</t></r></is></c>", "第一 行")]
    [InlineData("<c r=\"A2\" t=\"inlineStr\"><is><t>a_x000A_b_x005F_x000A_</t></is></c>", "a\nb_x000A_")]
    [InlineData("<c r=\"A2\" t=\"inlineStr\"><is><t>a_x0000_b_xD800_</t></is></c>", "a_x0000_b_xD800_")]
    [InlineData("<c r=\"A2\" t=\"inlineStr\"><is><t><![CDATA[<&>]]>&amp;&#x4E2D;</t></is></c>", "<&>&中")]
    public void Cell_OfEachKind_IsReadAsItWasTyped(string cell, string expected)
    {
        Book book = Book.WithRows($"<row r=\"2\">{cell}</row>").WithStyles()
            .WithStrings("<r><t>深圳</t></r><r><t xml:space=\"preserve\"> 甲公司</t></r>", "<t>东京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh>", "<t>00123</t>");

        Book.Dump(book.Open()).ShouldBe([$"2: {expected}||"]);
    }

    [Theory]
    [InlineData("<c r=\"A2\"><f>1+2</f><v>3</v></c>", "2: 3|| Formula@A2")]
    [InlineData("<c r=\"A2\" t=\"str\"><f>HYPERLINK(&quot;x&quot;)</f><v></v></c>", "2: || Formula@A2")]
    [InlineData("<c r=\"A2\"><f t=\"shared\" si=\"0\"/><v>3</v></c>", "2: 3|| Formula@A2")]
    [InlineData("<c r=\"A2\" t=\"e\"><v>#N/A</v></c>", "2: #N/A|| ErrorValue@A2")]
    [InlineData("<c r=\"A2\"><v>1E400</v></c>", "2: 1E400|| ErrorValue@A2")]
    [InlineData("<c r=\"A2\"><v>NaN</v></c>", "2: NaN|| ErrorValue@A2")]
    [InlineData("<c r=\"A2\"><v>4.4030519900101126E+17</v></c>", "2: 440305199001011000|| DigitsLost@A2")]
    [InlineData("<c r=\"A2\" s=\"1\"><v>60</v></c>", "2: 60|| BadDate@A2")]
    [InlineData("<c r=\"A2\" s=\"1\"><v>-1</v></c>", "2: -1|| BadDate@A2")]
    [InlineData("<c r=\"A2\" s=\"1\"><v>1E300</v></c>", "2: 1E300|| BadDate@A2")]
    public void Cell_ThatCannotBeTaken_IsAProblemOfItsRow(string cell, string expected) =>
        Book.Dump(Book.WithRows($"<row r=\"2\">{cell}</row>").WithStyles().Open()).ShouldBe([expected]);

    [Fact]
    public void Dates_InA1904Workbook_CountFrom1904()
    {
        Book book = Book.WithRows("<row r=\"2\"><c r=\"A2\" s=\"1\"><v>44650</v></c></row>").WithStyles()
            .With("xl/workbook.xml", Book.WorkbookXml(" date1904=\"1\""));

        Book.Dump(book.Open()).ShouldBe(["2: 2026-03-31||"]);
    }

    [Fact]
    public void MergedCells_AreProblemsOfEveryRowTheyCover()
    {
        Book book = Book.WithRows(
            string.Concat(Enumerable.Range(2, 5).Select(r => $"<row r=\"{r}\">{Book.Text($"A{r}", "x")}</row>")),
            "<mergeCells count=\"2\"><mergeCell ref=\"B3:C4\"/><mergeCell ref=\"A4:A5\"/></mergeCells>");

        Book.Dump(book.Open()).ShouldBe(["2: x||", "3: x|| Merged@B3 Merged@C3", "4: x|| Merged@A4 Merged@B4 Merged@C4", "5: x|| Merged@A5", "6: x||"]);
    }

    [Fact]
    public void HiddenRow_WithData_IsAProblem()
    {
        Book book = Book.WithRows($"<row r=\"2\" hidden=\"1\">{Book.Text("A2", "x")}</row><row r=\"3\" hidden=\"1\"/>");

        Book.Dump(book.Open()).ShouldBe(["2: x|| HiddenRow@2"]);
    }

    [Fact]
    public void Sheets_TheFirstVisibleOneIsRead()
    {
        Book book = Book.WithRows($"<row r=\"2\">{Book.Text("A2", "seen")}</row>");
        book.With("xl/worksheets/sheet2.xml", $"<worksheet xmlns=\"{Book.Main}\"><sheetData><row r=\"1\">{Book.Text("A1", "hidden")}</row></sheetData></worksheet>");
        string workbook = Encoding.UTF8.GetString(book.Parts["xl/workbook.xml"]).Replace("<sheets>", "<sheets><sheet name=\"h\" sheetId=\"2\" state=\"hidden\" r:id=\"rId9\"/>", StringComparison.Ordinal);
        string relations = Encoding.UTF8.GetString(book.Parts["xl/_rels/workbook.xml.rels"]).Replace("</Relationships>", "<Relationship Id=\"rId9\" Type=\"x/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>", StringComparison.Ordinal);

        Book.Dump(book.With("xl/workbook.xml", workbook).With("xl/_rels/workbook.xml.rels", relations).Open()).ShouldBe(["2: seen||"]);
    }

    [Fact]
    public void PrefixedNamesAndUtf16_AreReadAlike()
    {
        string xml = $"<?xml version=\"1.0\" encoding=\"utf-16\"?><x:worksheet xmlns:x=\"{Book.Main}\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"str\"><x:v>表头</x:v></x:c></x:row><x:row r=\"2\"><x:c r=\"A2\"><x:v>5</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref=\"A2:A3\"/></x:mergeCells></x:worksheet>";
        byte[] bytes = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(xml)];

        Book.Dump(new Book().With("xl/worksheets/sheet1.xml", bytes).Open()).ShouldBe(["2: 5 Merged@A2"]);
    }

    [Fact]
    public void Workbook_OfTheOpenXmlSdk_IsRead()
    {
        using MemoryStream stream = new();
        using (SpreadsheetDocument document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            WorkbookPart workbook = document.AddWorkbookPart();
            WorksheetPart sheet = workbook.AddNewPart<WorksheetPart>();
            SharedStringTablePart strings = workbook.AddNewPart<SharedStringTablePart>();
            strings.SharedStringTable = new SharedStringTable(new SharedStringItem(new Text("借据编号")), new SharedStringItem(new Text("N-1")));
            sheet.Worksheet = new Worksheet(new SheetData(
                new Row(new Cell { CellReference = "A1", DataType = CellValues.SharedString, CellValue = new CellValue("0") }) { RowIndex = 1 },
                new Row(new Cell { CellReference = "A2", DataType = CellValues.SharedString, CellValue = new CellValue("1") }) { RowIndex = 2 }));
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "填报" }));
        }

        using ISheetRows rows = SheetReader.Open(stream, "sdk.xlsx");

        rows.Kind.ShouldBe(SheetKind.Xlsx);
        rows.Header.ShouldBe(["借据编号"]);
        Book.Dump(rows).ShouldBe(["2: N-1"]);
    }

    [Fact]
    public void SharedStrings_PastTheLimitOfMemory_AreReadFromTheFile()
    {
        string[] texts = [.. Enumerable.Range(0, 5000).Select(i => $"<t>第{i}条{new string('文', 300)}</t>")];
        Book book = Book.WithRows(string.Concat(Enumerable.Range(0, 5000).Select(i => $"<row r=\"{i + 2}\"><c r=\"A{i + 2}\" t=\"s\"><v>{i}</v></c><c r=\"B{i + 2}\" t=\"s\"><v>{4999 - i}</v></c></row>"))).WithStrings(texts);
        using ISheetRows rows = book.Open(new SheetLimits { SharedStringsInMemory = 1 << 20 });

        for (int i = 0; i < 5000; i++)
        {
            rows.Read().ShouldBeTrue();
            rows.Cells[0].ShouldBe($"第{i}条{new string('文', 300)}");
            rows.Cells[1].ShouldBe($"第{4999 - i}条{new string('文', 300)}");
        }
    }
}
