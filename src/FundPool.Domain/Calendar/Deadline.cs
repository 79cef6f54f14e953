namespace FundPool.Domain.Calendar;

/// <summary>The last day on which something is in time, to the end of that day.</summary>
/// <param name="Due">The day.</param>
/// <param name="Provisional">True where a day had to be looked at whose year is not loaded; it is reckoned anew when the year arrives.</param>
public readonly record struct Deadline(DateOnly Due, bool Provisional)
{
    /// <summary>How long is left on <paramref name="today"/>.</summary>
    public Countdown On(DateOnly today) => new(Due.DayNumber - today.DayNumber);
}

/// <summary>How many calendar days are left; 0 on the last day, negative afterwards.</summary>
/// <param name="DaysLeft">Days from today to the due day.</param>
public readonly record struct Countdown(int DaysLeft)
{
    /// <summary>Which warning is due: 10, 5 and 1 days.</summary>
    public CountdownBand Band => DaysLeft switch
    {
        < 0 => CountdownBand.Missed,
        <= 1 => CountdownBand.OneDay,
        <= 5 => CountdownBand.FiveDays,
        <= 10 => CountdownBand.TenDays,
        _ => CountdownBand.Calm,
    };
}

/// <summary>The warnings before a deadline, the calmest first.</summary>
public enum CountdownBand
{
    /// <summary>More than ten days are left.</summary>
    Calm,

    /// <summary>Ten days or fewer.</summary>
    TenDays,

    /// <summary>Five days or fewer.</summary>
    FiveDays,

    /// <summary>Tomorrow or today.</summary>
    OneDay,

    /// <summary>The day is past.</summary>
    Missed,
}
