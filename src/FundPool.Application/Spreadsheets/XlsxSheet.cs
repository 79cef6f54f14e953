using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace FundPool.Application.Spreadsheets;

/// <summary>The sheet being written: a row at a time, its cells from left to right.</summary>
public sealed class XlsxSheet
{
    private const int LongestNumber = 64;

    // What a text can't hold as it is: markup, the escape itself, control characters, half and forbidden characters.
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. "<>&_", .. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n')).Select(c => (char)c), .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c), '\uFFFE', '\uFFFF']);

    private readonly Stream _part;
    private readonly SheetPlan _plan;
    private readonly List<byte[]> _letters = [];
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly byte[] _rowDigits = new byte[8];
    private int _used;
    private int _digits;
    private int _column;

    internal XlsxSheet(Stream part, SheetPlan plan, bool selected)
    {
        (_part, _plan) = (part, plan);
        Raw(XlsxSheetXml.Head(plan, selected));
        if (plan.HasHeader)
        {
            NextRow();
            foreach (SheetColumn column in plan.Columns)
            {
                Text(column.Header, column.IsNeeded ? CellLook.NeededHeader : CellLook.Header);
            }
        }
    }

    /// <summary>The row being written, as the spreadsheet shows it.</summary>
    public int Row { get; private set; }

    /// <summary>Begins the next row; a height in points keeps the spreadsheet from choosing one.</summary>
    public void NextRow(double? height = null)
    {
        if (Row > 0)
        {
            Raw("</row>"u8);
        }

        if (++Row > SheetLimits.SheetRows)
        {
            throw new InvalidOperationException("A sheet ends at row 1,048,576.");
        }

        _column = 0;
        Utf8Formatter.TryFormat(Row, _rowDigits, out _digits);
        Raw("<row r=\""u8);
        Raw(_rowDigits.AsSpan(0, _digits));
        if (height is { } points)
        {
            Raw(string.Create(CultureInfo.InvariantCulture, $"\" ht=\"{points}\" customHeight=\"1"));
        }

        Raw("\">"u8);
    }

    /// <summary>Leaves the next cells empty.</summary>
    public void Skip(int cells = 1) => _column += cells;

    /// <summary>An empty cell, red where something is missing.</summary>
    public void Blank(bool wrong = false)
    {
        if (!wrong)
        {
            Skip();
            return;
        }

        Begin(XlsxLooks.Style(CellLook.Text, wrong));
        Raw("\"/>"u8);
    }

    /// <summary>Text as it is; what a spreadsheet might take for a formula is marked as typed with an apostrophe.</summary>
    public void Text(string? text, CellLook look = CellLook.Text, bool wrong = false)
    {
        if (string.IsNullOrEmpty(text))
        {
            Blank(wrong);
            return;
        }

        if (text.Length > SheetLimits.Default.MaxCellLength)
        {
            throw new ArgumentException("A cell holds at most 32,767 characters.", nameof(text));
        }

        bool quoted = look is CellLook.Text or CellLook.Wrapped && FormulaSafe.IsRisky(text);
        Begin(XlsxLooks.Style(look, wrong, quoted));
        bool spaces = char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || text.Contains('\n', StringComparison.Ordinal);
        Raw(spaces ? "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8 : "\" t=\"inlineStr\"><is><t>"u8);
        Escaped(text);
        Raw("</t></is></c>"u8);
    }

    public void Money(decimal? yuan, bool wrong = false) => Number(yuan, CellLook.Money, wrong);

    public void Rate(decimal? fraction, bool wrong = false) => Number(fraction, CellLook.Rate, wrong);

    public void Whole(long? number, bool wrong = false) => Number(number, CellLook.Whole, wrong);

    public void Date(DateOnly? day, bool wrong = false) =>
        Number(day is { } d ? d.DayNumber - new DateOnly(1899, 12, 30).DayNumber : null, CellLook.Date, wrong);

    internal void End()
    {
        if (Row > 0)
        {
            Raw("</row>"u8);
        }

        Raw(XlsxSheetXml.Tail(_plan, Row));
        Flush();
        _part.Dispose();
    }

    private void Number(decimal? number, CellLook look, bool wrong)
    {
        if (number is not { } value)
        {
            Blank(wrong);
            return;
        }

        Begin(XlsxLooks.Style(look, wrong));
        Raw("\"><v>"u8);
        Room(LongestNumber);
        value.TryFormat(_buffer.AsSpan(_used), out int written, default, CultureInfo.InvariantCulture);
        _used += written;
        Raw("</v></c>"u8);
    }

    /// <summary>Writes the opening tag up to its last attribute's closing quote.</summary>
    private void Begin(int style)
    {
        if (Row == 0 || _column >= SheetLimits.SheetColumns)
        {
            throw new InvalidOperationException("A cell needs a row, and a row ends at column XFD.");
        }

        while (_letters.Count <= _column)
        {
            _letters.Add(Encoding.ASCII.GetBytes(SheetRows.ColumnName(_letters.Count)));
        }

        Raw("<c r=\""u8);
        Raw(_letters[_column++]);
        Raw(_rowDigits.AsSpan(0, _digits));
        Raw("\" s=\""u8);
        Room(LongestNumber);
        Utf8Formatter.TryFormat(style, _buffer.AsSpan(_used), out int written);
        _used += written;
    }

    private void Escaped(ReadOnlySpan<char> text)
    {
        int special;
        while ((special = text.IndexOfAny(Special)) >= 0)
        {
            Utf8(text[..special]);
            text = text[special..];
            int taken = 1;
            switch (text[0])
            {
                case '<': Raw("&lt;"u8); break;
                case '>': Raw("&gt;"u8); break;
                case '&': Raw("&amp;"u8); break;
                case '_': Raw(CellText.IsEscape(text, 0) ? "_x005F_"u8 : "_"u8); break;
                case var high when char.IsHighSurrogate(high) && text.Length > 1 && char.IsLowSurrogate(text[1]):
                    Utf8(text[..2]);
                    taken = 2;
                    break;
                case var c when char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF': Raw("\uFFFD"u8); break;
                case var c: Raw(string.Create(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_")); break;
            }

            text = text[taken..];
        }

        Utf8(text);
    }

    private void Utf8(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            // A block never ends between the halves of a character: Escaped hands those over as a pair of their own.
            ReadOnlySpan<char> block = text[..Math.Min(text.Length, 4096)];
            Room(block.Length * 3);
            _used += Encoding.UTF8.GetBytes(block, _buffer.AsSpan(_used));
            text = text[block.Length..];
        }
    }

    private void Raw(string text) => Utf8(text);

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Room(int bytes)
    {
        if (_used + bytes > _buffer.Length)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _part.Write(_buffer, 0, _used);
        _used = 0;
    }
}
