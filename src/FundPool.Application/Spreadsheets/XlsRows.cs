using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace FundPool.Application.Spreadsheets;

/// <summary>The rows of an .xls workbook of Excel 97 to 2003 through ExcelDataReader, with what it doesn't tell from <see cref="BiffScan"/>.</summary>
internal sealed class XlsRows : SheetRows
{
    private const int MostRows = 65_536;
    private const int MostColumns = 256;

    private readonly IExcelDataReader _reader;
    private readonly BiffScan _scan;

    internal XlsRows(Stream stream, SheetLimits limits)
        : base(limits)
    {
        OleFile file = new(stream);
        if (file.Names.Contains("EncryptedPackage") || file.Names.Contains("EncryptionInfo"))
        {
            throw SpreadsheetRefused.Encrypted();
        }

        if (file.Names.Contains("_VBA_PROJECT") || file.Names.Contains("_VBA_PROJECT_CUR"))
        {
            throw SpreadsheetRefused.Macros();
        }

        Stream workbook = file.Open("Workbook") ?? file.Open("Book") ?? throw SpreadsheetRefused.NotASpreadsheet();
        using (BufferedStream records = new(workbook, 1 << 16))
        {
            _scan = new BiffScan(records, limits);
        }

        Encoding fallback = TextEncodings.Gb18030; // first: it registers what the library asks for, 1252 too
        stream.Position = 0;
        try
        {
            _reader = ExcelReaderFactory.CreateBinaryReader(stream, new ExcelReaderConfiguration { LeaveOpen = true, FallbackEncoding = fallback });
            for (int i = 0; i < _scan.Sheet; i++)
            {
                if (!_reader.NextResult())
                {
                    throw SpreadsheetRefused.Damaged();
                }
            }
        }
        catch (Exception e) when (IsDamage(e))
        {
            _reader?.Dispose();
            throw SpreadsheetRefused.Damaged(e);
        }
    }

    public override SheetKind Kind => SheetKind.Xls;

    protected override void Dispose(bool disposing) => _reader.Dispose();

    /// <summary>The library meets a bad file with whatever exception lies nearest.</summary>
    protected override bool IsDamage(Exception e) => e is not (SpreadsheetRefused or OutOfMemoryException);

    protected override bool Advance()
    {
        if (!_reader.Read())
        {
            return false;
        }

        Row = _reader.Depth + 1;
        if (Row > MostRows || _reader.FieldCount > MostColumns)
        {
            throw SpreadsheetRefused.Damaged(); // a forged size, which the library would fill with four billion empty rows
        }

        for (int column = 0; column < _reader.FieldCount; column++)
        {
            (string? text, CellProblemKind? problem) = Cell(column);
            Put(column, text, _scan.IsFormula(Row - 1, column) ? CellProblemKind.Formula : problem);
        }

        return true;
    }

    protected override void RowRead()
    {
        if (_scan.IsHidden(Row - 1))
        {
            Mark(-1, CellProblemKind.HiddenRow);
        }

        if (_scan.Merges.Any)
        {
            ReadOnlySpan<int> covered = _scan.Merges.At(Row);
            for (int column = 0; column < covered.Length; column++)
            {
                if (covered[column] > 0)
                {
                    Mark(column, CellProblemKind.Merged);
                }
            }
        }
    }

    private (string? Text, CellProblemKind? Problem) Cell(int column)
    {
        if (_scan.IsError(Row - 1, column))
        {
            return (null, CellProblemKind.ErrorValue);
        }

        return _reader.GetValue(column) switch
        {
            null => (null, null),
            string text => (Clean(text), null),
            bool truth => (truth ? "TRUE" : "FALSE", null),
            DateTime moment => (SheetNumber.Date(moment, timeOnly: moment.Year < 1900), null),
            TimeSpan time => (time.ToString("c", CultureInfo.InvariantCulture), null),
            IConvertible number => Number(number.ToDouble(CultureInfo.InvariantCulture), column),
            _ => throw SpreadsheetRefused.Damaged(),
        };
    }

    private (string? Text, CellProblemKind? Problem) Number(double value, int column)
    {
        // The library knows the Western formats only: 31 and 57 are dates of the Chinese edition.
        bool isDate = NumberFormats.IsBuiltInDate(_reader.GetNumberFormatIndex(column))
            || (_reader.GetNumberFormatString(column) is { } format && NumberFormats.IsDate(format));
        if (isDate)
        {
            return SheetNumber.Date(value, _scan.From1904) is { } date ? (date, null) : (SheetNumber.Plain(value), CellProblemKind.BadDate);
        }

        string? plain = SheetNumber.Plain(value);
        return plain is null ? (null, CellProblemKind.ErrorValue) : (plain, SheetNumber.LostDigits(plain) ? CellProblemKind.DigitsLost : null);
    }

    /// <summary>The format allows NUL and half characters in a text; the database doesn't.</summary>
    private static string Clean(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw SpreadsheetRefused.NulBytes();
        }

        return text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0
            ? text
            : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }
}
