using FundPool.Domain.Calendar;

namespace FundPool.Application.Demonstration;

/// <summary>The day on which a demonstration begins, and the working days before it that its latest work is dated by.</summary>
internal sealed class DemonstrationDays
{
    /// <summary>
    /// The real records were reported on 2026-10-20, up to NPL dates of 2026-09-28, and a claim is made within three months (a.19(2)). So twenty
    /// working days of claims, with enough loans for every state, fit before these days and no others: earlier nothing is reported, later it lapses.
    /// </summary>
    public static readonly DateOnly First = new(2026, 11, 18), Last = new(2026, 12, 1);

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private readonly WorkingCalendar calendar;

    public DemonstrationDays(WorkingCalendar calendar, DateTimeOffset now)
    {
        this.calendar = calendar;
        // In the morning the latest work is yesterday's, so that nothing was done later than now.
        Today = DateOnly.FromDateTime(now.ToOffset(China).AddHours(-12).DateTime);
    }

    /// <summary>The day whose work is done.</summary>
    public DateOnly Today { get; }

    /// <summary>How many whole days before the real time a demonstration begins; behind it where that is negative. The hour stays, so that a working day is one.</summary>
    public static TimeSpan AheadOf(DateTimeOffset real)
    {
        DateOnly day = DateOnly.FromDateTime(real.ToOffset(China).DateTime);
        return TimeSpan.FromDays((day < First ? First : day > Last ? Last : day).DayNumber - day.DayNumber);
    }

    /// <summary>The working day so many before today; 0 is today or the last one before it.</summary>
    public DateOnly Before(int workingDays)
    {
        DateOnly day = OnOrBefore(Today);
        for (; workingDays > 0; workingDays--)
        {
            day = OnOrBefore(day.AddDays(-1));
        }

        return day;
    }

    /// <summary>The working day so many after a day.</summary>
    public DateOnly After(DateOnly day, int workingDays)
    {
        while (workingDays > 0)
        {
            day = day.AddDays(1);
            workingDays -= calendar.IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>The day itself where people work on it, else the last one before on which they do.</summary>
    public DateOnly OnOrBefore(DateOnly day)
    {
        while (!calendar.IsWorkingDay(day))
        {
            day = day.AddDays(-1);
        }

        return day;
    }
}
