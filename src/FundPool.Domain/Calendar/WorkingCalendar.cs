namespace FundPool.Domain.Calendar;

/// <summary>Which days are worked. A year counts as loaded when its own notice is; any other year has plain weekends only, and what rests on it is provisional.</summary>
public sealed class WorkingCalendar
{
    private const byte Worked = 1;
    private const byte Loaded = 2;
    private readonly int firstDay;
    private readonly byte[] days;

    /// <summary>A calendar of these days. Rows of a year that is not loaded don't count: December's days of the year before the first notice came with that notice and don't load their own year.</summary>
    public WorkingCalendar(IEnumerable<HolidayRow> rows)
    {
        HolidayRow[] all = [.. rows];
        LoadedYears = [.. all.Select(row => row.NoticeYear).Distinct().Order()];
        if (LoadedYears.Count == 0)
        {
            days = [];
            return;
        }

        firstDay = new DateOnly(LoadedYears[0], 1, 1).DayNumber;
        days = new byte[new DateOnly(LoadedYears[^1], 12, 31).DayNumber - firstDay + 1];
        HashSet<int> loaded = [.. LoadedYears];
        for (int i = 0; i < days.Length; i++)
        {
            DateOnly day = DateOnly.FromDayNumber(firstDay + i);
            days[i] = (byte)((IsWeekday(day) ? Worked : 0) | (loaded.Contains(day.Year) ? Loaded : 0));
        }

        foreach (HolidayRow row in all.Where(row => loaded.Contains(row.Date.Year)))
        {
            days[row.Date.DayNumber - firstDay] = (byte)(Loaded | (row.IsWorkday ? Worked : 0));
        }
    }

    /// <summary>The years whose own notice is in the table, in order.</summary>
    public IReadOnlyList<int> LoadedYears { get; }

    /// <summary>Whether the day's year is loaded. An answer that had to look at one that is not is provisional.</summary>
    public bool IsLoaded(DateOnly day)
    {
        uint i = unchecked((uint)(day.DayNumber - firstDay)); // Before the first day is beyond the last one.
        return i < (uint)days.Length && (days[i] & Loaded) != 0;
    }

    /// <summary>Whether the day is worked: make-up Saturdays and Sundays are, holidays are not.</summary>
    public bool IsWorkingDay(DateOnly day)
    {
        uint i = unchecked((uint)(day.DayNumber - firstDay)); // Before the first day is beyond the last one.
        return i < (uint)days.Length ? (days[i] & Worked) != 0 : IsWeekday(day);
    }

    /// <summary>How many working days lie in the days from <paramref name="from"/> to <paramref name="to"/>, both included; 0 when there are none.</summary>
    public int WorkingDays(DateOnly from, DateOnly to)
    {
        int count = 0;
        for (DateOnly day = from; day <= to; day = day.AddDays(1))
        {
            count += IsWorkingDay(day) ? 1 : 0;
        }

        return count;
    }

    private static bool IsWeekday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
