using FundPool.Domain.Kernel;

namespace FundPool.Domain.Calendar;

/// <summary>How a deadline's length is counted.</summary>
public enum Counting
{
    /// <summary>Working days after the event.</summary>
    WorkingDays,

    /// <summary>Calendar days after the event.</summary>
    CalendarDays,

    /// <summary>Months after the event, ending on the same day number, else on the month's last day.</summary>
    Months,

    /// <summary>The n-th working day of the quarter after the event's.</summary>
    WorkingDayOfNextQuarter,

    /// <summary>The last day of February of the year after the event's.</summary>
    EndOfNextFebruary,
}

/// <summary>One deadline of a rulebook. All of it is data of the rulebook.</summary>
public sealed record DeadlineRule
{
    /// <summary>The outward code, for example <c>register</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The article that sets it.</summary>
    public required Article Article { get; init; }

    /// <summary>Who has to act: an organisation kind's code, <c>managers</c> or <c>system</c>.</summary>
    public required string Who { get; init; }

    /// <summary>What it is called.</summary>
    public required Words Name { get; init; }

    /// <summary>The event that starts it.</summary>
    public required Words From { get; init; }

    /// <summary>What follows when it is missed.</summary>
    public required Words Missed { get; init; }

    /// <summary>Who else learns of it when it is missed: <c>authority</c>, or <c>head_office</c> for the administrator of the organisation that had to act.</summary>
    public IReadOnlyList<string> Tells { get; init; } = [];

    /// <summary>How the length is counted.</summary>
    public required Counting Counting { get; init; }

    /// <summary>How many of them.</summary>
    public required int Length { get; init; }

    /// <summary>Whether the day of the event counts where it is a working day (the notice's publication day does).</summary>
    public bool CountsEventDay { get; init; }

    /// <summary>Whether an end on a day that is not worked moves to the next working day.</summary>
    public bool Moves { get; init; } = true;

    /// <summary>Whether the length is this portal's setting and not the article's figure.</summary>
    public bool IsSetting { get; init; }
}
