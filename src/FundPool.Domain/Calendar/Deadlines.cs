using FundPool.Domain.Kernel;

namespace FundPool.Domain.Calendar;

/// <summary>The deadlines of one rulebook on one calendar. Answers are remembered by day, so that asking again costs a look-up.</summary>
public sealed class Deadlines
{
    // Days from 2015 to 2040 are remembered; others are reckoned each time.
    private static readonly int FirstKept = new DateOnly(2015, 1, 1).DayNumber;
    private static readonly int KeptDays = new DateOnly(2041, 1, 1).DayNumber - FirstKept;

    private readonly WorkingCalendar calendar;
    private readonly Dictionary<string, Entry> entries;

    /// <summary>The deadlines of <paramref name="rules"/> on <paramref name="calendar"/>.</summary>
    public Deadlines(WorkingCalendar calendar, IEnumerable<DeadlineRule> rules)
    {
        this.calendar = calendar;
        entries = rules.ToDictionary(rule => rule.Code, rule => new Entry(rule), StringComparer.Ordinal);
    }

    /// <summary>The rule with this code, if there is one.</summary>
    public DeadlineRule? Rule(string code) => entries.GetValueOrDefault(code)?.Rule;

    /// <summary>When the deadline <paramref name="code"/> ends that began with something on <paramref name="happened"/>.</summary>
    public Deadline Due(string code, DateOnly happened) => entries[code].Due(calendar, happened);

    /// <summary>The same with the clock stopped on some days, each counted as if it had not been (a claim that lies with the bank for supplement).</summary>
    public Deadline Due(string code, DateOnly happened, IReadOnlyList<DateRange> stopped)
    {
        DeadlineRule rule = entries[code].Rule;
        return rule.Counting is Counting.CalendarDays or Counting.WorkingDays && stopped.Count > 0
            ? CountRunningDays(rule, calendar, happened, stopped)
            : Due(code, happened);
    }

    /// <summary>The same with a length longer than the rule's; a shorter one is not taken (a notice may run longer, never shorter).</summary>
    public Deadline Due(string code, DateOnly happened, int length)
    {
        DeadlineRule rule = entries[code].Rule;
        return length <= rule.Length ? Due(code, happened) : Reckon(rule with { Length = length }, calendar, happened);
    }

    /// <summary>A handle that saves the look-up by code where a deadline is asked for again and again.</summary>
    public Func<DateOnly, Deadline> Of(string code)
    {
        Entry entry = entries[code];
        return happened => entry.Due(calendar, happened);
    }

    private static Deadline Reckon(DeadlineRule rule, WorkingCalendar calendar, DateOnly happened) => rule.Counting switch
    {
        Counting.WorkingDays => WorkingDays(calendar, rule.CountsEventDay ? happened : Next(happened), rule.Length),
        Counting.WorkingDayOfNextQuarter => WorkingDays(calendar, NextQuarter(happened), rule.Length),
        Counting.CalendarDays => Ending(rule, calendar, Plus(happened, rule.Length)),
        Counting.Months => Ending(rule, calendar, PlusMonths(happened, rule.Length)),
        Counting.EndOfNextFebruary => Ending(rule, calendar, EndOfNextFebruary(happened)),
        _ => throw new InvalidOperationException($"Nothing counts like {rule.Counting}."),
    };

    // Consulted: every day from the first that may count to the due day.
    private static Deadline WorkingDays(WorkingCalendar calendar, DateOnly first, int length)
    {
        bool provisional = false;
        DateOnly day = first;
        while (true)
        {
            provisional |= !calendar.IsLoaded(day);
            if ((calendar.IsWorkingDay(day) && --length <= 0) || day == DateOnly.MaxValue)
            {
                return new Deadline(day, provisional);
            }

            day = day.AddDays(1);
        }
    }

    // Consulted: the end and the days it moves over. One that doesn't move asks the calendar nothing.
    private static Deadline Ending(DeadlineRule rule, WorkingCalendar calendar, DateOnly end) =>
        rule.Moves ? WorkingDays(calendar, end, 1) : new Deadline(end, false);

    private static Deadline CountRunningDays(DeadlineRule rule, WorkingCalendar calendar, DateOnly happened, IReadOnlyList<DateRange> stopped)
    {
        bool working = rule.Counting == Counting.WorkingDays;
        bool provisional = false;
        int left = rule.Length;
        DateOnly day = rule.CountsEventDay ? happened : Next(happened);
        while (day < DateOnly.MaxValue)
        {
            provisional |= working && !calendar.IsLoaded(day);
            bool runs = !stopped.Any(range => range.Contains(day)) && (!working || calendar.IsWorkingDay(day));
            if (runs && --left <= 0)
            {
                break;
            }

            day = day.AddDays(1);
        }

        return working ? new Deadline(day, provisional) : Ending(rule, calendar, day);
    }

    private static DateOnly Next(DateOnly day) => Plus(day, 1);

    private static DateOnly Plus(DateOnly day, int days) =>
        DateOnly.FromDayNumber(Math.Min(day.DayNumber + days, DateOnly.MaxValue.DayNumber));

    private static DateOnly PlusMonths(DateOnly day, int months) =>
        ((day.Year * 12) + day.Month - 1 + months) / 12 > 9999 ? DateOnly.MaxValue : day.AddMonths(months);

    private static DateOnly NextQuarter(DateOnly day) =>
        PlusMonths(new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1), 3);

    private static DateOnly EndOfNextFebruary(DateOnly day) =>
        day.Year == 9999 ? DateOnly.MaxValue : new DateOnly(day.Year + 1, 3, 1).AddDays(-1);

    private sealed class Entry(DeadlineRule rule)
    {
        // Twice the due day's number plus one if provisional; 0 while unknown. Two threads may reckon the same day, with the same result.
        private int[]? memory;

        public DeadlineRule Rule => rule;

        public Deadline Due(WorkingCalendar calendar, DateOnly happened)
        {
            int[] known = memory ??= new int[KeptDays];
            uint i = unchecked((uint)(happened.DayNumber - FirstKept));
            if (i >= (uint)known.Length)
            {
                return Reckon(rule, calendar, happened);
            }

            int kept = known[i];
            if (kept == 0)
            {
                Deadline due = Reckon(rule, calendar, happened);
                known[i] = kept = (due.Due.DayNumber * 2) + (due.Provisional ? 1 : 0);
            }

            return new Deadline(DateOnly.FromDayNumber(kept >> 1), (kept & 1) != 0);
        }
    }
}
