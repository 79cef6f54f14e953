namespace FundPool.Application.Spreadsheets;

/// <summary>
/// Which columns of a row lie in merged cells, asked row by row downwards. The file names them after the rows,
/// so they are looked for first: a raw search of the part, and a parse of it only where the word occurs.
/// </summary>
internal sealed class MergedCells
{
    private readonly List<Range> _starts = [];
    private readonly PriorityQueue<Range, int> _open = new();
    private readonly int[] _depth = new int[256];
    private int _next;

    internal bool Any => _starts.Count > 0;

    internal static MergedCells Find(XlsxPackage package, string part, SheetLimits limits)
    {
        MergedCells merges = new();
        if (!Occurs(package, part))
        {
            return merges;
        }

        using XmlCursor cursor = new(package.Open(part), limits);
        while (cursor.Read())
        {
            if (cursor.IsElement && cursor.Name == "mergeCell" && cursor.Attribute("ref") is { } reference)
            {
                merges.Add(reference, limits);
            }
        }

        merges.Sort();
        return merges;
    }

    internal void Add(int firstRow, int lastRow, int firstColumn, int lastColumn, SheetLimits limits)
    {
        if (_starts.Count >= limits.MaxMerges)
        {
            throw SpreadsheetRefused.TooManyMerges();
        }

        if (lastRow >= firstRow && lastColumn >= firstColumn && firstColumn < _depth.Length)
        {
            _starts.Add(new Range(firstRow, lastRow, firstColumn, Math.Min(lastColumn, _depth.Length - 1)));
        }
    }

    internal void Sort() => _starts.Sort((a, b) => a.FirstRow.CompareTo(b.FirstRow));

    /// <summary>For each column how many merged ranges cover it in this row.</summary>
    internal ReadOnlySpan<int> At(int row)
    {
        for (; _next < _starts.Count && _starts[_next].FirstRow <= row; _next++)
        {
            Cover(_starts[_next], 1);
            _open.Enqueue(_starts[_next], _starts[_next].LastRow);
        }

        while (_open.TryPeek(out Range range, out int last) && last < row)
        {
            _open.Dequeue();
            Cover(range, -1);
        }

        return _depth;
    }

    private void Cover(Range range, int by)
    {
        for (int column = range.FirstColumn; column <= range.LastColumn; column++)
        {
            _depth[column] += by;
        }
    }

    private void Add(string reference, SheetLimits limits)
    {
        int colon = reference.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0
            || !CellReference.TryParse(reference.AsSpan(0, colon), out int firstColumn, out int firstRow)
            || !CellReference.TryParse(reference.AsSpan(colon + 1), out int lastColumn, out int lastRow))
        {
            throw SpreadsheetRefused.Damaged();
        }

        Add(firstRow, lastRow, firstColumn, lastColumn, limits);
    }

    private static bool Occurs(XlsxPackage package, string part)
    {
        ReadOnlySpan<byte> word = "mergeCell"u8;
        byte[] buffer = new byte[1 << 16];
        int kept = 0;
        using GuardedStream stream = package.Open(part);
        while (true)
        {
            int read = stream.Read(buffer.AsSpan(kept));
            if (read == 0)
            {
                return false;
            }

            Span<byte> bytes = buffer.AsSpan(0, kept + read);
            if (bytes.IndexOf(word) >= 0 || stream.Position == read && bytes is [0xFF or 0xFE, ..] or [_, 0, ..] or [0, ..])
            {
                return true; // or UTF-16, where the word is not to be found so
            }

            kept = Math.Min(word.Length - 1, bytes.Length);
            bytes[^kept..].CopyTo(buffer);
        }
    }

    private readonly record struct Range(int FirstRow, int LastRow, int FirstColumn, int LastColumn);
}
