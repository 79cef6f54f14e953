using System.Globalization;
using FundPool.Domain.Facts;

namespace FundPool.Domain.Calendar;

/// <summary>One day that differs from the plain week: a holiday, or a make-up day (调休) on a weekend.</summary>
/// <param name="Date">The day.</param>
/// <param name="IsWorkday">True for a make-up working day, false for a holiday.</param>
/// <param name="Name">The feast it belongs to.</param>
/// <param name="NoticeYear">The year whose State Council notice lists it; that year is loaded.</param>
/// <param name="Source">Where the notice can be read.</param>
public sealed record HolidayRow(DateOnly Date, bool IsWorkday, string Name, int NoticeYear, string Source)
{
    /// <summary>The rows that the portal ships with (Facts/holidays.csv, from the State Council's notices of 2019 to 2026).</summary>
    public static IReadOnlyList<HolidayRow> Embedded() => [.. CsvRows.Embedded("holidays.csv").Select(Of)];

    private static HolidayRow Of(IReadOnlyDictionary<string, string> row)
    {
        string[] notice = row["year_source"].Split(' ', 2);
        return new HolidayRow(
            DateOnly.ParseExact(row["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            row["kind"] switch
            {
                "workday" => true,
                "holiday" => false,
                string other => throw new FormatException($"A day is a workday or a holiday, not '{other}'."),
            },
            row["name"],
            int.Parse(notice[0], CultureInfo.InvariantCulture),
            notice.Length > 1 ? notice[1] : "");
    }
}
