using System.IO.Compression;
using System.Text;
using FundPool.Application.Spreadsheets;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Spreadsheets;

/// <summary>Files made to hurt, or just broken: each is refused with a code and a sentence, none is half read.</summary>
public class HostileFileTests
{
    private static readonly string Good = $"<row r=\"2\">{Book.Text("A2", "x")}</row>";

    public static TheoryData<string, string> Workbooks => new()
    {
        { "zip bomb of spaces", "zip_bomb" },
        { "zip bomb of rows", "zip_bomb" },
        { "zip bomb of shared strings", "zip_bomb" },
        { "one tag of 2 MB", "zip_bomb" },
        { "one attribute of 2 MB", "zip_bomb" },
        { "2,001 entries", "too_many_parts" },
        { "two parts of one name", "damaged" },
        { "DTD in the sheet", "forbidden_xml" },
        { "DTD in the shared strings", "forbidden_xml" },
        { "DTD in the workbook", "forbidden_xml" },
        { "billion laughs", "forbidden_xml" },
        { "outside entity", "forbidden_xml" },
        { "undeclared entity", "damaged" },
        { "vbaProject.bin", "macros" },
        { "macro-enabled content type", "macros" },
        { "macro sheet", "macros" },
        { "external link part", "external_links" },
        { "external target", "external_links" },
        { "header of 257 columns", "too_many_columns" },
        { "header at XFD1", "too_many_columns" },
        { "cell beyond XFD", "damaged" },
        { "cell at ZZZZ", "damaged" },
        { "cell of another row", "damaged" },
        { "cells out of order", "damaged" },
        { "the same cell twice", "damaged" },
        { "rows out of order", "damaged" },
        { "row 1,048,577", "damaged" },
        { "row 0", "damaged" },
        { "16,385 cells without references", "damaged" },
        { "cell of 32,768 characters", "cell_too_long" },
        { "shared string of 32,768 characters", "cell_too_long" },
        { "shared string that isn't there", "damaged" },
        { "shared string number that is none", "damaged" },
        { "10,001 merged ranges", "too_many_merges" },
        { "merged range that is none", "damaged" },
        { "no header", "no_header" },
        { "blank first row", "no_header" },
        { "no rows at all", "no_header" },
        { "duplicate header", "duplicate_header" },
        { "sheet that ends in the middle", "damaged" },
        { "sheet that is no XML", "damaged" },
        { "sheet of another kind", "damaged" },
        { "deep nesting", "damaged" },
        { "30,000 names", "damaged" },
        { "no content types", "not_a_spreadsheet" },
        { "a text document", "not_a_spreadsheet" },
        { "a binary workbook", "not_a_spreadsheet" },
        { "no visible sheet", "no_sheet" },
        { "sheet part missing", "damaged" },
        { "climbing target", "damaged" },
        { "control character", "damaged" },
    };

    [Theory]
    [MemberData(nameof(Workbooks))]
    public void Workbook_MadeToHurt_IsRefused(string what, string code) => Book.Refusal(Make(what)).ShouldBe(code);

    [Fact]
    public void Workbook_WithMoreRowsThanAllowed_IsRefusedAtTheFirstOneTooMany()
    {
        string rows = string.Concat(Enumerable.Range(2, 11).Select(r => $"<row r=\"{r}\">{Book.Text($"A{r}", "x")}</row>"));
        using ISheetRows sheet = Book.WithRows(rows).Open(new SheetLimits { MaxRows = 10 });

        for (int i = 0; i < 10; i++)
        {
            sheet.Read().ShouldBeTrue();
        }

        Should.Throw<SpreadsheetRefused>(() => sheet.Read()).Code.ShouldBe("too_many_rows");
    }

    [Fact]
    public void Workbook_EncryptedByTheZip_IsRefused()
    {
        byte[] file = Book.WithRows(Good).Zip().ToArray();
        int directory = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        file[directory + 8] |= 1;

        Book.Refusal(new MemoryStream(file)).ShouldBe("encrypted");
    }

    [Fact]
    public void Workbook_CutAnywhere_IsRefused()
    {
        byte[] file = Book.WithRows(Good).WithStyles().Zip().ToArray();
        for (int length = 1; length < file.Length; length += 7)
        {
            string code = Book.Refusal(new MemoryStream(file, 0, length));
            code.ShouldBeOneOf("damaged", "not_a_spreadsheet", "nul_bytes", "no_header", "wrong_name");
        }
    }

    [Fact]
    public void Workbook_WhoseDirectoryLiesAboutASize_IsRefused()
    {
        byte[] file = Book.WithRows(string.Concat(Enumerable.Range(2, 5000).Select(r => $"<row r=\"{r}\"><c><v>{r}</v></c></row>"))).Zip().ToArray();
        int directory = file.AsSpan().LastIndexOf("xl/worksheets/sheet1.xml"u8) - 46;
        BitConverter.TryWriteBytes(file.AsSpan(directory + 24), 1000);

        Book.Refusal(new MemoryStream(file)).ShouldBe("damaged");
    }

    [Theory]
    [InlineData("loans.xlsx", "empty", "")]
    [InlineData("loans.csv", "no_header", "\n\n")]
    [InlineData("loans.csv", "no_header", ",,\n1,2,3")]
    [InlineData("loans.csv", "duplicate_header", "a,b,A \n1,2,3")]
    [InlineData("loans.xls", "web_page", "<html><table><tr><td>a</td></tr></table></html>")]
    [InlineData("loans.xls", "web_page", "\uFEFF\r\n <?xml version=\"1.0\"?><Workbook/>")]
    [InlineData("loans.csv", "not_a_spreadsheet", "%PDF-1.7")]
    [InlineData("loans.csv", "nul_bytes", "a,b\n1\0,2")]
    [InlineData("loans.csv", "not_a_spreadsheet", "a,b\n1\u0001,2")]
    [InlineData("loans.csv", "open_quote", "a,b\n1,\"2\n3,4\n")]
    [InlineData("loans.xlsx", "wrong_name", "a,b\n1,2")]
    [InlineData("loans.xls", "wrong_name", "a,b\n1,2")]
    public void Text_ThatIsNoTable_IsRefused(string name, string code, string text) =>
        Book.Refusal(new MemoryStream(Encoding.UTF8.GetBytes(text)), name).ShouldBe(code);

    [Theory]
    [InlineData("FFFE61002C006200", "utf16")]
    [InlineData("EFBBBF612CFF0A", "encoding")]
    [InlineData("612C620A31FF2C320A", "encoding")]
    [InlineData("89504E470D0A1A0A0000000D49484452000004000000030008020000009FA5", "not_a_spreadsheet")]
    [InlineData("504B0506000000000000000000000000000000000000", "not_a_spreadsheet")]
    [InlineData("D0CF11E0A1B11AE1", "damaged")]
    [InlineData("504B0304", "damaged")]
    public void Bytes_OfNoSpreadsheet_AreRefused(string hex, string code) =>
        Book.Refusal(new MemoryStream(Convert.FromHexString(hex)), "loans").ShouldBe(code);

    [Theory]
    [InlineData("loans.xls", "wrong_name")]
    [InlineData("loans.csv", "wrong_name")]
    [InlineData("loans.XLSM", "macros")]
    public void Workbook_UnderAnotherName_IsRefused(string name, string code) => Book.Refusal(Book.WithRows(Good).Zip(), name).ShouldBe(code);

    [Theory]
    [InlineData("loans.XLSX")]
    [InlineData("loans")]
    [InlineData("贷款.2026Q1.xlsx")]
    public void Workbook_UnderItsOwnNameOrNone_IsRead(string name) =>
        Book.Dump(SheetReader.Open(Book.WithRows(Good).Zip(), name)).ShouldBe(["2: x||"]);

    [Fact]
    public void Csv_OfCommasOnly_IsRefusedBeforeItFillsTheMemory()
    {
        byte[] file = new byte[20 << 20];
        Array.Fill(file, (byte)',');
        "a,b\n"u8.CopyTo(file);

        Book.Refusal(new MemoryStream(file), "loans.csv").ShouldBe("too_many_columns");
    }

    [Fact]
    public void Csv_CellOf32768Characters_IsRefused() =>
        Book.Refusal(new MemoryStream(Encoding.UTF8.GetBytes("a,b\n" + new string('x', 32_768) + ",1\n")), "loans.csv").ShouldBe("cell_too_long");

    private static MemoryStream Make(string what) => what switch
    {
        "zip bomb of spaces" => Book.WithRows(new string(' ', 40 << 20)).Zip(),
        "zip bomb of rows" => Book.WithRows(string.Concat(Enumerable.Repeat("<row/>", 1_000_000))).Zip(),
        "zip bomb of shared strings" => Book.WithRows(Good).WithStrings(string.Concat(Enumerable.Repeat("<t/>", 2_000_000))).Zip(),
        "one tag of 2 MB" => Random(Book.WithRows(Good), "<row r=\"3\"><c{0}/></row>"),
        "one attribute of 2 MB" => Random(Book.WithRows(Good), "<row r=\"3\"><c r=\"{0}\"/></row>"),
        "2,001 entries" => Entries(2_001),
        "two parts of one name" => Twice(),
        "DTD in the sheet" => Book.WithSheet($"<!DOCTYPE worksheet []><worksheet xmlns=\"{Book.Main}\"/>").Zip(),
        "DTD in the shared strings" => Book.WithRows(Good).With("xl/sharedStrings.xml", "<!DOCTYPE sst []><sst/>").Zip(),
        "DTD in the workbook" => Book.WithRows(Good).With("xl/workbook.xml", "<!DOCTYPE workbook []>" + Book.WorkbookXml("")).Zip(),
        "billion laughs" => Book.WithSheet("<!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><worksheet>&b;</worksheet>").Zip(),
        "outside entity" => Book.WithSheet("<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><worksheet>&x;</worksheet>").Zip(),
        "undeclared entity" => Book.WithRows($"<row r=\"2\">{Book.Text("A2", "&x;")}</row>").Zip(),
        "vbaProject.bin" => Book.WithRows(Good).With("xl/vbaProject.bin", "x").Zip(),
        "macro-enabled content type" => Book.WithRows(Good).With("[Content_Types].xml", "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>").Zip(),
        "macro sheet" => Book.WithRows(Good).With("xl/macrosheets/sheet1.xml", "<x/>").Zip(),
        "external link part" => Book.WithRows(Good).With("xl/externalLinks/externalLink1.xml", "<x/>").Zip(),
        "external target" => Relations(" TargetMode=\"External\"", "file:///c:/secret.xlsx"),
        "header of 257 columns" => Book.WithSheet($"<worksheet><sheetData><row r=\"1\">{string.Concat(Enumerable.Range(1, 257).Select(i => $"<c t=\"str\"><v>h{i}</v></c>"))}</row></sheetData></worksheet>").Zip(),
        "header at XFD1" => Book.WithSheet($"<worksheet><sheetData><row r=\"1\">{Book.Text("A1", "a")}{Book.Text("XFD1", "z")}</row></sheetData></worksheet>").Zip(),
        "cell beyond XFD" => Cell(Book.Text("XFE2", "x")),
        "cell at ZZZZ" => Cell(Book.Text("ZZZZ2", "x")),
        "cell of another row" => Cell(Book.Text("A7", "x")),
        "cells out of order" => Cell(Book.Text("C2", "x") + Book.Text("B2", "y")),
        "the same cell twice" => Cell(Book.Text("B2", "x") + Book.Text("B2", "y")),
        "rows out of order" => Book.WithRows("<row r=\"5\"/><row r=\"4\"/>").Zip(),
        "row 1,048,577" => Book.WithRows("<row r=\"1048577\"/>").Zip(),
        "row 0" => Book.WithRows("<row r=\"0\"/>").Zip(),
        "16,385 cells without references" => Cell(string.Concat(Enumerable.Repeat("<c/>", 16_385))),
        "cell of 32,768 characters" => Cell(Book.Text("A2", new string('文', 32_768))),
        "shared string of 32,768 characters" => Book.WithRows(Good).WithStrings($"<t>{Noise(32_768)}</t>").Zip(),
        "shared string that isn't there" => Cell("<c r=\"A2\" t=\"s\"><v>7</v></c>"),
        "shared string number that is none" => Cell("<c r=\"A2\" t=\"s\"><v>x</v></c>"),
        "10,001 merged ranges" => Book.WithRows(Good, $"<mergeCells>{string.Concat(Enumerable.Range(2, 10_001).Select(i => $"<mergeCell ref=\"A{i}:B{i}\"/>"))}</mergeCells>").Zip(),
        "merged range that is none" => Book.WithRows(Good, "<mergeCells><mergeCell ref=\"A2\"/></mergeCells>").Zip(),
        "no header" => Book.WithSheet("<worksheet><sheetData><row r=\"1\"/></sheetData></worksheet>").Zip(),
        "blank first row" => Book.WithSheet($"<worksheet><sheetData><row r=\"2\">{Book.Text("A2", "a")}</row></sheetData></worksheet>").Zip(),
        "no rows at all" => Book.WithSheet("<worksheet><sheetData/></worksheet>").Zip(),
        "duplicate header" => Book.WithSheet($"<worksheet><sheetData><row r=\"1\">{Book.Text("A1", "编号")}{Book.Text("B1", " 编号 ")}</row></sheetData></worksheet>").Zip(),
        "sheet that ends in the middle" => Book.WithSheet($"<worksheet><sheetData><row r=\"1\">{Book.Text("A1", "a")}</row>{Good}").Zip(),
        "sheet that is no XML" => Book.WithSheet("a,b\n1,2").Zip(),
        "sheet of another kind" => Book.WithSheet("<chartsheet/>").Zip(),
        "deep nesting" => Cell("<c r=\"A2\">" + string.Concat(Enumerable.Repeat("<x>", 100)) + string.Concat(Enumerable.Repeat("</x>", 100)) + "</c>"),
        "30,000 names" => Cell(string.Concat(Enumerable.Range(0, 30_000).Select(i => $"<n{i}/>"))),
        "no content types" => Without("[Content_Types].xml"),
        "a text document" => Book.WithRows(Good).With("xl/workbook.xml", "<document/>").Zip(),
        "a binary workbook" => Book.WithRows(Good).With("_rels/.rels", "<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>").With("xl/workbook.bin", "x").Zip(),
        "no visible sheet" => Book.WithRows(Good).With("xl/workbook.xml", Book.WorkbookXml("").Replace("sheetId", "state=\"hidden\" sheetId", StringComparison.Ordinal)).Zip(),
        "sheet part missing" => Without("xl/worksheets/sheet1.xml"),
        "climbing target" => Relations("", "../../../../etc/passwd"),
        "control character" => Cell(Book.Text("A2", "\u0001")),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static MemoryStream Cell(string cells) => Book.WithRows($"<row r=\"2\">{cells}</row>").Zip();

    private static MemoryStream Without(string part)
    {
        Book book = Book.WithRows(Good);
        book.Parts.Remove(part).ShouldBeTrue();
        return book.Zip();
    }

    private static MemoryStream Relations(string mode, string target) => Book.WithRows(Good)
        .With("xl/_rels/workbook.xml.rels", $"<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"{target}\"{mode}/></Relationships>").Zip();

    private static MemoryStream Entries(int count)
    {
        Book book = Book.WithRows(Good);
        for (int i = book.Parts.Count; i < count; i++)
        {
            book.With($"xl/media/{i}.txt", "");
        }

        return book.Zip();
    }

    private static MemoryStream Twice()
    {
        MemoryStream stream = Book.WithRows(Good).Zip();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.CreateEntry("XL/worksheets/sheet1.xml");
        }

        return stream;
    }

    /// <summary>Two megabytes that don't compress to nothing, so that the ratio says nothing.</summary>
    private static MemoryStream Random(Book book, string row)
    {
        string sheet = Encoding.UTF8.GetString(book.Parts["xl/worksheets/sheet1.xml"]);
        string noise = Noise(2 << 20);
        return book.With("xl/worksheets/sheet1.xml", sheet.Replace("</sheetData>", row.Replace("{0}", noise, StringComparison.Ordinal) + "</sheetData>", StringComparison.Ordinal)).Zip();
    }

    private static string Noise(int length)
    {
        Random random = new(7);
        return string.Create(length, random, (text, source) => source.GetItems("abcdefghijklmnopqrstuvwxyz0123456789", text));
    }
}
