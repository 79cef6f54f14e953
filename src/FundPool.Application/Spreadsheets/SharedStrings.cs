using System.Text;

namespace FundPool.Application.Spreadsheets;

/// <summary>
/// The texts that cells point to by number, kept as UTF-8 in one block of memory and past a limit in a temporary
/// file, so that a quarter of a large bank costs megabytes and not what a string object each would.
/// </summary>
internal sealed class SharedStrings : IDisposable
{
    private const int BlockSize = 1 << 16;
    private const int Blocks = 64;

    private readonly int _inMemory;
    private readonly List<long> _ends = [];
    private readonly long[] _cached = new long[Blocks];
    private readonly byte[]?[] _blocks = new byte[Blocks][];
    private byte[] _bytes = new byte[1 << 14];
    private FileStream? _file;
    private long _length;
    private long _fileStart = long.MaxValue;

    private SharedStrings(int inMemory) => _inMemory = inMemory;

    internal int Count => _ends.Count;

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
            if ((uint)index >= (uint)_ends.Count)
            {
                throw SpreadsheetRefused.Damaged();
            }

            long start = index == 0 ? 0 : _ends[index - 1];
            int length = (int)(_ends[index] - start);
            if (length == 0)
            {
                return null;
            }

            return start < _fileStart
                ? Encoding.UTF8.GetString(_bytes, (int)start, length)
                : FromFile(start, length);
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
                if (_ends.Count >= limits.MaxSharedStrings)
                {
                    throw SpreadsheetRefused.TooManyTexts();
                }

                Add(CellText.Unescape(text.ToString()));
                text.Clear();
            }
        }

        _file?.Flush();
    }

    private void Add(string text)
    {
        int size = Encoding.UTF8.GetByteCount(text);
        if (_file is not null || _length + size > _inMemory)
        {
            // A text never lies half in memory: the file begins with the first one that memory has no room for.
            if (_file is null)
            {
                _fileStart = _length;
                _file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.ReadWrite,
                    Options = FileOptions.DeleteOnClose | FileOptions.RandomAccess,
                    BufferSize = BlockSize,
                });
            }

            _file.Write(Encoding.UTF8.GetBytes(text));
        }
        else
        {
            if (_length + size > _bytes.Length)
            {
                Array.Resize(ref _bytes, (int)Math.Max(_bytes.Length * 2L, _length + size));
            }

            Encoding.UTF8.GetBytes(text, _bytes.AsSpan((int)_length));
        }

        _length += size;
        _ends.Add(_length);
    }

    private string FromFile(long start, int length)
    {
        byte[] text = new byte[length];
        for (int done = 0; done < length;)
        {
            long position = start - _fileStart + done;
            byte[] block = Block(position / BlockSize);
            int offset = (int)(position % BlockSize);
            int take = Math.Min(length - done, BlockSize - offset);
            block.AsSpan(offset, take).CopyTo(text.AsSpan(done));
            done += take;
        }

        return Encoding.UTF8.GetString(text);
    }

    /// <summary>Spreadsheets number texts in the order of the rows, so the next one is nearly always in a block just read.</summary>
    private byte[] Block(long number)
    {
        int slot = (int)(number % Blocks);
        if (_blocks[slot] is { } block && _cached[slot] == number)
        {
            return block;
        }

        block = _blocks[slot] ??= new byte[BlockSize];
        RandomAccess.Read(_file!.SafeFileHandle, block, number * BlockSize);
        _cached[slot] = number;
        return block;
    }
}
