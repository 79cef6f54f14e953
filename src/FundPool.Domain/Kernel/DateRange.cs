namespace FundPool.Domain.Kernel;

/// <summary>Days from one to another, both included.</summary>
public readonly record struct DateRange
{
    /// <summary>From <paramref name="from"/> to <paramref name="to"/>, which may be the same day but not an earlier one.</summary>
    public DateRange(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            throw new ArgumentOutOfRangeException(nameof(to), to, "A range can't end before it begins.");
        }

        From = from;
        To = to;
    }

    /// <summary>The first day.</summary>
    public DateOnly From { get; }

    /// <summary>The last day.</summary>
    public DateOnly To { get; }

    /// <summary>How many days it has.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>Whether <paramref name="day"/> lies in it.</summary>
    public bool Contains(DateOnly day) => day >= From && day <= To;
}
