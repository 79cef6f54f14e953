using System.Globalization;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Facts;

/// <summary>One publication of the loan prime rate (贷款市场报价利率).</summary>
/// <param name="PublishedOn">The day of publication.</param>
/// <param name="OneYear">The rate for one year.</param>
/// <param name="FiveYears">The rate for more than five years.</param>
public sealed record LprRow(DateOnly PublishedOn, Rate OneYear, Rate FiveYears);

/// <summary>The loan prime rates, looked up by loan date.</summary>
public sealed class LprTable
{
    private readonly LprRow[] rows;

    /// <summary>A table of these publications, in any order.</summary>
    public LprTable(IEnumerable<LprRow> rows)
    {
        this.rows = [.. rows.OrderBy(row => row.PublishedOn)];
        DateOnly last = this.rows.Length > 0 ? this.rows[^1].PublishedOn : DateOnly.MinValue;
        KnownBefore = this.rows.Length > 0 ? new DateOnly(last.Year, last.Month, 20).AddMonths(1) : DateOnly.MinValue;
    }

    /// <summary>The 20th of the month after the last publication: from then on a newer rate may exist, so none is known.</summary>
    public DateOnly KnownBefore { get; }

    /// <summary>The publications in order.</summary>
    public IReadOnlyList<LprRow> Rows => rows;

    /// <summary>The table that the portal ships with (Facts/lpr.csv).</summary>
    public static LprTable Embedded() => new(CsvRows.Embedded("lpr.csv").Select(row => new LprRow(
        DateOnly.ParseExact(row["publish_date"], "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Percent(row["lpr_1y_pct"]),
        Percent(row["lpr_5y_pct"]))));

    /// <summary>The last publication on or before <paramref name="loanDate"/>; null before the first, and once a newer one may be missing.</summary>
    public LprRow? On(DateOnly loanDate)
    {
        if (loanDate >= KnownBefore || rows.Length == 0 || loanDate < rows[0].PublishedOn)
        {
            return null;
        }

        int low = 0;
        int high = rows.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (rows[middle].PublishedOn <= loanDate)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return rows[low];
    }

    private static Rate Percent(string text) => Rate.Of(decimal.Parse(text, CultureInfo.InvariantCulture) / 100m);
}
