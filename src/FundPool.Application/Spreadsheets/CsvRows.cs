using System.Text;

namespace FundPool.Application.Spreadsheets;

/// <summary>
/// Text with separators (RFC 4180, and the semicolons and tabs that office programs write). Written by hand so that
/// every limit is checked while the characters come: a quote that is never closed, or a line of 50 million commas,
/// is refused after a few kilobytes, with its row.
/// </summary>
internal sealed class CsvRows : SheetRows
{
    private readonly StreamReader _reader;
    private readonly char[] _buffer = new char[1 << 16];
    private readonly char _separator;
    private char[] _field = new char[256];
    private int _length;
    private int _at;
    private int _end;

    internal CsvRows(Stream stream, SheetLimits limits)
        : base(limits)
    {
        _reader = new StreamReader(stream, TextEncodings.Detect(stream), detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        Fill();
        if (_end > 0 && _buffer[0] == '\uFEFF')
        {
            _at = 1;
        }

        _separator = Separator(_buffer.AsSpan(_at, _end - _at));
    }

    public override SheetKind Kind => SheetKind.Csv;

    protected override void Dispose(bool disposing) => _reader.Dispose();

    protected override bool Advance()
    {
        if (!Available())
        {
            return false;
        }

        Row++;
        for (int column = 0; ; column++)
        {
            if (column >= SheetLimits.SheetColumns)
            {
                throw SpreadsheetRefused.TooManyColumns(Limits.MaxColumns);
            }

            _length = 0;
            CellProblemKind? problem = null;
            if (Available() && _buffer[_at] == '"')
            {
                problem = Quoted(column) ? null : CellProblemKind.Quotes;
            }
            else
            {
                Plain(column);
                problem = _length > 0 && _field[0] == '=' ? CellProblemKind.Formula : null;
            }

            Put(column, _length == 0 || !IsInHeader(column) && IsBlank() ? null : new string(_field, 0, _length), problem);
            if (!Available())
            {
                return true;
            }

            char stop = _buffer[_at++];
            if (stop == _separator)
            {
                continue;
            }

            if (stop == '\r' && Available() && _buffer[_at] == '\n')
            {
                _at++;
            }

            return true;
        }
    }

    private bool IsBlank() => _field.AsSpan(0, _length).IsWhiteSpace();

    /// <summary>Takes characters up to the separator or the end of the line, which it leaves.</summary>
    private void Plain(int column)
    {
        while (Available())
        {
            ReadOnlySpan<char> rest = _buffer.AsSpan(_at, _end - _at);
            int stop = rest.IndexOfAny(_separator, '\r', '\n');
            Take(stop < 0 ? rest : rest[..stop], column);
            _at += stop < 0 ? rest.Length : stop;
            if (stop >= 0)
            {
                return;
            }
        }
    }

    /// <summary>Takes a quoted field; false when text follows the closing quote.</summary>
    private bool Quoted(int column)
    {
        int started = Row;
        _at++;
        while (true)
        {
            if (!Available())
            {
                throw SpreadsheetRefused.OpenQuote(started);
            }

            ReadOnlySpan<char> rest = _buffer.AsSpan(_at, _end - _at);
            int quote = rest.IndexOf('"');
            if (_length + (quote < 0 ? rest.Length : quote) > Limits.MaxCellLength)
            {
                // Far more often a quote that was never closed than a cell of 32,767 characters.
                throw SpreadsheetRefused.OpenQuote(started);
            }

            Take(quote < 0 ? rest : rest[..quote], column);
            _at += quote < 0 ? rest.Length : quote + 1;
            if (quote < 0)
            {
                continue;
            }

            if (!Available() || _buffer[_at] != '"')
            {
                break;
            }

            Take("\"", column);
            _at++;
        }

        int before = _length;
        Plain(column);
        return _length == before || _field.AsSpan(before, _length - before).IsWhiteSpace();
    }

    private void Take(ReadOnlySpan<char> text, int column)
    {
        if (_length + text.Length > Limits.MaxCellLength)
        {
            throw SpreadsheetRefused.CellTooLong(Limits.MaxCellLength, Reference(column));
        }

        if (_length + text.Length > _field.Length)
        {
            Array.Resize(ref _field, Math.Max(_field.Length * 2, _length + text.Length));
        }

        text.CopyTo(_field.AsSpan(_length));
        _length += text.Length;
    }

    private bool Available() => _at < _end || Fill();

    private bool Fill()
    {
        _at = 0;
        _end = _reader.Read(_buffer, 0, _buffer.Length);
        return _end > 0;
    }

    /// <summary>The header line has the separator more often than any other of the three.</summary>
    private static char Separator(ReadOnlySpan<char> text)
    {
        int comma = 0, semicolon = 0, tab = 0;
        bool quoted = false;
        foreach (char c in text)
        {
            quoted ^= c == '"';
            if (quoted)
            {
                continue;
            }

            if (c is '\r' or '\n')
            {
                break;
            }

            comma += c == ',' ? 1 : 0;
            semicolon += c == ';' ? 1 : 0;
            tab += c == '\t' ? 1 : 0;
        }

        return comma >= semicolon && comma >= tab ? ',' : semicolon >= tab ? ';' : '\t';
    }
}
