using System.Globalization;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FundPool.Application.Messages;

/// <summary>
/// Something to tell an organisation. What a claim's moves tell is written by the database itself; this is for the rest.
/// </summary>
/// <param name="Kind">A short code of what it is about, for example <c>deadline.missed</c>.</param>
/// <param name="Href">The page that it leads to, inside the portal.</param>
/// <param name="Key">The same key is told to an organisation once.</param>
public sealed record Tidings(string Kind, Words Title, string Href, string Key)
{
    /// <summary>Who there: the holders of a permission; null for everybody.</summary>
    public Permission? For { get; init; }

    /// <summary>One person alone.</summary>
    public int? Person { get; init; }

    public Words? Note { get; init; }

    /// <summary>Somebody has to act; it stays open until <see cref="MessageDesk.CloseAsync"/>.</summary>
    public bool Todo { get; init; }

    public int Count { get; init; } = 1;

    public string? Number { get; init; }

    public DateOnly? Due { get; init; }

    public bool Provisional { get; init; }
}

/// <summary>Tells, and finds what a person may read. A mail is made from each message later, for whoever asked for mail.</summary>
public static class MessageDesk
{
    /// <summary>Tells an organisation of the transaction's pool. False when it was told before. A bank reaches itself and the institutions only.</summary>
    public static async Task<bool> TellAsync(this FundPoolDb db, int receiver, Tidings tidings, CancellationToken ct)
    {
        await using NpgsqlCommand tell = new("select tenancy.tell($1, $2, $3, $4, $5, '{}', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)", db.Connection)
        {
            Transaction = db.Database.CurrentTransaction is { } current ? (NpgsqlTransaction)Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(current) : null,
        };
        foreach (NpgsqlParameter parameter in (NpgsqlParameter[])
                 [
                     Of(receiver, NpgsqlTypes.NpgsqlDbType.Integer), Of(tidings.Person, NpgsqlTypes.NpgsqlDbType.Integer), Of(tidings.For?.ToString(), NpgsqlTypes.NpgsqlDbType.Text),
                     Of(tidings.Kind, NpgsqlTypes.NpgsqlDbType.Text), Of(tidings.Todo, NpgsqlTypes.NpgsqlDbType.Boolean), Of(tidings.Count, NpgsqlTypes.NpgsqlDbType.Integer),
                     Of(tidings.Number, NpgsqlTypes.NpgsqlDbType.Text), Of(tidings.Title.Zh, NpgsqlTypes.NpgsqlDbType.Text), Of(tidings.Title.En, NpgsqlTypes.NpgsqlDbType.Text),
                     Of(tidings.Note?.Zh, NpgsqlTypes.NpgsqlDbType.Text), Of(tidings.Note?.En, NpgsqlTypes.NpgsqlDbType.Text), Of(tidings.Href, NpgsqlTypes.NpgsqlDbType.Text),
                     Of(tidings.Due, NpgsqlTypes.NpgsqlDbType.Date), Of(tidings.Provisional, NpgsqlTypes.NpgsqlDbType.Boolean), Of(tidings.Key, NpgsqlTypes.NpgsqlDbType.Text),
                 ])
        {
            tell.Parameters.Add(parameter);
        }

        return await tell.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Tells every organisation of a kind in the pool: there is one reviewer, one treasurer and one authority in most.</summary>
    public static async Task TellEachAsync(this FundPoolDb db, int pool, OrganisationKind kind, Tidings tidings, CancellationToken ct)
    {
        string code = Membership.CodeOf(kind);
        foreach (int receiver in await db.Organisations.Where(o => o.PoolId == pool && o.Kind == code && o.DisabledAt == null).OrderBy(o => o.Id).Select(o => o.Id).ToListAsync(ct))
        {
            await db.TellAsync(receiver, tidings, ct);
        }
    }

    /// <summary>What was told to do is done.</summary>
    public static Task CloseAsync(this FundPoolDb db, int receiver, string key, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select tenancy.close_message({receiver}, {key})", ct);

    /// <summary>What this person may read: the organisation's messages to the person, to the permissions held, and to everybody.</summary>
    internal static IQueryable<Message> To(this IQueryable<Message> messages, IActor actor)
    {
        int pool = actor.Pool(), person = actor.Person();
        int? organisation = actor.Acting.Organisation;
        string[] permissions = [.. actor.Permissions.Select(permission => permission.ToString()).Order(StringComparer.Ordinal)];
        return messages.Where(m => m.PoolId == pool && m.OrganisationId == organisation
            && (m.PersonId == person || (m.PersonId == null && (m.Permission == null || permissions.Contains(m.Permission)))));
    }

    /// <summary>The key of a message that is told once a day.</summary>
    internal static string KeyOf(DateOnly day, params string[] parts) => string.Create(CultureInfo.InvariantCulture, $"{string.Join('/', parts)}/{day:yyyy-MM-dd}");

    private static NpgsqlParameter Of(object? value, NpgsqlTypes.NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
