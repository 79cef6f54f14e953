using System.Xml;

namespace FundPool.Application.Spreadsheets;

/// <summary>Walks one XML part forwards with bounded depth, names and text; no DTD, no outside references.</summary>
internal sealed class XmlCursor : IDisposable
{
    private const int DeepestLevel = 64;

    private readonly XmlReader _reader;
    private readonly int _longestText;
    private char[] _text = new char[1024];

    internal XmlCursor(Stream stream, SheetLimits limits)
    {
        // A cell may be written as _x000D_ escapes throughout: seven characters for one.
        _longestText = limits.MaxCellLength * 8;
        Names = new BoundedNames();
        _reader = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            CloseInput = true,
            NameTable = Names,
        });
    }

    internal NameTable Names { get; }

    internal bool IsElement => _reader.NodeType == XmlNodeType.Element;

    internal bool IsEnd => _reader.NodeType == XmlNodeType.EndElement;

    internal bool IsEmptyElement => _reader.IsEmptyElement;

    internal int Depth => _reader.Depth;

    /// <summary>Names come from <see cref="Names"/>, so that they may be compared by reference.</summary>
    internal string Name => _reader.LocalName;

    public void Dispose() => _reader.Dispose();

    internal bool Read()
    {
        if (!_reader.Read())
        {
            return false;
        }

        if (_reader.Depth > DeepestLevel)
        {
            throw SpreadsheetRefused.Damaged();
        }

        return true;
    }

    internal bool NextAttribute() => _reader.MoveToNextAttribute();

    internal void BackToElement() => _reader.MoveToElement();

    internal string Value => _reader.Value;

    /// <summary>The value of the attribute without an object for it. Good until the next text.</summary>
    internal ReadOnlySpan<char> ShortValue()
    {
        int read = _reader.ReadValueChunk(_text, 0, 64);
        return _text.AsSpan(0, read);
    }

    internal string? Attribute(string name)
    {
        string? value = null;
        while (_reader.MoveToNextAttribute())
        {
            if (_reader.LocalName == name)
            {
                value = _reader.Value;
            }
        }

        _reader.MoveToElement();
        return value;
    }

    /// <summary>The text of the element the cursor stands on, which it leaves at its end. Good until the next call.</summary>
    internal ReadOnlySpan<char> Text()
    {
        int length = 0;
        if (_reader.IsEmptyElement)
        {
            return [];
        }

        int depth = _reader.Depth;
        while (Read() && !(IsEnd && _reader.Depth == depth))
        {
            if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                length = Append(length);
            }
        }

        return _text.AsSpan(0, length);
    }

    /// <summary>Leaves the element the cursor stands on, whatever is in it.</summary>
    internal void Leave()
    {
        if (_reader.IsEmptyElement)
        {
            return;
        }

        int depth = _reader.Depth;
        while (Read() && !(IsEnd && _reader.Depth == depth))
        {
        }
    }

    private int Append(int length)
    {
        int read;
        while ((read = _reader.ReadValueChunk(_text, length, _text.Length - length)) > 0)
        {
            length += read;
            if (length > _longestText)
            {
                throw SpreadsheetRefused.CellTooLong(_longestText / 8);
            }

            if (length == _text.Length)
            {
                Array.Resize(ref _text, _text.Length * 2);
            }
        }

        return length;
    }

    /// <summary>A table of names never forgets: a part made of millions of different ones would fill the memory.</summary>
    private sealed class BoundedNames : NameTable
    {
        private const int Most = 20_000;

        private int _count;

        public override string Add(char[] key, int start, int len) =>
            len == 0 ? string.Empty : Get(key, start, len) ?? Counted(base.Add(key, start, len));

        public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

        private string Counted(string name) => ++_count > Most ? throw SpreadsheetRefused.Damaged() : name;
    }
}
