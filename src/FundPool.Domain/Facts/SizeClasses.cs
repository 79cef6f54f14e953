using System.Globalization;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Facts;

/// <summary>The size of an enterprise (工信部联企业〔2011〕300号), the smallest first.</summary>
public enum SizeClass
{
    /// <summary>微型.</summary>
    Micro,

    /// <summary>小型.</summary>
    Small,

    /// <summary>中型.</summary>
    Medium,

    /// <summary>大型.</summary>
    Large,
}

/// <summary>A figure that an enterprise is measured by.</summary>
public enum SizeMeasure
{
    /// <summary>从业人员.</summary>
    Employees,

    /// <summary>营业收入, in fen.</summary>
    Revenue,

    /// <summary>资产总额, in fen.</summary>
    TotalAssets,
}

/// <summary>The lower bounds of one measure in one industry; each bound itself belongs to the greater class.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Small">From here small.</param>
/// <param name="Medium">From here medium.</param>
/// <param name="Large">From here large.</param>
public sealed record SizeBounds(SizeMeasure Measure, long Small, long Medium, long Large)
{
    internal SizeClass Of(long figure) =>
        figure >= Large ? SizeClass.Large : figure >= Medium ? SizeClass.Medium : figure >= Small ? SizeClass.Small : SizeClass.Micro;
}

/// <summary>The bounds of one group of industries.</summary>
/// <param name="Code">The table's key.</param>
/// <param name="Name">The group's name.</param>
/// <param name="Industries">Prefixes of industry codes that belong to it.</param>
/// <param name="Bounds">The measures that count; the class is the lowest that any of them gives.</param>
public sealed record SizeClassRow(string Code, Words Name, IReadOnlyList<string> Industries, IReadOnlyList<SizeBounds> Bounds);

/// <summary>What the figures say about the size.</summary>
/// <param name="AtMost">The greatest class that the given figures allow; null where the industry is not in the table or not given precisely enough.</param>
/// <param name="Exact">Whether every figure that counts was given, so that <paramref name="AtMost"/> is the class.</param>
/// <param name="IndustryUnclear">Whether the industry code has too few digits to tell which bounds apply.</param>
/// <param name="Missing">The figures that count and were not given, as a set of bits by <see cref="SizeMeasure"/>.</param>
public readonly record struct SizeFinding(SizeClass? AtMost, bool Exact, bool IndustryUnclear, int Missing)
{
    /// <summary>Whether a figure that counts was not given.</summary>
    public bool Misses(SizeMeasure measure) => (Missing & (1 << (int)measure)) != 0;

    /// <summary>Whether <paramref name="stated"/> can't be true: the figures give another class, or don't reach it.</summary>
    public bool Contradicts(SizeClass stated) => AtMost is { } most && (Exact ? stated != most : stated > most);
}

/// <summary>Size classes by industry (Facts/sme_classes.csv).</summary>
public sealed class SizeClasses
{
    private const long FenPerWan = 1_000_000;
    private readonly SizeClassRow[] rows;
    private readonly Dictionary<string, (SizeClassRow? Row, bool Unclear)> known;

    /// <summary>A table of these groups.</summary>
    public SizeClasses(IEnumerable<SizeClassRow> rows)
    {
        this.rows = [.. rows];
        known = new Dictionary<string, (SizeClassRow?, bool)>(StringComparer.Ordinal);
    }

    /// <summary>The groups of industries.</summary>
    public IReadOnlyList<SizeClassRow> Rows => rows;

    /// <summary>The table that the portal ships with.</summary>
    public static SizeClasses Embedded() => new(CsvRows.Embedded("sme_classes.csv").Select(row => new SizeClassRow(
        row["code"],
        new Words(row["industry_zh"], row["industry_en"]),
        [.. row["gb4754_2017"].Split(';').SelectMany(Prefixes)],
        [.. new[] { Bounds(row, SizeMeasure.Employees, "employees_{0}_min", 1), Bounds(row, SizeMeasure.Revenue, "revenue_{0}_min_wan", FenPerWan), Bounds(row, SizeMeasure.TotalAssets, "assets_{0}_min_wan", FenPerWan) }.OfType<SizeBounds>()])));

    /// <summary>Measures an enterprise by what is known of it; a figure that is not known is null.</summary>
    public SizeFinding Classify(string industry, long? employees, Money? revenue, Money? totalAssets)
    {
        (SizeClassRow? row, bool unclear) = RowOf(industry);
        if (row is null)
        {
            return new SizeFinding(null, false, unclear, 0);
        }

        SizeClass most = SizeClass.Large;
        int missing = 0;
        foreach (SizeBounds bounds in row.Bounds)
        {
            long? figure = bounds.Measure switch
            {
                SizeMeasure.Employees => employees,
                SizeMeasure.Revenue => revenue?.Fen,
                _ => totalAssets?.Fen,
            };
            if (figure is { } given)
            {
                most = (SizeClass)Math.Min((int)most, (int)bounds.Of(given));
            }
            else
            {
                missing |= 1 << (int)bounds.Measure;
            }
        }

        // Below the small bound in any one measure is micro already, whatever the others say.
        return new SizeFinding(most, missing == 0 || most == SizeClass.Micro, false, missing);
    }

    private (SizeClassRow? Row, bool Unclear) RowOf(string industry)
    {
        lock (known)
        {
            if (!known.TryGetValue(industry, out (SizeClassRow?, bool) found))
            {
                SizeClassRow? row = rows.FirstOrDefault(row => row.Industries.Any(prefix => industry.StartsWith(prefix, StringComparison.Ordinal)));
                bool unclear = row is null && rows.Any(row => row.Industries.Any(prefix => prefix.StartsWith(industry, StringComparison.Ordinal)));
                known[industry] = found = (row, unclear);
            }

            return found;
        }
    }

    // "G592-G599" stands for G592, G593 … G599.
    private static IEnumerable<string> Prefixes(string text)
    {
        string[] ends = text.Split('-');
        if (ends.Length == 1)
        {
            return ends;
        }

        int from = int.Parse(ends[0][1..], CultureInfo.InvariantCulture);
        int to = int.Parse(ends[1][1..], CultureInfo.InvariantCulture);
        return Enumerable.Range(from, to - from + 1).Select(number => ends[0][0] + number.ToString(CultureInfo.InvariantCulture));
    }

    private static SizeBounds? Bounds(IReadOnlyDictionary<string, string> row, SizeMeasure measure, string column, long unit)
    {
        string small = Cell("small");
        return small.Length == 0 ? null : new SizeBounds(measure, Number(small) * unit, Number(Cell("medium")) * unit, Number(Cell("large")) * unit);

        string Cell(string size) => row[string.Format(CultureInfo.InvariantCulture, column, size)];
        static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }
}
