namespace FundPool.Web.Design;

/// <summary>The day and hour that a clerk in China sees on the wall; below the Web all moments are UTC.</summary>
public static class Clock
{
    public static readonly TimeZoneInfo China = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(Local(clock.GetUtcNow()).DateTime);

    public static DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, China);
}
