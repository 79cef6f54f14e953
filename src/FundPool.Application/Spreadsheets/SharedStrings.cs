using System.Buffers.Binary;
using System.Text;

namespace FundPool.Application.Spreadsheets;

/// <summary>
/// The texts that cells point to by number, kept as UTF-8 in blocks of memory and past a limit in a temporary file,
/// so that a quarter of a large bank costs megabytes and not what a string object each would.
/// </summary>
internal sealed class SharedStrings : IDisposable
{
    private const int BlockSize = 1 << 18; // more than the longest text, which never lies across two
    private const int LengthSize = 4;
    private const int FileBlocksKept = 16;

    private readonly int _blocksInMemory;
    private readonly List<int> _starts = [];
    private readonly List<byte[]> _blocks = [];
    private readonly (int Number, byte[] Bytes)[] _kept = new (int, byte[])[FileBlocksKept];
    private FileStream? _file;
    private byte[] _block = [];
    private int _used = BlockSize;
    private int _current = -1;

    private SharedStrings(int inMemory) => _blocksInMemory = Math.Max(1, inMemory / BlockSize);

    internal int Count => _starts.Count;

    internal bool IsSpilled => _file is not null;

    public void Dispose() => _file?.Dispose();

    internal static SharedStrings Read(XlsxPackage package, SheetLimits limits)
    {
        SharedStrings strings = new(limits.SharedStringsInMemory);
        if (package.PartOfType("sharedStrings") is not { } part)
        {
            return strings;
        }

        try
        {
            using XmlCursor cursor = new(package.Open(part), limits);
            strings.ReadItems(cursor, limits);
            return strings;
        }
        catch
        {
            strings.Dispose();
            throw;
        }
    }

    internal string? this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_starts.Count)
            {
                throw SpreadsheetRefused.Damaged();
            }

            ReadOnlySpan<byte> text = Block(_starts[index] / BlockSize).AsSpan(_starts[index] % BlockSize);
            int length = BinaryPrimitives.ReadInt32LittleEndian(text);
            return length == 0 ? null : Encoding.UTF8.GetString(text.Slice(LengthSize, length));
        }
    }

    private void ReadItems(XmlCursor cursor, SheetLimits limits)
    {
        StringBuilder text = new();
        while (cursor.Read())
        {
            if (cursor.IsElement && cursor.Name == "rPh")
            {
                cursor.Leave(); // how to pronounce it, not what it says
            }
            else if (cursor.IsElement && cursor.Name == "t")
            {
                text.Append(cursor.Text());
                if (text.Length > limits.MaxCellLength * 8)
                {
                    throw SpreadsheetRefused.CellTooLong(limits.MaxCellLength);
                }
            }
            else if (cursor.Name == "si" && (cursor.IsEnd || cursor.IsEmptyElement))
            {
                if (_starts.Count >= limits.MaxSharedStrings)
                {
                    throw SpreadsheetRefused.TooManyTexts();
                }

                Add(CellText.Unescape(text.ToString()), limits);
                text.Clear();
            }
        }

        FinishBlock();
        _file?.Flush();
    }

    private void Add(string text, SheetLimits limits)
    {
        int size = Encoding.UTF8.GetByteCount(text);
        if (text.Length > limits.MaxCellLength || size + LengthSize > BlockSize)
        {
            throw SpreadsheetRefused.CellTooLong(limits.MaxCellLength);
        }

        if (_used + LengthSize + size > BlockSize)
        {
            FinishBlock();
            _current++;
            _used = 0;
            if (_current < _blocksInMemory)
            {
                _blocks.Add(_block = new byte[BlockSize]);
            }
            else
            {
                _block = _current == _blocksInMemory ? new byte[BlockSize] : _block;
            }
        }

        _starts.Add((_current * BlockSize) + _used);
        BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(_used), size);
        Encoding.UTF8.GetBytes(text, _block.AsSpan(_used + LengthSize));
        _used += LengthSize + size;
    }

    private void FinishBlock()
    {
        if (_current < _blocksInMemory)
        {
            return;
        }

        _file ??= new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
        });
        _file.Write(_block);
    }

    /// <summary>Spreadsheets number texts in the order of the rows, so the next one is nearly always in a block just read.</summary>
    private byte[] Block(int number)
    {
        if (number < _blocks.Count)
        {
            return _blocks[number];
        }

        ref (int Number, byte[] Bytes) kept = ref _kept[number % FileBlocksKept];
        if (kept.Number != number || kept.Bytes is null)
        {
            kept = (number, kept.Bytes ?? new byte[BlockSize]);
            RandomAccess.Read(_file!.SafeFileHandle, kept.Bytes, (long)(number - _blocks.Count) * BlockSize);
        }

        return kept.Bytes;
    }
}
