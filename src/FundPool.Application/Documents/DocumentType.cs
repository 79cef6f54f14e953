using System.IO.Compression;
using System.Xml;
using FundPool.Application.Spreadsheets;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Documents;

/// <summary>The forms of document that are taken, told by their first bytes; Office files also by what the package holds, and never with macros, embedded objects or links that load something.</summary>
public sealed record DocumentType(string Extension, string ContentType)
{
    private const int MostParts = 2000;
    private const long MostUnpacked = 100L << 20;
    private const int MostRatio = 200;
    private const long LargestRelations = 1 << 20;

    // Parts that run or carry something else: macros, ActiveX, OLE and other embedded objects, data from elsewhere.
    private static readonly string[] Harmful = ["vbaProject", "/activeX/", "/embeddings/", "/externalLinks/", "/customUI/", "/macrosheets/", "/dialogsheets/"];

    private static readonly DocumentType Pdf = new(".pdf", "application/pdf");
    private static readonly DocumentType Jpeg = new(".jpg", "image/jpeg");
    private static readonly DocumentType Png = new(".png", "image/png");
    private static readonly DocumentType Word = new(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    private static readonly DocumentType Excel = new(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    /// <summary>The form of the content; null for anything that is not taken. The stream is left at its beginning.</summary>
    public static DocumentType? Of(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Span<byte> magic = stackalloc byte[8];
        content.Position = 0;
        int read = content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return magic[..read] switch
        {
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => Pdf,
            [0xFF, 0xD8, 0xFF, ..] => Jpeg,
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A] => Png,
            [(byte)'P', (byte)'K', 3, 4, ..] => Office(content),
            _ => null,
        };
    }

    /// <summary>The sender's name for the file with the extension that its content has, and without anything that leads elsewhere.</summary>
    public string Rename(string name)
    {
        string stem = Path.GetFileNameWithoutExtension(name.Replace('\\', '/'));
        string safe = new([.. stem.Where(c => !char.IsControl(c) && !"/\\:*?\"<>|".Contains(c, StringComparison.Ordinal))]);
        return (safe.Length == 0 ? "document" : Beginning.Of(safe, 100)) + Extension;
    }

    private static DocumentType? Office(Stream content)
    {
        try
        {
            using ZipArchive zip = new(content, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostParts || IsBomb(zip, content.Length) || zip.Entries.Any(IsHarmful))
            {
                return null;
            }

            return zip.GetEntry("word/document.xml") is not null ? Word : zip.GetEntry("xl/workbook.xml") is not null ? Excel : null;
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or NotSupportedException or SpreadsheetRefused)
        {
            return null;
        }
        finally
        {
            content.Position = 0;
        }
    }

    private static bool IsBomb(ZipArchive zip, long packed)
    {
        long unpacked = zip.Entries.Sum(entry => Math.Min(entry.Length, MostUnpacked + 1));
        return unpacked > MostUnpacked || unpacked / Math.Max(1, packed) > MostRatio;
    }

    private static bool IsHarmful(ZipArchiveEntry entry) =>
        Harmful.Any(part => ("/" + entry.FullName).Contains(part, StringComparison.OrdinalIgnoreCase))
        || (entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) && LeadsOutside(entry));

    // A hyperlink waits for a click; any other external target is loaded when the file is opened.
    private static bool LeadsOutside(ZipArchiveEntry entry)
    {
        if (entry.Length > LargestRelations)
        {
            return true;
        }

        using Stream stream = entry.Open();
        using XmlCursor cursor = new(stream, SheetLimits.Default);
        while (cursor.Read())
        {
            if (cursor.IsElement && string.Equals(cursor.Attribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase)
                && cursor.Attribute("Type")?.EndsWith("/hyperlink", StringComparison.Ordinal) != true)
            {
                return true;
            }
        }

        return false;
    }
}
