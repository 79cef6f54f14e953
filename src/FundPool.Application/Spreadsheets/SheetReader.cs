namespace FundPool.Application.Spreadsheets;

/// <summary>Opens what a bank sends as a spreadsheet. What it is, its bytes say; a name that says otherwise is a reason to refuse.</summary>
public static class SheetReader
{
    private static readonly Dictionary<string, SheetKind> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".xlsx"] = SheetKind.Xlsx,
        [".xls"] = SheetKind.Xls,
        [".csv"] = SheetKind.Csv,
        [".txt"] = SheetKind.Csv,
        [".tsv"] = SheetKind.Csv,
    };

    /// <summary>The first visible sheet, its header read. The stream must be seekable and stays the caller's.</summary>
    /// <exception cref="SpreadsheetRefused">The file is not fit to be read; <see cref="ISheetRows.Read"/> throws it too.</exception>
    public static ISheetRows Open(Stream stream, string fileName, SheetLimits? limits = null)
    {
        limits ??= SheetLimits.Default;
        try
        {
            SheetKind kind = KindOf(stream);
            string extension = Path.GetExtension(fileName);
            if (extension.ToUpperInvariant() is ".XLSM" or ".XLTM" or ".XLSB" or ".XLAM")
            {
                throw SpreadsheetRefused.Macros();
            }

            if (Extensions.TryGetValue(extension, out SheetKind named) && named != kind)
            {
                // A zip or OLE file that is no workbook is told what it is not; only a real one what it is.
                OpenKind(stream, kind, limits).Dispose();
                throw SpreadsheetRefused.WrongName(kind);
            }

            return OpenKind(stream, kind, limits);
        }
        catch (Exception e) when (SpreadsheetRefused.IsDamage(e))
        {
            throw SpreadsheetRefused.From(e);
        }
    }

    /// <summary>The rows of one sheet of an .xlsx workbook by its name, hidden or not; null when there is none.</summary>
    internal static ISheetRows? OpenSheet(Stream stream, string sheet, SheetLimits? limits = null)
    {
        limits ??= SheetLimits.Default;
        try
        {
            return KindOf(stream) == SheetKind.Xlsx ? OpenXlsx(stream, limits, s => s.Name == sheet) : null;
        }
        catch (Exception e) when (SpreadsheetRefused.IsDamage(e))
        {
            throw SpreadsheetRefused.From(e);
        }
    }

    private static SheetKind KindOf(Stream stream)
    {
        Span<byte> magic = stackalloc byte[8];
        stream.Position = 0;
        int read = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return magic[..read] switch
        {
            [] => throw SpreadsheetRefused.Empty(),
            [(byte)'P', (byte)'K', 3, 4, ..] => SheetKind.Xlsx,
            [(byte)'P', (byte)'K', 5, 6, ..] => throw SpreadsheetRefused.NotASpreadsheet(),
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] => SheetKind.Xls,
            _ => SheetKind.Csv,
        };
    }

    private static ISheetRows OpenKind(Stream stream, SheetKind kind, SheetLimits limits) => kind switch
    {
        SheetKind.Xlsx => OpenXlsx(stream, limits, s => s.Visible) ?? throw SpreadsheetRefused.NoSheet(),
        SheetKind.Xls => new XlsRows(stream, limits).WithHeader(),
        _ => new CsvRows(stream, limits).WithHeader(),
    };

    private static ISheetRows? OpenXlsx(Stream stream, SheetLimits limits, Func<(string Name, string Part, bool Visible), bool> wanted)
    {
        XlsxPackage package = new(stream, limits);
        XlsxRows rows;
        try
        {
            string? part = package.Sheets.Where(wanted).Select(s => s.Part).FirstOrDefault();
            if (part is null)
            {
                package.Dispose();
                return null;
            }

            rows = new XlsxRows(package, part, limits);
        }
        catch
        {
            package.Dispose();
            throw;
        }

        return rows.WithHeader();
    }
}
