using FundPool.Data;
using FundPool.Data.Tenancy;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Testing;

/// <summary>Plain SQL for tests: as the superuser, who sees past every fence, or inside an actor's fence.</summary>
// CA2100: the statements are the tests' own.
#pragma warning disable CA2100
public static class Sql
{
    public static async Task<int> ExecuteAsync(this TestDatabase database, string sql, params object[] values)
    {
        await using NpgsqlCommand command = Command(database.Owner.CreateCommand(sql), values);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ScalarAsync<T>(this TestDatabase database, string sql, params object[] values)
    {
        await using NpgsqlCommand command = Command(database.Owner.CreateCommand(sql), values);
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("No row."));
    }

    /// <summary>The first column of every row, as text; null where it is null.</summary>
    public static async Task<List<string?>> ColumnAsync(this TestDatabase database, string sql, params object[] values)
    {
        await using NpgsqlCommand command = Command(database.Owner.CreateCommand(sql), values);
        return await ReadAsync(command);
    }

    /// <summary>Runs statements in one transaction of the portal's login, in the actor's scope.</summary>
    public static async Task<T> WithinAsync<T>(this TestDatabase database, Acting acting, Func<FundPoolDb, Task<T>> work)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(database.App));
        await using IDbContextTransaction transaction = await db.BeginAsync(acting, new Cause("Test"));
        T answer = await work(db);
        await transaction.CommitAsync();
        return answer;
    }

    public static Task<List<string?>> ColumnAsync(this TestDatabase database, Acting acting, string sql, params object[] values) =>
        database.WithinAsync(acting, db => db.ColumnAsync(sql, values));

    public static Task<int> ExecuteAsync(this TestDatabase database, Acting acting, string sql, params object[] values) =>
        database.WithinAsync(acting, async db =>
        {
            await using NpgsqlCommand command = Command(new NpgsqlCommand(sql, db.Connection), values);
            return await command.ExecuteNonQueryAsync();
        });

    public static async Task<List<string?>> ColumnAsync(this FundPoolDb db, string sql, params object[] values)
    {
        await using NpgsqlCommand command = Command(new NpgsqlCommand(sql, db.Connection), values);
        return await ReadAsync(command);
    }

    private static async Task<List<string?>> ReadAsync(NpgsqlCommand command)
    {
        List<string?> column = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            column.Add(await reader.IsDBNullAsync(0) ? null : Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture));
        }

        return column;
    }

    private static NpgsqlCommand Command(NpgsqlCommand command, object[] values)
    {
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
#pragma warning restore CA2100
