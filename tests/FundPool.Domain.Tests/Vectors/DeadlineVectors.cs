using System.Globalization;
using FundPool.Domain.Calendar;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Vectors;

/// <summary>The deadlines of domain.md section 9, and those at the edges of the loaded calendar.</summary>
public class DeadlineVectors
{
    private static readonly Deadlines Deadlines = ReferenceData.Embedded.DeadlinesOf(RulebookSet.Embedded("shenzhen")!.Home);

    [Theory]
    [InlineData("register", "2024-12-31", "2025-01-22")]
    [InlineData("register", "2025-01-01", "2025-04-22")]
    [InlineData("register", "2022-12-30", "2023-01-28")]
    [InlineData("register", "2019-03-31", "2019-04-22")]
    [InlineData("register", "2026-09-30", "2026-10-27")]
    [InlineData("recovery_quarter", "2024-12-31", "2025-01-22")]
    [InlineData("notice", "2023-06-19", "2023-06-28")]
    [InlineData("notice", "2023-06-20", "2023-06-29")]
    [InlineData("notice", "2023-09-22", "2023-10-08")]
    [InlineData("notice", "2023-10-10", "2023-10-18")]
    [InlineData("notice", "2024-11-19", "2024-11-27")]
    [InlineData("notice", "2024-11-23", "2024-12-03")]
    [InlineData("claim", "2024-11-30", "2025-02-28")]
    [InlineData("claim", "2024-07-05", "2024-10-08")]
    [InlineData("claim", "2024-02-29", "2024-05-29")]
    [InlineData("credit_report", "2025-04-23", "2025-05-09")]
    [InlineData("payment_documents", "2024-09-30", "2024-10-08")]
    [InlineData("payment", "2024-09-01", "2024-09-11")]
    [InlineData("review", "2024-09-01", "2024-10-08")]
    [InlineData("good_closure", "2024-07-05", "2024-10-08")]
    [InlineData("auto_closure", "2024-04-05", "2024-10-08")]
    [InlineData("evaluation", "2025-12-31", "2026-02-28")]
    [InlineData("evaluation", "2023-12-31", "2024-02-29")]
    public void Deadline_OfALoadedYear_IsFirm(string code, string happened, string due) =>
        Deadlines.Due(code, Day(happened)).ShouldBe(new Deadline(Day(due), Provisional: false));

    [Theory]
    [InlineData("register", "2026-10-01", "2027-01-21", true)] // No day of January 2027 is known: weekends only.
    [InlineData("credit_report", "2026-12-25", "2027-01-08", true)]
    [InlineData("credit_report", "2018-12-31", "2019-01-15", false)] // The event's own day is not consulted.
    [InlineData("credit_report", "2018-12-30", "2019-01-14", true)] // 2018-12-31 is, and its row doesn't count: a plain Monday.
    [InlineData("notice", "2018-12-31", "2019-01-09", true)] // The publication day counts and is consulted.
    [InlineData("claim", "2026-09-30", "2026-12-30", false)]
    [InlineData("claim", "2026-10-01", "2027-01-01", true)]
    [InlineData("claim", "2026-09-26", "2026-12-28", false)]
    [InlineData("claim", "2018-09-29", "2018-12-31", true)] // Moved over a weekend to a Monday that the loaded rows can't call a holiday.
    [InlineData("payment_documents", "2018-12-29", "2019-01-02", false)] // Ends on New Year's Day, which is loaded.
    public void Deadline_AtTheCalendarsEdge_SaysWhetherItIsProvisional(string code, string happened, string due, bool provisional) =>
        Deadlines.Due(code, Day(happened)).ShouldBe(new Deadline(Day(due), provisional));

    [Fact]
    public void Deadline_WithTheClockStopped_GoesOnFromTheNextDay()
    {
        DateRange[] withTheBank = [new DateRange(Day("2025-03-11"), Day("2025-03-20"))];

        Deadline review = Deadlines.Due("review", Day("2025-03-03"), withTheBank);

        review.ShouldBe(new Deadline(Day("2025-04-14"), Provisional: false)); // 30 + 10 days end on Saturday 2025-04-12.
    }

    [Fact]
    public void Calendar_OfTheShippedRows_LoadsTheYearsOfTheNotices()
    {
        WorkingCalendar calendar = ReferenceData.Embedded.Calendar;

        calendar.LoadedYears.ShouldBe([2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]);
        calendar.IsWorkingDay(Day("2018-12-31")).ShouldBeTrue();
        calendar.IsWorkingDay(Day("2018-12-29")).ShouldBeFalse();
        calendar.IsWorkingDay(Day("2023-01-28")).ShouldBeTrue();
        calendar.IsWorkingDay(Day("2020-01-31")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2025-03-01", "2025-03-12", CountdownBand.Calm)]
    [InlineData("2025-03-02", "2025-03-12", CountdownBand.TenDays)]
    [InlineData("2025-03-07", "2025-03-12", CountdownBand.FiveDays)]
    [InlineData("2025-03-11", "2025-03-12", CountdownBand.OneDay)]
    [InlineData("2025-03-12", "2025-03-12", CountdownBand.OneDay)]
    [InlineData("2025-03-13", "2025-03-12", CountdownBand.Missed)]
    public void Countdown_NearTheEnd_WarnsAtTenFiveAndOneDays(string today, string due, CountdownBand band) =>
        new Deadline(Day(due), Provisional: false).On(Day(today)).Band.ShouldBe(band);

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    public void Deadline_AtTheEndOfTime_IsReckonedWithoutFailing(string happened) =>
        Should.NotThrow(() => Deadlines.Due("claim", Day(happened)));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
