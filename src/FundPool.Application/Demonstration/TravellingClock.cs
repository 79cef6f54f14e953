using FundPool.Data;
using FundPool.Data.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Demonstration;

/// <summary>
/// The clock of a demonstration: the real one, or so many days before or behind it. It begins on a day on which the records hold enough for
/// every state (<see cref="DemonstrationDays"/>) and runs on from there. A notice runs for seven working days and a review for thirty;
/// whoever tries the portal out goes forward instead of waiting. It never goes back, so that no history ends before it begins; the audit
/// record keeps the real time. Production has the system's clock and no way to this one.
/// </summary>
public sealed class TravellingClock(NpgsqlDataSource source) : TimeProvider
{
    /// <summary>The furthest that one step goes.</summary>
    public const int MostDays = 92;

    private long ahead;

    /// <summary>How far it stands before the real time; behind it where that is negative.</summary>
    public TimeSpan Ahead => new(Volatile.Read(ref ahead));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    /// <summary>Reads how far the demonstration has gone.</summary>
    public async Task LoadAsync(CancellationToken ct) => Volatile.Write(ref ahead, (await ReadAsync(source, ct) ?? TimeSpan.Zero).Ticks);

    /// <summary>Goes forward by whole days, for every node and every start from now on.</summary>
    public async Task GoAsync(int days, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays);
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Identity, new Cause("TravellingClock", $"+{days}"), ct);
        await db.Database.ExecuteSqlAsync($"""
            insert into reference.demonstration_clock as c (ahead) values (make_interval(days => {days}))
            on conflict (one) do update set ahead = c.ahead + excluded.ahead
            """, ct);
        TimeSpan? now = await AheadAsync(db, ct);
        await transaction.CommitAsync(ct);
        Volatile.Write(ref ahead, now!.Value.Ticks);
    }

    /// <summary>Where the demonstration stands; null where nobody has set its clock.</summary>
    internal static async Task<TimeSpan?> ReadAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Identity, new Cause("TravellingClock"), ct);
        return await AheadAsync(db, ct);
    }

    /// <summary>Puts the clock of a new demonstration where it begins. One that stands somewhere already stays there.</summary>
    internal static async Task<TimeSpan> BeginAsync(NpgsqlDataSource source, TimeSpan ahead, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Identity, new Cause("TravellingClock", $"{ahead.Days:+0;-0;0}"), ct);
        await db.Database.ExecuteSqlAsync($"insert into reference.demonstration_clock (ahead) values (make_interval(days => {ahead.Days})) on conflict (one) do nothing", ct);
        TimeSpan? stands = await AheadAsync(db, ct);
        await transaction.CommitAsync(ct);
        return stands!.Value;
    }

    private static async Task<TimeSpan?> AheadAsync(FundPoolDb db, CancellationToken ct) => await db.Database
        .SqlQuery<double?>($"select (select extract(epoch from ahead)::float8 from reference.demonstration_clock) as \"Value\"").SingleAsync(ct) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
