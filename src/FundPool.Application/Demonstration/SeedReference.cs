using FundPool.Data;
using FundPool.Data.Reference;
using FundPool.Data.Tenancy;
using FundPool.Domain.Calendar;
using FundPool.Domain.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Demonstration;

/// <summary>The pools and facts that the portal ships with: what is missing is added, what an administrator has changed stays.</summary>
public static class SeedReference
{
    private static readonly (string Code, string Name, string NameEn)[] Pools =
        [("shenzhen", "深圳市中小微企业银行贷款风险补偿资金池", "Shenzhen SME Loan Risk-Compensation Fund Pool")];

    public static async Task RunAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(new Acting(Scope.Platform, null, null, null, null, "系统"), new Cause("SeedReference"), ct);
        HashSet<string> pools = [.. await db.Pools.Select(p => p.Code).ToListAsync(ct)];
        db.Pools.AddRange(Pools.Where(p => !pools.Contains(p.Code)).Select(p => new Pool { Code = p.Code, Name = p.Name, NameEn = p.NameEn }));

        IReadOnlyList<HolidayRow> days = HolidayRow.Embedded();
        HashSet<int> years = [.. await db.CalendarYears.Select(y => y.Year).ToListAsync(ct)];
        foreach (IGrouping<int, HolidayRow> year in days.GroupBy(d => d.NoticeYear).Where(y => !years.Contains(y.Key)))
        {
            db.CalendarYears.Add(new CalendarYear { Year = year.Key, Source = year.First().Source });
            await db.SaveChangesAsync(ct);
            db.CalendarDays.AddRange(year.Select(d => new CalendarDay { Date = d.Date, Kind = d.IsWorkday ? "workday" : "holiday", Name = d.Name, NoticeYear = d.NoticeYear, Source = d.Source }));
        }

        if (!await db.LoanPrimeRates.AnyAsync(ct))
        {
            db.LoanPrimeRates.AddRange(CsvRows.Embedded("lpr.csv").Select(row => new LoanPrimeRate
            {
                PublishedOn = DateOnly.ParseExact(row["publish_date"], "yyyy-MM-dd"),
                OneYear = decimal.Parse(row["lpr_1y_pct"], System.Globalization.CultureInfo.InvariantCulture) / 100,
                FiveYear = decimal.Parse(row["lpr_5y_pct"], System.Globalization.CultureInfo.InvariantCulture) / 100,
                Source = row["confirmed_by"],
                Note = row["agreement_note"],
            }));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
