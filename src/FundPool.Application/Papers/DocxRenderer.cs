using System.Globalization;
using System.IO.Compression;
using System.Text;
using QRCoder;

namespace FundPool.Application.Papers;

/// <summary>
/// A paper as .docx in the form of GB/T 9704-2012. The same paper gives the same bytes: the parts are written in a fixed order with fixed times,
/// which the SDK's own package writer does not promise (ADR 0030), and nothing in them is drawn by lot.
/// </summary>
public static class DocxRenderer
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    // The first moment that a zip knows.
    private static readonly DateTimeOffset Beginning = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Render(Paper paper)
    {
        bool wide = paper.Annexes.Any(annex => annex.IsWide);
        List<(string Name, byte[] Content)> parts =
        [
            ("[Content_Types].xml", Text(DocxParts.ContentTypes)),
            ("_rels/.rels", Text(DocxParts.PackageRelations)),
            ("docProps/core.xml", Text(DocxParts.Core(paper))),
            ("word/document.xml", Text(new DocxBody(paper).Write().OuterXml)),
            ("word/_rels/document.xml.rels", Text(DocxParts.DocumentRelations)),
            ("word/styles.xml", Text(DocxStyles.Write().OuterXml)),
            ("word/settings.xml", Text(DocxParts.Settings().OuterXml)),
            ("word/fontTable.xml", Text(DocxParts.Fonts().OuterXml)),
            ("word/footer1.xml", Text(DocxFooters.Upright(odd: true).OuterXml)),
            ("word/footer2.xml", Text(DocxFooters.Upright(odd: false).OuterXml)),
            ("word/footer3.xml", Text((wide ? DocxFooters.Across(odd: true) : DocxFooters.Upright(odd: true)).OuterXml)),
            ("word/footer4.xml", Text((wide ? DocxFooters.Across(odd: false) : DocxFooters.Upright(odd: false)).OuterXml)),
            ("word/media/code.png", QrPicture(paper.Stamp.IsGiven ? paper.Stamp.Address : "-")),
        ];

        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in parts)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = Beginning;
                entry.ExternalAttributes = 0;
                using Stream stream = entry.Open();
                stream.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>A name for the file that says what it is.</summary>
    public static string FileName(Paper paper)
    {
        string name = paper.FlatTitle + (paper.Number is { } number ? $"（{number}）" : "");
        return string.Concat(name.Where(c => !"\\/:*?\"<>|".Contains(c, StringComparison.Ordinal)).Take(100)) + ".docx";
    }

    /// <summary>The address as a picture that a telephone reads.</summary>
    public static byte[] QrPicture(string address)
    {
        using QRCodeGenerator generator = new();
        using QRCodeData code = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using PngByteQRCode png = new(code);
        return png.GetGraphic(6);
    }

    private static byte[] Text(string xml) =>
        Encoding.UTF8.GetBytes(xml.StartsWith("<?xml", StringComparison.Ordinal) ? xml : string.Create(CultureInfo.InvariantCulture, $"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{'\n'}{xml}"""));
}
