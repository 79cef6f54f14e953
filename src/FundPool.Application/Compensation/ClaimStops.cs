using System.Text.Json;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Compensation;

/// <summary>The days on which a claim lay with the bank for supplement, or was held because its bank was suspended; the reviewer's clock stood on them. Kept as JSON with the claim, the last may be open.</summary>
public static class ClaimStops
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private sealed record Stop(DateOnly From, DateOnly? To);

    /// <summary>The stops as ranges; one that is still open runs to <paramref name="today"/>.</summary>
    public static IReadOnlyList<DateRange> Of(Claim claim, DateOnly today) =>
        [.. Read(claim).Where(stop => (stop.To ?? today) >= stop.From).Select(stop => new DateRange(stop.From, stop.To ?? today))];

    /// <summary>Whether the clock stands now.</summary>
    public static bool IsOpen(Claim claim) => Read(claim) is [.., { To: null }];

    /// <summary>Stops the clock: the day after the return is the first that doesn't count, as the day of an event never counts.</summary>
    public static void Open(Claim claim, DateOnly returnedOn)
    {
        if (!IsOpen(claim))
        {
            Write(claim, [.. Read(claim), new Stop(returnedOn.AddDays(1), null)]);
        }
    }

    /// <summary>Lets the clock run again after the day on which the claim came back. One that came back on the day it was returned never stood.</summary>
    public static void Close(Claim claim, DateOnly cameBackOn)
    {
        List<Stop> stops = Read(claim);
        if (stops is not [.., { To: null } open])
        {
            return;
        }

        stops.RemoveAt(stops.Count - 1);
        if (cameBackOn >= open.From)
        {
            stops.Add(open with { To = cameBackOn });
        }

        Write(claim, stops);
    }

    /// <summary>Enters afterwards that the clock stood after one day up to another: the bank was suspended and the claim was held.</summary>
    public static void Enter(Claim claim, DateOnly after, DateOnly to)
    {
        if (to > after)
        {
            Write(claim, [.. Read(claim), new Stop(after.AddDays(1), to)]);
        }
    }

    private static List<Stop> Read(Claim claim) => JsonSerializer.Deserialize<List<Stop>>(claim.Stops, Json) ?? [];

    private static void Write(Claim claim, List<Stop> stops) => claim.Stops = JsonSerializer.Serialize(stops, Json);
}
