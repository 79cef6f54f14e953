namespace FundPool.Application.Spreadsheets;

/// <summary>
/// An unpacked part of a workbook that is counted while it is read, whatever its directory entry claims, and that
/// stops where a tag or a text is longer than any real one: the XML reader would keep it whole in memory.
/// </summary>
internal sealed class GuardedStream(Stream inner, long packed, SheetLimits limits) : Stream
{
    private const int LongestRun = 1 << 20;
    private const int RatioCountsFrom = 1 << 20;

    private long _count;
    private int _run;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _count; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        _count += read;
        if (_count > limits.MaxEntryBytes || (_count > RatioCountsFrom && _count > packed * limits.MaxRatio))
        {
            throw SpreadsheetRefused.Bomb();
        }

        CountRun(buffer[..read]);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CountRun(ReadOnlySpan<byte> bytes)
    {
        int first = bytes.IndexOf((byte)'<');
        if (first < 0)
        {
            _run += bytes.Length;
        }
        else
        {
            _run = Math.Max(_run + first > LongestRun ? _run + first : 0, bytes.Length - 1 - bytes.LastIndexOf((byte)'<'));
        }

        if (_run > LongestRun)
        {
            throw SpreadsheetRefused.Bomb();
        }
    }
}
