using System.Globalization;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Spreadsheets;

/// <summary>What the three formats have in common: the header, alignment, the caps, and which rows count.</summary>
internal abstract class SheetRows(SheetLimits limits) : ISheetRows
{
    private readonly List<CellProblem> _problems = [];
    private readonly List<(int Column, string Text)> _first = [];
    private string[] _header = [];
    private int[] _place = [];
    private string?[] _cells = [];
    private bool _headerRead;
    private bool _filled;
    private bool _outside;
    private int _rows;

    public abstract SheetKind Kind { get; }

    public IReadOnlyList<string> Header => _header;

    public int RowNumber { get; private set; }

    public ReadOnlySpan<string?> Cells => _cells;

    public IReadOnlyList<CellProblem> Problems => _problems;

    protected SheetLimits Limits => limits;

    /// <summary>The row that <see cref="Advance"/> is working on, as the spreadsheet counts.</summary>
    protected int Row { get; set; }

    public bool Read()
    {
        try
        {
            while (true)
            {
                Array.Clear(_cells);
                _problems.Clear();
                _filled = _outside = false;
                if (!Advance())
                {
                    return false;
                }

                if (!_filled)
                {
                    continue;
                }

                if (++_rows > limits.MaxRows)
                {
                    throw SpreadsheetRefused.TooManyRows(limits.MaxRows);
                }

                RowNumber = Row;
                RowRead();
                return true;
            }
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw SpreadsheetRefused.From(e);
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads row 1; the constructors of the formats can't, they are not ready then.</summary>
    internal ISheetRows WithHeader()
    {
        try
        {
            if (!Advance() || Row != 1 || _first.Count == 0)
            {
                throw SpreadsheetRefused.NoHeader();
            }

            SetHeader();
            return this;
        }
        catch (Exception e) when (IsDamage(e))
        {
            Dispose();
            throw SpreadsheetRefused.From(e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal static string ColumnName(int column)
    {
        string name = "";
        for (int left = column + 1; left > 0; left = (left - 1) / 26)
        {
            name = (char)('A' + ((left - 1) % 26)) + name;
        }

        return name;
    }

    /// <summary>Goes to the next row of the file, empty or not, sets <see cref="Row"/> and puts its cells.</summary>
    protected abstract bool Advance();

    protected virtual bool IsDamage(Exception e) => SpreadsheetRefused.IsDamage(e);

    /// <summary>Called once the row is known to count.</summary>
    protected virtual void RowRead()
    {
    }

    protected abstract void Dispose(bool disposing);

    protected string Reference(int column) => ColumnName(column) + Row.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the text of a cell in this column is wanted at all.</summary>
    protected bool IsInHeader(int column) => !_headerRead || (column < _place.Length && _place[column] >= 0);

    protected void Put(int column, string? text, CellProblemKind? problem = null)
    {
        bool blank = string.IsNullOrWhiteSpace(text);
        if (blank && problem is null)
        {
            return;
        }

        if (text is not null && text.Length > limits.MaxCellLength)
        {
            throw SpreadsheetRefused.CellTooLong(limits.MaxCellLength, Reference(column));
        }

        if (!_headerRead)
        {
            PutHeader(column, text);
            return;
        }

        _filled = true;
        int place = column < _place.Length ? _place[column] : -1;
        if (place >= 0)
        {
            _cells[place] = blank ? null : text;
        }
        else if (!_outside)
        {
            // One is enough to say so; a hostile row could hold 16,384 of them.
            _outside = true;
            _problems.Add(new CellProblem(-1, CellProblemKind.OutsideHeader, Reference(column)));
        }

        if (problem is { } kind && place >= 0)
        {
            _problems.Add(new CellProblem(place, kind, Reference(column)));
        }
    }

    protected void Mark(int column, CellProblemKind kind)
    {
        if (column < 0)
        {
            _problems.Add(new CellProblem(-1, kind, Row.ToString(CultureInfo.InvariantCulture)));
        }
        else if (column < _place.Length && _place[column] >= 0)
        {
            _problems.Add(new CellProblem(_place[column], kind, Reference(column)));
        }
    }

    private void PutHeader(int column, string? text)
    {
        if (text is null)
        {
            return;
        }

        if (column >= limits.MaxColumns)
        {
            throw SpreadsheetRefused.TooManyColumns(limits.MaxColumns);
        }

        string header = text.Trim().Trim('\uFEFF', '\u200B', '\u00A0', ' ');
        if (header.Length > 0)
        {
            _first.Add((column, header));
        }
    }

    private void SetHeader()
    {
        _header = [.. _first.Select(f => f.Text)];
        _place = new int[_first[^1].Column + 1];
        Array.Fill(_place, -1);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < _first.Count; i++)
        {
            _place[_first[i].Column] = i;
            if (!seen.Add(_header[i]))
            {
                throw SpreadsheetRefused.DuplicateHeader(Beginning.Shown(_header[i], 40));
            }
        }

        _cells = new string?[_header.Length];
        _headerRead = true;
        RowNumber = 1;
        _first.Clear();
    }
}
