using System.Text.Json;
using FundPool.Application.Loans;
using FundPool.Data.Compensation;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Compensation;

/// <summary>Days on which the reviewer's clock stands (a.20(1)): the claim lies with the bank, or its bank is suspended and the claim is held. The last may be open.</summary>
internal sealed record ClockStop(DateOnly From, DateOnly? To);

/// <summary>The reviewer's clock of a claim.</summary>
internal static class ReviewClock
{
    public static IReadOnlyList<ClockStop> StopsOf(this Claim claim) => JsonSerializer.Deserialize<List<ClockStop>>(claim.Stops, CorrectionContent.Json) ?? [];

    /// <summary>Stops the clock: the day after is the first that doesn't count. It runs again when the claim comes back.</summary>
    public static void Stop(this Claim claim, DateOnly today) =>
        claim.Stops = JsonSerializer.Serialize(claim.StopsOf().Append(new ClockStop(today.AddDays(1), null)), CorrectionContent.Json);

    /// <summary>Enters that it stood after one day up to another, and reckons the due day anew.</summary>
    public static void Stood(this Claim claim, DateOnly after, DateOnly to, Deadlines deadlines)
    {
        if (to <= after)
        {
            return;
        }

        List<ClockStop> stops = [.. claim.StopsOf(), new ClockStop(after.AddDays(1), to)];
        claim.Stops = JsonSerializer.Serialize(stops, CorrectionContent.Json);
        if (claim.AppliedOn is { } applied)
        {
            Deadline due = deadlines.Due("review", applied, [.. stops.Where(stop => stop.To is not null).Select(stop => new DateRange(stop.From, stop.To!.Value))]);
            (claim.ReviewDue, claim.ReviewDueProvisional) = (due.Due, due.Provisional);
        }
    }
}
