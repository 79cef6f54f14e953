using FundPool.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FundPool.Cli.Verbs;

/// <summary><c>migrate</c>: brings the schema up to date and gives the portal's login its password. Safe to run again.</summary>
internal static class Migrate
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        arguments.End();
        await using Installation installation = Installation.Open();
        await RunAsync(installation.Owner);
        Console.Error.WriteLine("数据库结构已是最新 / the schema is up to date");
        return 0;
    }

    public static async Task RunAsync(NpgsqlDataSource owner)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(owner));
        await db.Database.MigrateAsync();
        if (Environment.GetEnvironmentVariable("FUNDPOOL_APP_PASSWORD") is { Length: > 0 } password)
        {
            // A utility statement takes no parameters; the server quotes the password itself.
            await using NpgsqlCommand quote = owner.CreateCommand("select format('alter role fundpool_app password %L', $1)");
            quote.Parameters.Add(new NpgsqlParameter<string> { TypedValue = password });
            string statement = (string)(await quote.ExecuteScalarAsync())!;
            await using NpgsqlCommand alter = owner.CreateCommand(statement);
            await alter.ExecuteNonQueryAsync();
        }
    }
}
