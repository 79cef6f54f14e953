using System.Buffers.Binary;
using System.IO.Compression;

namespace FundPool.Application.Spreadsheets;

/// <summary>The zip around a workbook: checked before anything in it is unpacked, then opened part by part.</summary>
internal sealed class XlsxPackage : IDisposable
{
    private const int EntryHeader = 46;
    private const int EndRecord = 22;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly SheetLimits _limits;
    private readonly string _workbook;
    private readonly Dictionary<string, (string Type, string Target)> _relations;

    internal XlsxPackage(Stream stream, SheetLimits limits)
    {
        _limits = limits;
        CountEntries(stream, limits.MaxEntries);
        stream.Position = 0;
        _zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        try
        {
            foreach (ZipArchiveEntry entry in _zip.Entries)
            {
                Admit(entry);
            }

            _workbook = WorkbookPart();
            _relations = Relations(_workbook, out bool external);
            if (external || _relations.Values.Any(r => r.Type == "externalLink"))
            {
                throw SpreadsheetRefused.ExternalLinks();
            }

            (Sheets, From1904) = ReadWorkbook();
        }
        catch
        {
            _zip.Dispose();
            throw;
        }
    }

    internal IReadOnlyList<(string Name, string Part, bool Visible)> Sheets { get; }

    internal bool From1904 { get; }

    public void Dispose() => _zip.Dispose();

    /// <summary>The part that the workbook names by this type, or null.</summary>
    internal string? PartOfType(string type) => _relations.Values.Where(r => r.Type == type).Select(r => r.Target).FirstOrDefault(_parts.ContainsKey);

    internal GuardedStream Open(string part)
    {
        if (!_parts.TryGetValue(part, out ZipArchiveEntry? entry))
        {
            throw SpreadsheetRefused.Damaged();
        }

        return new GuardedStream(entry.Open(), entry.CompressedLength, _limits);
    }

    /// <summary>Walks the directory by its signatures, because the archive reads all of it before it can be asked how long it is.</summary>
    private static void CountEntries(Stream stream, int most)
    {
        int tail = (int)Math.Min(stream.Length, EndRecord + ushort.MaxValue);
        byte[] end = new byte[tail];
        stream.Position = stream.Length - tail;
        stream.ReadExactly(end);
        int at = end.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndRecord > tail)
        {
            throw SpreadsheetRefused.Damaged();
        }

        long directory = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + 16));
        if (BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(at + 10)) > most)
        {
            throw SpreadsheetRefused.TooManyParts();
        }

        // A workbook of less than 4 GiB has no need of the 64-bit form, whose directory stands elsewhere.
        if (directory == uint.MaxValue || end.AsSpan(0, at).LastIndexOf("PK\u0006\u0007"u8) == at - 20 && at >= 20)
        {
            throw SpreadsheetRefused.Damaged();
        }

        Span<byte> header = stackalloc byte[EntryHeader];
        for (int count = 0; ; count++)
        {
            stream.Position = directory;
            if (stream.ReadAtLeast(header, EntryHeader, throwOnEndOfStream: false) < EntryHeader || !header.StartsWith("PK\u0001\u0002"u8))
            {
                return;
            }

            if (count >= most)
            {
                throw SpreadsheetRefused.TooManyParts();
            }

            if ((header[8] & 1) != 0)
            {
                throw SpreadsheetRefused.Encrypted();
            }

            directory += EntryHeader + BinaryPrimitives.ReadUInt16LittleEndian(header[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        }
    }

    private void Admit(ZipArchiveEntry entry)
    {
        if (entry.Length > _limits.MaxEntryBytes || (entry.Length > 1 << 20 && entry.Length > entry.CompressedLength * _limits.MaxRatio))
        {
            throw SpreadsheetRefused.Bomb();
        }

        string name = entry.FullName.Replace('\\', '/').TrimStart('/');
        if (name.Contains("vbaProject", StringComparison.OrdinalIgnoreCase) || name.StartsWith("xl/macrosheets/", StringComparison.OrdinalIgnoreCase))
        {
            throw SpreadsheetRefused.Macros();
        }

        if (name.StartsWith("xl/externalLinks/", StringComparison.OrdinalIgnoreCase))
        {
            throw SpreadsheetRefused.ExternalLinks();
        }

        if (!_parts.TryAdd(name, entry))
        {
            throw SpreadsheetRefused.Damaged(); // two parts of one name: which one is read would depend on the program
        }
    }

    private string WorkbookPart()
    {
        if (!_parts.ContainsKey("[Content_Types].xml"))
        {
            throw SpreadsheetRefused.NotASpreadsheet();
        }

        using (XmlCursor types = new(Open("[Content_Types].xml"), _limits))
        {
            while (types.Read())
            {
                if (types.IsElement && types.Attribute("ContentType") is { } type
                    && (type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)))
                {
                    throw SpreadsheetRefused.Macros();
                }
            }
        }

        string? workbook = Relations("", out _).Values.FirstOrDefault(r => r.Type == "officeDocument").Target;
        return workbook is not null && workbook.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && _parts.ContainsKey(workbook)
            ? workbook
            : throw SpreadsheetRefused.NotASpreadsheet();
    }

    /// <summary>Relation id → the last word of its type, and the part it points to.</summary>
    private Dictionary<string, (string Type, string Target)> Relations(string part, out bool external)
    {
        external = false;
        Dictionary<string, (string, string)> relations = new(StringComparer.Ordinal);
        int slash = part.LastIndexOf('/') + 1;
        string path = $"{part[..slash]}_rels/{part[slash..]}.rels";
        if (!_parts.ContainsKey(path))
        {
            return relations;
        }

        using XmlCursor cursor = new(Open(path), _limits);
        while (cursor.Read())
        {
            if (!cursor.IsElement || cursor.Name != "Relationship")
            {
                continue;
            }

            string id = "", type = "", target = "";
            while (cursor.NextAttribute())
            {
                switch (cursor.Name)
                {
                    case "Id": id = cursor.Value; break;
                    case "Type": type = cursor.Value[(cursor.Value.LastIndexOf('/') + 1)..]; break;
                    case "Target": target = cursor.Value; break;
                    case "TargetMode": external |= cursor.Value == "External"; break;
                    default: break;
                }
            }

            cursor.BackToElement();
            relations[id] = (type, Resolve(part[..slash], target));
        }

        return relations;
    }

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/'))
        {
            return target[1..];
        }

        List<string> path = [.. folder.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        foreach (string step in target.Split('/'))
        {
            if (step == "..")
            {
                path.RemoveRange(Math.Max(0, path.Count - 1), Math.Min(1, path.Count));
            }
            else if (step is not ("." or ""))
            {
                path.Add(step);
            }
        }

        return string.Join('/', path);
    }

    private (IReadOnlyList<(string, string, bool)> Sheets, bool From1904) ReadWorkbook()
    {
        List<(string, string, bool)> sheets = [];
        bool from1904 = false;
        using XmlCursor cursor = new(Open(_workbook), _limits);
        while (cursor.Read())
        {
            if (!cursor.IsElement)
            {
                continue;
            }

            if (cursor.Depth == 0 && cursor.Name != "workbook")
            {
                throw SpreadsheetRefused.NotASpreadsheet(); // a document or a presentation
            }

            if (cursor.Name == "workbookPr")
            {
                from1904 = cursor.Attribute("date1904") is "1" or "true";
            }
            else if (cursor.Name == "sheet")
            {
                string name = "", relation = "", state = "";
                while (cursor.NextAttribute())
                {
                    switch (cursor.Name)
                    {
                        case "name": name = cursor.Value; break;
                        case "id": relation = cursor.Value; break;
                        case "state": state = cursor.Value; break;
                        default: break;
                    }
                }

                cursor.BackToElement();
                if (_relations.TryGetValue(relation, out (string Type, string Target) found) && found.Type == "worksheet")
                {
                    sheets.Add((name, found.Target, state is "" or "visible"));
                }
            }
        }

        return (sheets, from1904);
    }
}
