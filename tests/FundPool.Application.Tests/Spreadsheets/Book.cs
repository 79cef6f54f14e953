using System.IO.Compression;
using System.Text;
using FundPool.Application.Spreadsheets;

namespace FundPool.Application.Tests.Spreadsheets;

/// <summary>Workbooks made by hand, part by part, so that each can be wrong in its own way.</summary>
internal sealed class Book
{
    internal const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    internal Dictionary<string, byte[]> Parts { get; } = new()
    {
        ["[Content_Types].xml"] = Utf8($"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"),
        ["_rels/.rels"] = Utf8($"<Relationships xmlns=\"{Package}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ["xl/workbook.xml"] = Utf8(WorkbookXml("")),
        ["xl/_rels/workbook.xml.rels"] = Utf8($"<Relationships xmlns=\"{Package}\"><Relationship Id=\"rId1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{Office}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"{Office}/styles\" Target=\"/xl/styles.xml\"/></Relationships>"),
    };

    internal static string WorkbookXml(string properties) =>
        $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><workbookPr{properties}/><sheets><sheet name=\"填报\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";

    /// <summary>A workbook whose sheet has the header a, b, c in row 1 and these rows.</summary>
    internal static Book WithRows(string rows, string after = "") =>
        new Book().With("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData><row r=\"1\">{Text("A1", "a")}{Text("B1", "b")}{Text("C1", "c")}</row>{rows}</sheetData>{after}</worksheet>");

    internal static Book WithSheet(string xml) => new Book().With("xl/worksheets/sheet1.xml", xml);

    internal Book With(string part, string xml)
    {
        Parts[part] = Utf8(xml);
        return this;
    }

    internal Book With(string part, byte[] bytes)
    {
        Parts[part] = bytes;
        return this;
    }

    /// <summary>Styles 1 yyyy-mm-dd, 2 the Chinese long date, 3 text, 4 percent, 5 [h]:mm.</summary>
    internal Book WithStyles() => With("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"165\" formatCode=\"[h]:mm\"/></numFmts><cellStyleXfs count=\"1\"><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs count=\"6\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"31\"/><xf numFmtId=\"49\"/><xf numFmtId=\"10\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>");

    internal Book WithStrings(params string[] items) => With("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(items.Select(i => $"<si>{i}</si>"))}</sst>");

    internal static string Text(string reference, string text) => $"<c r=\"{reference}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";

    internal MemoryStream Zip()
    {
        MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in Parts)
            {
                using Stream part = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                part.Write(bytes);
            }
        }

        stream.Position = 0;
        return stream;
    }

    internal ISheetRows Open(SheetLimits? limits = null) => SheetReader.Open(Zip(), "loans.xlsx", limits);

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    internal static MemoryStream Fixture(string name)
    {
        using Stream resource = typeof(Book).Assembly.GetManifestResourceStream(name)!;
        MemoryStream copy = new();
        resource.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    /// <summary>Every row as "number: cell|cell|cell", with its problems after it.</summary>
    internal static List<string> Dump(ISheetRows rows)
    {
        List<string> lines = [];
        using (rows)
        {
            while (rows.Read())
            {
                string problems = string.Concat(rows.Problems.Select(p => $" {p.Kind}@{p.Reference}"));
                lines.Add($"{rows.RowNumber}: {string.Join('|', rows.Cells.ToArray())}{problems}");
            }
        }

        return lines;
    }

    /// <summary>The code under which a file is refused, at opening or while it is read.</summary>
    internal static string Refusal(Stream file, string name = "loans.xlsx", SheetLimits? limits = null)
    {
        SpreadsheetRefused refused = Shouldly.Should.Throw<SpreadsheetRefused>(() => Dump(SheetReader.Open(file, name, limits)));
        Shouldly.ShouldBeStringTestExtensions.ShouldNotBeNullOrWhiteSpace(refused.Words.Zh);
        Shouldly.ShouldBeStringTestExtensions.ShouldNotBeNullOrWhiteSpace(refused.Words.En);
        return refused.Code;
    }
}
