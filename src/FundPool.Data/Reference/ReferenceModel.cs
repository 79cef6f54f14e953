using Microsoft.EntityFrameworkCore;

namespace FundPool.Data.Reference;

/// <summary>A calendar year whose official notice has been loaded.</summary>
public sealed class CalendarYear
{
    public int Year { get; set; }
    public required string Source { get; set; }
    public DateTime LoadedAt { get; set; }
}

/// <summary>A day that is not what its weekday says: a holiday, or a weekend day worked to make up for one.</summary>
public sealed class CalendarDay
{
    public DateOnly Date { get; set; }
    public required string Kind { get; set; }
    public required string Name { get; set; }
    public int NoticeYear { get; set; }
    public required string Source { get; set; }
}

/// <summary>A publication of the loan prime rate (LPR), as fractions.</summary>
public sealed class LoanPrimeRate
{
    public DateOnly PublishedOn { get; set; }
    public decimal OneYear { get; set; }
    public decimal FiveYear { get; set; }
    public required string Source { get; set; }
    public required string Note { get; set; }
}

internal static class ReferenceModel
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<CalendarYear>(e =>
        {
            e.ToTable("calendar_year", "reference").HasKey(x => x.Year);
            e.Property(x => x.Year).ValueGeneratedNever();
            e.Property(x => x.LoadedAt).ValueGeneratedOnAdd();
        });
        model.Entity<CalendarDay>().ToTable("calendar_day", "reference").HasKey(x => x.Date);
        model.Entity<LoanPrimeRate>().ToTable("loan_prime_rate", "reference").HasKey(x => x.PublishedOn);
    }
}
