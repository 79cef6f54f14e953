using System.Globalization;
using FundPool.Domain.Calendar;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Policy;

public sealed class DeadlineTests
{
    private static readonly Deadlines Deadlines = Cases.Facts.DeadlinesOf(Cases.Shenzhen.Home);

    [Fact]
    public void Deadline_OfTheTable_EndsAsListed() => PolicyTable.Check("deadlines.csv", row =>
    {
        Deadline deadline = Deadlines.Due(row["rule"], Day(row["event"]));

        deadline.Due.ShouldBe(Day(row["due"]));
        deadline.Provisional.ShouldBe(row["provisional"] == "true");
    });

    [Fact]
    public void Quarter_OfTheTable_ClosesOnTheListedDay() => PolicyTable.Check("quarter_windows.csv", row =>
    {
        foreach (string column in new[] { "first_loan_date", "last_loan_date" })
        {
            Deadlines.Due("register", Day(row[column])).ShouldBe(new Deadline(Day(row["last_registration_day"]), false));
        }
    });

    [Fact]
    public void Evaluation_OfAYear_IsDueOnTheLastDayOfFebruaryAndDoesNotMove()
    {
        Deadlines.Due("evaluation", Day("2023-12-31")).Due.ShouldBe(Day("2024-02-29"));
        Deadlines.Due("evaluation", Day("2024-12-31")).Due.ShouldBe(Day("2025-02-28"));
        Deadlines.Due("evaluation", Day("2025-12-31")).Due.ShouldBe(Day("2026-02-28"));
        Deadlines.Due("evaluation", Day("2020-12-31")).Due.ShouldBe(Day("2021-02-28"));
    }

    [Fact]
    public void Deadline_WhoseYearArrives_IsReckonedAnew()
    {
        DeadlineRule claim = Deadlines.Rule("claim")!;
        HolidayRow newYear = new(Day("2027-01-01"), false, "元旦", 2027, "test");

        Deadline before = Deadlines.Due("claim", Day("2026-10-01"));
        Deadline after = new Deadlines(new WorkingCalendar([.. HolidayRow.Embedded(), newYear]), [claim]).Due("claim", Day("2026-10-01"));

        before.ShouldBe(new Deadline(Day("2027-01-01"), true));
        after.ShouldBe(new Deadline(Day("2027-01-04"), false));
    }

    [Theory]
    [InlineData("2024-11-20", CountdownBand.Missed)]
    [InlineData("2024-11-19", CountdownBand.OneDay)]
    [InlineData("2024-11-18", CountdownBand.OneDay)]
    [InlineData("2024-11-17", CountdownBand.FiveDays)]
    [InlineData("2024-11-14", CountdownBand.FiveDays)]
    [InlineData("2024-11-13", CountdownBand.TenDays)]
    [InlineData("2024-11-09", CountdownBand.TenDays)]
    [InlineData("2024-11-08", CountdownBand.Calm)]
    public void Countdown_ToTheNineteenth_WarnsAtTenFiveAndOneDays(string today, CountdownBand band) =>
        new Deadline(Day("2024-11-19"), false).On(Day(today)).Band.ShouldBe(band);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
