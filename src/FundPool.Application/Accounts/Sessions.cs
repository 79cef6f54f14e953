using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FundPool.Application.Accounts;

/// <summary>What a session is, or why it is none any more.</summary>
public enum SessionState
{
    Live,

    /// <summary>Nothing was done for too long.</summary>
    Idle,

    /// <summary>The working day is over.</summary>
    Ended,

    /// <summary>Somebody ended it: the person, another sign-in, an administrator.</summary>
    Revoked,

    /// <summary>The person or the organisation was disabled.</summary>
    Disabled,
}

/// <summary>A session with the person, the organisation and the roles as they are now, not as they were at sign-in.</summary>
public sealed record SeenSession
{
    public required SessionState State { get; init; }
    public required byte[] IdHash { get; init; }
    public required int PoolId { get; init; }
    public required string PoolCode { get; init; }
    public required string PoolName { get; init; }
    public required string PoolNameEn { get; init; }
    public required int OrganisationId { get; init; }
    public required OrganisationKind Kind { get; init; }
    public required string OrganisationCode { get; init; }
    public required string OrganisationName { get; init; }
    public required bool Demonstration { get; init; }
    public required int PersonId { get; init; }
    public required string UserName { get; init; }
    public required string FullName { get; init; }
    public required IReadOnlyList<Role> Roles { get; init; }
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When it ends if nothing more is done, or at the latest.</summary>
    public required DateTimeOffset Ends { get; init; }

    public required DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Who ended it: <see cref="Sessions.ByPerson"/> and so on.</summary>
    public required string? RevokedBy { get; init; }
}

/// <summary>Opening, looking at and ending sessions. The cookie holds a random id; the table holds its digest.</summary>
public sealed class Sessions(NpgsqlDataSource source, FundPoolDb db, TimeProvider clock, AccountOptions options)
{
    public const string ByPerson = "person";
    public const string ByOtherSignIn = "other_sign_in";
    public const string ByAdministrator = "administrator";
    public const string ByNewPassword = "new_password";

    /// <summary>One statement, one round trip, on every page view. <paramref name="touch"/>: a person did this, not a timer of the page.</summary>
    public async Task<SeenSession?> SeeAsync(string token, bool touch, CancellationToken ct)
    {
        byte[] hash = Secrets.Digest(token);
        await using NpgsqlCommand see = source.CreateCommand("select * from tenancy.see_session($1, $2, $3, $4)");
        see.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        see.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime });
        see.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.Idle });
        see.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = touch });
        await using NpgsqlDataReader row = await see.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Read(row, hash) : null;
    }

    /// <summary>A new session under a new id. Returns what the cookie holds; only its digest is kept.</summary>
    public string Open(Person person, string address, string agent)
    {
        string token = Secrets.SessionToken();
        DateTime now = clock.GetUtcNow().UtcDateTime;
        db.Sessions.Add(new Session
        {
            IdHash = Secrets.Digest(token),
            PoolId = person.PoolId,
            OrganisationId = person.OrganisationId,
            PersonId = person.Id,
            CreatedAt = now,
            LastSeenAt = now,
            EndsAt = now + options.Absolute,
            ConfirmedAt = now,
            Address = address,
            Agent = Beginning.Of(agent, 300),
        });
        return token;
    }

    /// <summary>The sessions of a person that still open something, the latest first.</summary>
    public IQueryable<Session> Live(int pool, int organisation, int person)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        DateTime idleSince = now - options.Idle;
        return db.Sessions
            .Where(s => s.PoolId == pool && s.OrganisationId == organisation && s.PersonId == person
                && s.RevokedAt == null && s.EndsAt > now && s.LastSeenAt > idleSince)
            .OrderByDescending(s => s.LastSeenAt);
    }

    /// <summary>Ends sessions of a person at once, all but <paramref name="keep"/>.</summary>
    public Task<int> EndAsync(int pool, int organisation, int person, string by, byte[]? keep, CancellationToken ct)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        byte[] kept = keep ?? [];
        return db.Sessions
            .Where(s => s.PoolId == pool && s.OrganisationId == organisation && s.PersonId == person && s.RevokedAt == null && s.IdHash != kept)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now).SetProperty(s => s.RevokedBy, by), ct);
    }

    private SeenSession Read(NpgsqlDataReader row, byte[] hash)
    {
        OrganisationKind kind = Membership.KindOf(row.GetString(6)) ?? throw new InvalidOperationException($"Unknown kind {row.GetString(6)}.");
        DateTime seen = row.GetDateTime(15);
        DateTime ends = row.GetDateTime(16);
        DateTime idleEnd = seen + options.Idle;
        return new SeenSession
        {
            State = Enum.Parse<SessionState>(row.GetString(0), ignoreCase: true),
            IdHash = hash,
            PoolId = row.GetInt32(1),
            PoolCode = row.GetString(2),
            PoolName = row.GetString(3),
            PoolNameEn = row.GetString(4),
            OrganisationId = row.GetInt32(5),
            Kind = kind,
            OrganisationCode = row.GetString(7),
            OrganisationName = row.GetString(8),
            Demonstration = row.GetBoolean(9),
            PersonId = row.GetInt32(10),
            UserName = row.GetString(11),
            FullName = row.GetString(12),
            Roles = [.. row.GetFieldValue<string[]>(13).Select(Membership.RoleOf).OfType<Role>()],
            SeenAt = seen,
            Ends = idleEnd < ends ? idleEnd : ends,
            ConfirmedAt = row.IsDBNull(17) ? null : row.GetDateTime(17),
            RevokedBy = row.IsDBNull(18) ? null : row.GetString(18),
        };
    }
}
