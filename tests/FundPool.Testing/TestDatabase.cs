using System.Reflection;
using System.Security.Cryptography;
using FundPool.Application.Demonstration;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FundPool.Testing;

/// <summary>
/// A PostgreSQL database of one's own, copied from a template that is made once for each state of the schema.
/// <c>FUNDPOOL_TEST_PG</c> names the cluster (a superuser's connection string; ./fundpool test starts one and sets it).
/// Holds the pool <c>shenzhen</c> with the organisations below, the calendar and the prime rates that the portal ships with, and no people.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    public const string Setting = "FUNDPOOL_TEST_PG";
    private const string AppPassword = "fundpool-test";

    // Raised when what this file puts into the template changes.
    private const string Edition = "2";

    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly string server;
    private readonly string name;

    private TestDatabase(string server, string name)
    {
        this.server = server;
        this.name = name;
        OwnerConnectionString = Named(server, name).ConnectionString;
        AppConnectionString = new NpgsqlConnectionStringBuilder(OwnerConnectionString) { Username = "fundpool_app", Password = AppPassword }.ConnectionString;
        Owner = NpgsqlDataSource.Create(OwnerConnectionString);
        App = NpgsqlDataSource.Create(AppConnectionString);
    }

    /// <summary>As the superuser that migrates.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>As the role that the portal runs under.</summary>
    public string AppConnectionString { get; }

    public NpgsqlDataSource Owner { get; }

    public NpgsqlDataSource App { get; }

    public int Pool { get; private set; }

    /// <summary>The ids by code: B001 甲银行, B002 乙银行, GXT reviewer, JRZX treasurer, GXJ authority, CZJ finance, SJJ auditor, PLATFORM.</summary>
    public IReadOnlyDictionary<string, int> Organisations { get; private set; } = new Dictionary<string, int>();

    public static async Task<TestDatabase> CreateAsync()
    {
        string server = Server(), template = await Template.Value, name = $"fp_t_{Guid.NewGuid():N}";
        await using (NpgsqlConnection connection = await OpenAsync(server))
        {
            await ExecuteAsync(connection, $"create database {name} template {template}");
        }

        return await new TestDatabase(server, name).KnownAsync();
    }

    /// <summary>The same on a cluster of one's own (a superuser's connection string), for tests that kill it.</summary>
    public static async Task<TestDatabase> CreateOnAsync(string server)
    {
        string name = $"fp_t_{Guid.NewGuid():N}";
        await using NpgsqlConnection connection = await OpenAsync(server);
        await MakeAsync(connection, server, name);
        return await new TestDatabase(server, name).KnownAsync();
    }

    /// <summary>Lets go of every kept connection, for after the cluster was killed.</summary>
    public void ForgetConnections()
    {
        App.Clear();
        Owner.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Owner.DisposeAsync();
        await using NpgsqlConnection connection = await OpenAsync(server);
        await ExecuteAsync(connection, $"drop database {name} with (force)");
    }

    private static async Task<string> MakeTemplateAsync()
    {
        string server = Server(), template = $"fp_template_{SchemaHash()}";
        await using NpgsqlConnection connection = await OpenAsync(server);
        // Test projects run side by side; the first one makes the template, the others wait for it.
        await ExecuteAsync(connection, "select pg_advisory_lock(20240401)");
        try
        {
            await using NpgsqlCommand has = new("select exists (select from pg_database where datname = $1)", connection);
            has.Parameters.Add(new NpgsqlParameter<string> { TypedValue = template });
            if (await has.ExecuteScalarAsync() is true)
            {
                return template;
            }

            string draft = $"{template}_draft";
            await ExecuteAsync(connection, $"drop database if exists {draft} with (force)");
            await MakeAsync(connection, server, draft);
            await ExecuteAsync(connection, $"alter database {draft} rename to {template}");
            return template;
        }
        finally
        {
            await ExecuteAsync(connection, "select pg_advisory_unlock(20240401)");
        }
    }

    private static async Task MakeAsync(NpgsqlConnection connection, string server, string name)
    {
        await ExecuteAsync(connection, $"create database {name} encoding 'UTF8' template template0");
        await using (NpgsqlDataSource owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Named(server, name).ConnectionString) { Pooling = false }.ConnectionString))
        {
            await using FundPoolDb db = new(FundPoolDb.Options(owner));
            await db.Database.MigrateAsync();
            await FillAsync(db);
            await SeedReference.RunAsync(owner, CancellationToken.None);
        }

        await ExecuteAsync(connection, $"alter role fundpool_app password '{AppPassword}'");
    }

    private async Task<TestDatabase> KnownAsync()
    {
        await using FundPoolDb db = new(FundPoolDb.Options(Owner));
        Pool = await db.Pools.Where(pool => pool.Code == "shenzhen").Select(pool => pool.Id).SingleAsync();
        Organisations = await db.Organisations.ToDictionaryAsync(organisation => organisation.Code, organisation => organisation.Id);
        return this;
    }

    private static async Task FillAsync(FundPoolDb db)
    {
        Pool? pool = await db.Pools.SingleOrDefaultAsync(p => p.Code == "shenzhen");
        if (pool is null)
        {
            pool = new Pool { Code = "shenzhen", Name = "深圳市小微企业贷款风险补偿资金池", NameEn = "Shenzhen risk compensation pool" };
            db.Pools.Add(pool);
            await db.SaveChangesAsync();
        }

        foreach ((OrganisationKind kind, string code, string text) in ((OrganisationKind, string, string)[])
                 [(OrganisationKind.Bank, "B001", "甲银行深圳分行"), (OrganisationKind.Bank, "B002", "乙银行深圳分行"),
                  (OrganisationKind.Reviewer, "GXT", "高新投集团"), (OrganisationKind.Treasurer, "JRZX", "金融中心"),
                  (OrganisationKind.Authority, "GXJ", "中小企业服务局"), (OrganisationKind.Finance, "CZJ", "财政局"),
                  (OrganisationKind.Auditor, "SJJ", "审计机构"), (OrganisationKind.Platform, "PLATFORM", "平台运营")])
        {
            db.Organisations.Add(new Organisation
            {
                PoolId = kind == OrganisationKind.Platform ? 0 : pool.Id, Code = code, Kind = Membership.CodeOf(kind), Name = text, CreatedAt = DateTime.UnixEpoch,
            });
        }

        await db.SaveChangesAsync();
    }

    private static string SchemaHash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Assembly data = typeof(FundPoolDb).Assembly;
        foreach (string file in data.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using Stream stream = data.GetManifestResourceStream(file)!;
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(file));
            hash.AppendData(SHA256.HashData(stream));
        }

        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(Edition));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static string Server() => Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } given
        ? given
        : throw new InvalidOperationException($"{Setting} is not set. Run ./fundpool test, or set it to a superuser's connection string of a PostgreSQL 15 or later.");

    private static NpgsqlConnectionStringBuilder Named(string server, string database) =>
        new(server) { IncludeErrorDetail = true, MaxPoolSize = 20, Database = database };

    private static async Task<NpgsqlConnection> OpenAsync(string server)
    {
        NpgsqlConnectionStringBuilder builder = Named(server, "postgres");
        builder.Pooling = false;
        NpgsqlConnection connection = new(builder.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    // CA2100: the names are made here, of hexadecimal digits.
#pragma warning disable CA2100
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
#pragma warning restore CA2100
}
