using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace FundPool.Application.Spreadsheets;

/// <summary>
/// Writes a workbook forwards: each cell goes into the zip as it comes, nothing is kept. The same calls give the same
/// bytes. A file is whole once <see cref="Complete"/> has been called, so that a failure half-way leaves no good-looking one.
/// </summary>
public sealed class XlsxWriter(Stream output, CompressionLevel compression = CompressionLevel.Fastest) : IDisposable
{
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly SearchValues<char> NotInNames = SearchValues.Create("[]:*?/\\'");

    private readonly ZipArchive _zip = new(output, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<SheetPlan> _sheets = [];
    private readonly List<(string Name, string Range)> _names = [];
    private XlsxSheet? _open;

    /// <summary>Ends the sheet before and begins the next one.</summary>
    public XlsxSheet AddSheet(SheetPlan plan)
    {
        if (plan.Name.Length is 0 or > 31 || plan.Name.AsSpan().ContainsAny(NotInNames) || _sheets.Any(s => string.Equals(s.Name, plan.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException("A sheet's name has 1 to 31 characters, none of []:*?/\\', and stands once in a workbook.", nameof(plan));
        }

        _open?.End();
        _sheets.Add(plan);
        Stream part = CreatePart($"xl/worksheets/sheet{_sheets.Count}.xml");
        _open = new XlsxSheet(part, plan, selected: _sheets.Count == 1);
        return _open;
    }

    /// <summary>A name for the cells of one column (counted from 0), which rules may offer as a list.</summary>
    public void NameRange(string name, string sheet, int column, int firstRow, int lastRow)
    {
        string letters = SheetRows.ColumnName(column);
        _names.Add((name, string.Create(CultureInfo.InvariantCulture, $"'{sheet}'!${letters}${firstRow}:${letters}${lastRow}")));
    }

    public void Complete()
    {
        _open?.End();
        _open = null;
        WritePart("xl/workbook.xml", Workbook());
        WritePart("xl/_rels/workbook.xml.rels", WorkbookRelations());
        WritePart("xl/styles.xml", XlsxLooks.StylesXml);
        WritePart("_rels/.rels", Relations("<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"));
        WritePart("[Content_Types].xml", ContentTypes());
        _zip.Dispose();
    }

    public void Dispose() => _zip.Dispose();

    private static string Relations(string inner) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>";

    private Stream CreatePart(string path)
    {
        ZipArchiveEntry entry = _zip.CreateEntry(path, compression);
        entry.LastWriteTime = Stamp;
        return entry.Open();
    }

    private void WritePart(string path, string xml)
    {
        using Stream part = CreatePart(path);
        part.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml));
    }

    private string Workbook()
    {
        StringBuilder xml = new("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><bookViews><workbookView/></bookViews><sheets>");
        for (int i = 0; i < _sheets.Count; i++)
        {
            string state = _sheets[i].Visibility switch { SheetVisibility.Hidden => " state=\"hidden\"", SheetVisibility.VeryHidden => " state=\"veryHidden\"", _ => "" };
            xml.Append(CultureInfo.InvariantCulture, $"<sheet name=\"{SecurityElement.Escape(_sheets[i].Name)}\" sheetId=\"{i + 1}\"{state} r:id=\"rId{i + 1}\"/>");
        }

        xml.Append("</sheets>");
        if (_names.Count > 0)
        {
            xml.Append("<definedNames>");
            foreach ((string name, string range) in _names.OrderBy(n => n.Name, StringComparer.Ordinal))
            {
                xml.Append(CultureInfo.InvariantCulture, $"<definedName name=\"{SecurityElement.Escape(name)}\">{SecurityElement.Escape(range)}</definedName>");
            }

            xml.Append("</definedNames>");
        }

        return xml.Append("</workbook>").ToString();
    }

    private string WorkbookRelations()
    {
        StringBuilder xml = new();
        for (int i = 1; i <= _sheets.Count; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Relationship Id=\"rId{i}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>");
        }

        xml.Append(CultureInfo.InvariantCulture, $"<Relationship Id=\"rId{_sheets.Count + 1}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>");
        return Relations(xml.ToString());
    }

    private string ContentTypes()
    {
        StringBuilder xml = new("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>");
        xml.Append("<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>");
        xml.Append("<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>");
        for (int i = 1; i <= _sheets.Count; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Override PartName=\"/xl/worksheets/sheet{i}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>");
        }

        return xml.Append("</Types>").ToString();
    }
}
