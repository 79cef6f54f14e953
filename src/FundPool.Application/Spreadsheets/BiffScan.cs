using System.Buffers.Binary;

namespace FundPool.Application.Spreadsheets;

/// <summary>
/// A first walk over the records of an .xls workbook ([MS-XLS]) for what ExcelDataReader keeps to itself: a password,
/// macro sheets, links to other workbooks, and on the first visible sheet the formulas, error values and hidden rows.
/// </summary>
internal sealed class BiffScan
{
    private const int Formula2 = 0x0006, Formula3 = 0x0206, Formula4 = 0x0406, EndOfPart = 0x000A, DateMode = 0x0022,
        FilePass = 0x002F, BoundSheet = 0x0085, MergeCells = 0x00E5, BoolOrError = 0x0205, SupBook = 0x01AE, RowRecord = 0x0208, BeginOfPart = 0x0809;

    private readonly Stream _stream;
    private readonly SheetLimits _limits;
    private readonly byte[] _data = new byte[1 << 16];
    private readonly List<(long Offset, bool Visible)> _sheets = [];
    private readonly HashSet<int> _formulas = [];
    private readonly HashSet<int> _errors = [];
    private readonly HashSet<int> _hidden = [];
    private int _length;

    internal BiffScan(Stream workbook, SheetLimits limits)
    {
        _stream = workbook;
        _limits = limits;
        ReadGlobals();
        Sheet = _sheets.FindIndex(s => s.Visible);
        if (Sheet < 0)
        {
            throw SpreadsheetRefused.NoSheet();
        }

        ReadSheet(_sheets[Sheet].Offset);
        Merges.Sort();
    }

    /// <summary>Which of the worksheets is read: the first that is not hidden.</summary>
    internal int Sheet { get; }

    internal bool From1904 { get; private set; }

    internal MergedCells Merges { get; } = new();

    internal bool IsFormula(int row, int column) => _formulas.Count > 0 && _formulas.Contains((row << 8) | column);

    internal bool IsError(int row, int column) => _errors.Count > 0 && _errors.Contains((row << 8) | column);

    internal bool IsHidden(int row) => _hidden.Contains(row);

    private ushort UShort(int at) => at + 2 <= _length ? BinaryPrimitives.ReadUInt16LittleEndian(_data.AsSpan(at)) : throw SpreadsheetRefused.Damaged();

    private int Next()
    {
        Span<byte> header = stackalloc byte[4];
        if (_stream.ReadAtLeast(header, 4, throwOnEndOfStream: false) < 4)
        {
            throw SpreadsheetRefused.Damaged();
        }

        _length = BinaryPrimitives.ReadUInt16LittleEndian(header[2..]);
        _stream.ReadExactly(_data, 0, _length);
        return BinaryPrimitives.ReadUInt16LittleEndian(header);
    }

    private void ReadGlobals()
    {
        int record;
        while ((record = Next()) != EndOfPart)
        {
            switch (record)
            {
                case FilePass:
                    throw SpreadsheetRefused.Encrypted();
                case DateMode:
                    From1904 = UShort(0) == 1;
                    break;
                case BoundSheet:
                    AddSheet();
                    break;
                case SupBook when UShort(2) is not (0x0401 or 0x3A01):
                    throw SpreadsheetRefused.ExternalLinks();
                default:
                    break;
            }
        }
    }

    private void AddSheet()
    {
        long offset = UShort(0) | ((long)UShort(2) << 16);
        int state = UShort(4);
        switch (state >> 8)
        {
            case 0:
                _sheets.Add((offset, (state & 3) == 0));
                break;
            case 1 or 6:
                throw SpreadsheetRefused.Macros();
            default:
                break; // a chart
        }
    }

    private void ReadSheet(long offset)
    {
        _stream.Position = offset;
        int depth = 0;
        do
        {
            switch (Next())
            {
                case BeginOfPart:
                    depth++;
                    break;
                case EndOfPart:
                    depth--;
                    break;
                case Formula2 or Formula3 or Formula4 when depth == 1:
                    _formulas.Add((UShort(0) << 8) | (UShort(2) & 0xFF));
                    break;
                case BoolOrError when depth == 1 && UShort(6) >> 8 == 1:
                    _errors.Add((UShort(0) << 8) | (UShort(2) & 0xFF));
                    break;
                case RowRecord when depth == 1 && (UShort(12) & 0x20) != 0:
                    _hidden.Add(UShort(0));
                    break;
                case MergeCells when depth == 1:
                    AddMerges();
                    break;
                default:
                    break;
            }
        }
        while (depth > 0);
    }

    private void AddMerges()
    {
        for (int i = 0, at = 2; i < UShort(0); i++, at += 8)
        {
            Merges.Add(UShort(at) + 1, UShort(at + 2) + 1, UShort(at + 4), UShort(at + 6), _limits);
        }
    }
}
