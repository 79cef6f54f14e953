using System.Globalization;

namespace FundPool.Application.Spreadsheets;

/// <summary>The rows of one sheet of an .xlsx workbook, straight from the XML: a cell at a time, nothing kept but the shared texts.</summary>
internal sealed class XlsxRows : SheetRows
{
    private readonly XlsxPackage _package;
    private readonly SharedStrings _strings;
    private readonly bool[] _dates;
    private readonly MergedCells _merges;
    private readonly XmlCursor _cursor;
    private readonly XlsxNames _names;
    private bool _hidden;
    private bool _ended;

    internal XlsxRows(XlsxPackage package, string part, SheetLimits limits)
        : base(limits)
    {
        _package = package;
        _dates = XlsxStyles.ReadDates(package, limits);
        _merges = MergedCells.Find(package, part, limits);
        _strings = SharedStrings.Read(package, limits);
        try
        {
            _cursor = new XmlCursor(package.Open(part), limits);
            _names = new XlsxNames(_cursor.Names);
            FindRows();
        }
        catch
        {
            _cursor?.Dispose();
            _strings.Dispose();
            throw;
        }
    }

    public override SheetKind Kind => SheetKind.Xlsx;

    protected override void Dispose(bool disposing)
    {
        _cursor.Dispose();
        _strings.Dispose();
        _package.Dispose();
    }

    protected override bool Advance()
    {
        while (!_ended && _cursor.Read())
        {
            string name = _cursor.Name;
            if (_cursor.IsElement && ReferenceEquals(name, _names.Row))
            {
                BeginRow();
                if (!_cursor.IsEmptyElement)
                {
                    ReadCells();
                }

                return true;
            }

            _ended = _cursor.IsEnd && ReferenceEquals(name, _names.SheetData);
        }

        return false;
    }

    protected override void RowRead()
    {
        if (_hidden)
        {
            Mark(-1, CellProblemKind.HiddenRow);
        }

        if (_merges.Any)
        {
            ReadOnlySpan<int> covered = _merges.At(Row);
            for (int column = 0; column < covered.Length; column++)
            {
                if (covered[column] > 0)
                {
                    Mark(column, CellProblemKind.Merged);
                }
            }
        }
    }

    private void FindRows()
    {
        while (_cursor.Read())
        {
            if (_cursor.IsElement && _cursor.Depth == 0 && _cursor.Name != "worksheet")
            {
                throw SpreadsheetRefused.Damaged();
            }

            if (_cursor.IsElement && ReferenceEquals(_cursor.Name, _names.SheetData))
            {
                _ended = _cursor.IsEmptyElement;
                return;
            }
        }

        _ended = true;
    }

    private void BeginRow()
    {
        int row = Row + 1;
        _hidden = false;
        while (_cursor.NextAttribute())
        {
            if (ReferenceEquals(_cursor.Name, _names.Reference))
            {
                row = int.TryParse(_cursor.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
            }
            else if (ReferenceEquals(_cursor.Name, _names.Hidden))
            {
                _hidden = _cursor.Value is "1" or "true";
            }
        }

        _cursor.BackToElement();
        if (row <= Row || row > SheetLimits.SheetRows)
        {
            throw SpreadsheetRefused.Damaged(); // rows out of order: what is row 7 would depend on the program
        }

        Row = row;
    }

    private void ReadCells()
    {
        int column = -1;
        while (_cursor.Read())
        {
            if (_cursor.IsElement && ReferenceEquals(_cursor.Name, _names.Cell))
            {
                column = ReadCell(column);
            }
            else if (_cursor.IsElement)
            {
                _cursor.Leave();
            }
            else if (_cursor.IsEnd && ReferenceEquals(_cursor.Name, _names.Row))
            {
                return;
            }
        }
    }

    private int ReadCell(int previous)
    {
        int column = previous + 1;
        int style = 0;
        CellType type = CellType.Number;
        while (_cursor.NextAttribute())
        {
            string name = _cursor.Name;
            if (ReferenceEquals(name, _names.Reference))
            {
                if (!CellReference.TryParse(_cursor.ShortValue(), out column, out int row) || row != Row || column <= previous)
                {
                    throw SpreadsheetRefused.Damaged();
                }
            }
            else if (ReferenceEquals(name, _names.Style))
            {
                style = int.TryParse(_cursor.ShortValue(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
            }
            else if (ReferenceEquals(name, _names.Type))
            {
                type = TypeOf(_cursor.ShortValue());
            }
        }

        _cursor.BackToElement();
        if (column >= SheetLimits.SheetColumns)
        {
            throw SpreadsheetRefused.Damaged();
        }

        if (!_cursor.IsEmptyElement)
        {
            ReadContent(column, style, type);
        }

        return column;
    }

    private void ReadContent(int column, int style, CellType type)
    {
        string? text = null;
        CellProblemKind? problem = null;
        int depth = _cursor.Depth;
        while (_cursor.Read() && !(_cursor.IsEnd && _cursor.Depth == depth))
        {
            if (!_cursor.IsElement)
            {
                continue;
            }

            string name = _cursor.Name;
            if (ReferenceEquals(name, _names.Value))
            {
                (text, CellProblemKind? found) = Value(_cursor.Text(), style, type);
                problem ??= found;
            }
            else if (ReferenceEquals(name, _names.Text))
            {
                text += CellText.Unescape(new string(_cursor.Text()));
                if (text.Length > Limits.MaxCellLength)
                {
                    throw SpreadsheetRefused.CellTooLong(Limits.MaxCellLength, Reference(column));
                }
            }
            else if (ReferenceEquals(name, _names.Formula))
            {
                problem = CellProblemKind.Formula;
                _cursor.Leave();
            }
            else if (name == "rPh")
            {
                _cursor.Leave();
            }
        }

        Put(column, text, problem);
    }

    private (string? Text, CellProblemKind? Problem) Value(ReadOnlySpan<char> raw, int style, CellType type)
    {
        switch (type)
        {
            case CellType.Shared:
                return int.TryParse(raw, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int index)
                    ? (_strings[index], null)
                    : throw SpreadsheetRefused.Damaged();
            case CellType.Error:
                return (new string(raw), CellProblemKind.ErrorValue);
            case CellType.Boolean:
                return (raw is "1" or "true" ? "TRUE" : "FALSE", null);
            case CellType.Text:
                return (CellText.Unescape(new string(raw)), null);
            case CellType.Date:
                return (IsoDate(raw), null);
            default:
                return raw.IsEmpty ? (null, null) : Number(raw.Trim(), style);
        }
    }

    private (string? Text, CellProblemKind? Problem) Number(ReadOnlySpan<char> raw, int style)
    {
        if (style < _dates.Length && _dates[style])
        {
            string? date = double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out double serial) ? SheetNumber.Date(serial, _package.From1904) : null;
            return date is null ? (new string(raw), CellProblemKind.BadDate) : (date, null);
        }

        string? plain = SheetNumber.Plain(raw);
        return plain is null
            ? (new string(raw), CellProblemKind.ErrorValue)
            : (plain, SheetNumber.LostDigits(plain) ? CellProblemKind.DigitsLost : null);
    }

    private static string IsoDate(ReadOnlySpan<char> raw) =>
        DateTime.TryParse(raw, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime moment) ? SheetNumber.Date(moment) : new string(raw);

    private static CellType TypeOf(ReadOnlySpan<char> type) => type switch
    {
        "s" => CellType.Shared,
        "inlineStr" or "str" => CellType.Text,
        "b" => CellType.Boolean,
        "e" => CellType.Error,
        "d" => CellType.Date,
        _ => CellType.Number,
    };

    private enum CellType { Number, Shared, Text, Boolean, Error, Date }
}
