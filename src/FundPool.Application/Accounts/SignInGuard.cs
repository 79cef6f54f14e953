using FundPool.Domain.Kernel;
using Npgsql;

namespace FundPool.Application.Accounts;

/// <summary>What the guard says before any hash is computed.</summary>
/// <param name="Id">The attempt, to be struck out when it succeeds; null when it may not be made.</param>
/// <param name="Until">When one may try again, for a refused attempt.</param>
public sealed record Admission(long? Id, DateTimeOffset? Until)
{
    public bool MayTry => Id is not null;
}

/// <summary>
/// Counts failed attempts by account and address together: five stop that pair for a quarter of an hour, and nobody else.
/// Attempts from addresses where the account never signed in are limited by themselves, so that a stranger who knows a
/// user name keeps only strangers out. Writes on a connection of its own: a refused sign-in must leave its trace.
/// </summary>
public sealed class SignInGuard(NpgsqlDataSource source, TimeProvider clock, AccountOptions options)
{
    private static readonly TimeSpan Familiar = TimeSpan.FromDays(90);

    /// <summary>Takes note of an attempt before it is judged, as failed until <see cref="StrikeOutAsync"/> says otherwise.</summary>
    public async Task<Admission> AdmitAsync(string userName, string address, CancellationToken ct)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        string account = AccountOf(userName);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using (NpgsqlBatch batch = new(connection, transaction))
        {
            batch.BatchCommands.Add(new("set local role fundpool_identity"));
            // In this order everywhere: parallel guesses wait for each other instead of all passing the count together.
            batch.BatchCommands.Add(Command("select pg_advisory_xact_lock(hashtextextended('address ' || $1, 0))", address));
            batch.BatchCommands.Add(Command("select pg_advisory_xact_lock(hashtextextended('account ' || $1, 0))", account));
            await batch.ExecuteNonQueryAsync(ct);
        }

        Counts counts = await CountAsync(connection, transaction, account, address, now, ct);
        if (Refusal(counts, now) is { } until)
        {
            await transaction.CommitAsync(ct);
            return new Admission(null, until);
        }

        await using NpgsqlCommand note = new(
            "insert into tenancy.sign_in_attempt (at, user_name, address, succeeded) values ($3, $1, $2, false) returning id", connection, transaction);
        Fill(note.Parameters, account, address, now);
        long id = (long)(await note.ExecuteScalarAsync(ct))!;
        await transaction.CommitAsync(ct);
        return new Admission(id, null);
    }

    /// <summary>The attempt was good so far: it does not count. Earlier failures still do.</summary>
    public Task StrikeOutAsync(Admission admission, CancellationToken ct) =>
        RunAsync("delete from tenancy.sign_in_attempt where id = $1", ct, admission.Id!.Value);

    /// <summary>Both factors were right: the pair starts from nothing, and the address is a familiar one from now on.</summary>
    public Task RememberAsync(string userName, string address, CancellationToken ct) => RunAsync("""
        with gone as (
          delete from tenancy.sign_in_attempt where id in (select id from tenancy.sign_in_attempt where at < $3 - interval '90 days' order by id limit 100))
        insert into tenancy.sign_in_attempt (at, user_name, address, succeeded) values ($3, $1, $2, true)
        """, ct, AccountOf(userName), address, clock.GetUtcNow().UtcDateTime);

    /// <summary>Which of these accounts are stopped for some address just now, for their administrator.</summary>
    public async Task<IReadOnlySet<string>> PausedAsync(IReadOnlyCollection<string> userNames, CancellationToken ct)
    {
        Dictionary<string, string> byAccount = userNames.ToDictionary(AccountOf, name => name, StringComparer.Ordinal);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using (NpgsqlCommand scope = new("set local role fundpool_identity", connection, transaction))
        {
            await scope.ExecuteNonQueryAsync(ct);
        }

        await using NpgsqlCommand select = new("""
            select distinct a.user_name from tenancy.sign_in_attempt a
            where a.user_name = any ($1) and not a.succeeded and a.at > $2 - $3
              and a.at > coalesce((select max(s.at) from tenancy.sign_in_attempt s where s.user_name = a.user_name and s.address = a.address and s.succeeded), '-infinity')
            group by a.user_name, a.address having count(*) >= $4
            """, connection, transaction);
        Fill(select.Parameters, byAccount.Keys.ToArray(), clock.GetUtcNow().UtcDateTime, options.PairPause, options.PairFailures);
        await using NpgsqlDataReader reader = await select.ExecuteReaderAsync(ct);
        HashSet<string> paused = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            paused.Add(byAccount[reader.GetString(0)]);
        }

        return paused;
    }

    private sealed record Counts(int Pair, DateTime? PairLast, int AddressMinute, int AddressHour, int StrangeMinute, int StrangeHour, bool IsFamiliar);

    private DateTimeOffset? Refusal(Counts counts, DateTime now) => counts switch
    {
        { Pair: int pair, PairLast: { } last } when pair >= options.PairFailures && last + options.PairPause > now => last + options.PairPause,
        { AddressMinute: int minute } when minute >= options.AddressFailuresAMinute => now.AddMinutes(1),
        { AddressHour: int hour } when hour >= options.AddressFailuresAnHour => now.AddHours(1),
        { IsFamiliar: false, StrangeMinute: int minute } when minute >= options.StrangeFailuresAMinute => now.AddMinutes(1),
        { IsFamiliar: false, StrangeHour: int hour } when hour >= options.StrangeFailuresAnHour => now.AddHours(1),
        _ => null,
    };

    private async Task<Counts> CountAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string account, string address, DateTime now, CancellationToken ct)
    {
        await using NpgsqlCommand count = new("""
            with familiar as (
              select distinct address from tenancy.sign_in_attempt where user_name = $1 and succeeded and at > $3 - $5),
            failed as (
              select at from tenancy.sign_in_attempt
              where user_name = $1 and address = $2 and not succeeded
                and at > greatest($3 - 2 * $4, (select max(at) from tenancy.sign_in_attempt where user_name = $1 and address = $2 and succeeded))),
            last as (select max(at) as at from failed)
            select (select count(*) from failed, last where failed.at > last.at - $4)::int, (select at from last),
              (select count(*) from tenancy.sign_in_attempt where address = $2 and not succeeded and at > $3 - interval '1 minute')::int,
              (select count(*) from tenancy.sign_in_attempt where address = $2 and not succeeded and at > $3 - interval '1 hour')::int,
              (select count(*) from tenancy.sign_in_attempt where user_name = $1 and not succeeded and at > $3 - interval '1 minute'
                 and address not in (select address from familiar))::int,
              (select count(*) from tenancy.sign_in_attempt where user_name = $1 and not succeeded and at > $3 - interval '1 hour'
                 and address not in (select address from familiar))::int,
              exists (select from familiar where address = $2)
            """, connection, transaction);
        Fill(count.Parameters, account, address, now, options.PairPause, Familiar);
        await using NpgsqlDataReader reader = await count.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new Counts(reader.GetInt32(0), await reader.IsDBNullAsync(1, ct) ? null : reader.GetDateTime(1), reader.GetInt32(2),
            reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5), reader.GetBoolean(6));
    }

    private async Task RunAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using NpgsqlBatch batch = new(connection, transaction);
        batch.BatchCommands.Add(new("set local role fundpool_identity"));
        batch.BatchCommands.Add(Command(sql, values));
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        NpgsqlBatchCommand command = new(sql);
        Fill(command.Parameters, values);
        return command;
    }

    private static void Fill(NpgsqlParameterCollection parameters, params object[] values)
    {
        foreach (object value in values)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
        }
    }

    private static string AccountOf(string userName)
    {
        string name = userName.Trim().ToUpperInvariant();
        return Beginning.Of(name, 100);
    }
}
