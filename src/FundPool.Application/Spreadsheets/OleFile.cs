using System.Buffers.Binary;
using System.Text;

namespace FundPool.Application.Spreadsheets;

/// <summary>
/// The compound file around an .xls workbook ([MS-CFB]), far enough to name its streams and to walk one of them:
/// the library that reads the cells says nothing of macros, links, formulas or hidden rows.
/// </summary>
internal sealed class OleFile
{
    private const int HeaderSize = 512;
    private const int DirectoryEntry = 128;
    private const int HeaderFatSectors = 109;
    private const uint LastSector = 0xFFFFFFFA;

    private readonly Stream _stream;
    private readonly int _sectorSize;
    private readonly uint _miniCutoff;
    private readonly uint[] _fat;
    private readonly uint _miniFatStart;
    private readonly Dictionary<string, (uint Start, long Size)> _streams = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    internal OleFile(Stream stream)
    {
        _stream = stream;
        byte[] header = new byte[HeaderSize];
        stream.Position = 0;
        stream.ReadExactly(header);
        int shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        if (shift is not (9 or 12))
        {
            throw SpreadsheetRefused.Damaged();
        }

        _sectorSize = 1 << shift;
        _miniCutoff = UInt(header, 56);
        _miniFatStart = UInt(header, 60);
        _fat = ReadFat(header);
        ReadDirectory(UInt(header, 48));
    }

    /// <summary>Every storage and stream in the file.</summary>
    internal IReadOnlySet<string> Names => _names;

    internal Stream? Open(string name)
    {
        if (!_streams.TryGetValue(name, out (uint Start, long Size) found) || !_streams.TryGetValue("Root Entry", out (uint Start, long Size) root))
        {
            return null;
        }

        if (found.Size >= _miniCutoff)
        {
            return new ChainStream(_stream, Chain(found.Start), _sectorSize, _sectorSize, found.Size);
        }

        // Small streams live in 64-byte pieces of one stream of the root's.
        byte[] table = ReadAll(new ChainStream(_stream, Chain(_miniFatStart), _sectorSize, _sectorSize, long.MaxValue));
        Stream container = new ChainStream(_stream, Chain(root.Start), _sectorSize, _sectorSize, root.Size);
        uint[] mini = new uint[table.Length / 4];
        Buffer.BlockCopy(table, 0, mini, 0, mini.Length * 4);
        return new ChainStream(container, Chain(found.Start, mini), 64, 0, found.Size);
    }

    private static uint UInt(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static byte[] ReadAll(Stream stream)
    {
        using MemoryStream all = new();
        stream.CopyTo(all);
        return all.ToArray();
    }

    private uint[] ReadFat(byte[] header)
    {
        List<uint> sectors = [];
        for (int i = 0; i < HeaderFatSectors; i++)
        {
            sectors.Add(UInt(header, 76 + (i * 4)));
        }

        long most = (_stream.Length / _sectorSize) + 1;
        uint next = UInt(header, 68);
        byte[] sector = new byte[_sectorSize];
        for (long steps = 0; next < LastSector; steps++)
        {
            if (steps > most)
            {
                throw SpreadsheetRefused.Damaged();
            }

            ReadSector(next, sector);
            for (int i = 0; i < _sectorSize - 4; i += 4)
            {
                sectors.Add(UInt(sector, i));
            }

            next = UInt(sector, _sectorSize - 4);
        }

        sectors.RemoveAll(s => s >= LastSector);
        if (sectors.Count > most)
        {
            throw SpreadsheetRefused.Damaged();
        }

        uint[] fat = new uint[sectors.Count * (_sectorSize / 4)];
        for (int i = 0; i < sectors.Count; i++)
        {
            ReadSector(sectors[i], sector);
            Buffer.BlockCopy(sector, 0, fat, i * _sectorSize, _sectorSize);
        }

        return fat;
    }

    private void ReadSector(uint number, byte[] into)
    {
        long position = ((long)number + 1) * _sectorSize;
        if (position >= _stream.Length)
        {
            throw SpreadsheetRefused.Damaged();
        }

        _stream.Position = position;
        into.AsSpan().Clear();
        _stream.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
    }

    private uint[] Chain(uint start, uint[]? table = null)
    {
        table ??= _fat;
        List<uint> chain = [];
        for (uint sector = start; sector < LastSector; sector = table[sector])
        {
            if (sector >= table.Length || chain.Count > table.Length)
            {
                throw SpreadsheetRefused.Damaged();
            }

            chain.Add(sector);
        }

        return [.. chain];
    }

    private void ReadDirectory(uint start)
    {
        Stream directory = new ChainStream(_stream, Chain(start), _sectorSize, _sectorSize, long.MaxValue);
        byte[] entry = new byte[DirectoryEntry];
        while (directory.ReadAtLeast(entry, DirectoryEntry, throwOnEndOfStream: false) == DirectoryEntry)
        {
            int bytes = BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(64));
            if (bytes is < 2 or > 64 || entry[66] == 0)
            {
                continue;
            }

            string name = Encoding.Unicode.GetString(entry, 0, bytes - 2);
            _names.Add(name);
            if (entry[66] is 2 or 5)
            {
                _streams.TryAdd(entry[66] == 5 ? "Root Entry" : name, (UInt(entry, 116), UInt(entry, 120)));
            }
        }
    }

    /// <summary>One stream of the file, read through its chain of sectors.</summary>
    private sealed class ChainStream(Stream file, uint[] chain, int sectorSize, int offset, long size) : Stream
    {
        private readonly long _length = Math.Min(size, (long)chain.Length * sectorSize);
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => _length;

        public override long Position { get => _position; set => _position = value; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int done = 0;
            while (done < buffer.Length && _position < _length)
            {
                int within = (int)(_position % sectorSize);
                int take = (int)Math.Min(Math.Min(buffer.Length - done, sectorSize - within), _length - _position);
                file.Position = offset + ((long)chain[_position / sectorSize] * sectorSize) + within;
                int read = file.Read(buffer.Slice(done, take));
                if (read == 0)
                {
                    throw new EndOfStreamException();
                }

                done += read;
                _position += read;
            }

            return done;
        }

        public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => _length + offset,
        };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
