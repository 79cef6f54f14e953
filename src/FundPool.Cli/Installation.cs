using FundPool.Application;
using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FundPool.Cli;

/// <summary>The database that a verb works on: as the owner where the schema or everything is concerned, else as the portal's own login.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private Installation(string owner, string app)
    {
        Owner = NpgsqlDataSource.Create(owner);
        App = NpgsqlDataSource.Create(app);
    }

    public NpgsqlDataSource Owner { get; }

    public NpgsqlDataSource App { get; }

    /// <summary>In production the clock can't be set and no demonstration data is made. Where nothing is said it is production, as for the web.</summary>
    public static bool IsProduction => string.Equals(
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Production", "Production", StringComparison.OrdinalIgnoreCase);

    public static Installation Open()
    {
        string owner = Environment.GetEnvironmentVariable("FUNDPOOL_DB")
            ?? throw new UsageException("未设置 FUNDPOOL_DB（数据库连接串）/ FUNDPOOL_DB, the database's connection string, is not set");
        string? app = Environment.GetEnvironmentVariable("FUNDPOOL_APP_DB");
        if (app is null)
        {
            NpgsqlConnectionStringBuilder derived = new(owner) { Username = "fundpool_app", Password = Environment.GetEnvironmentVariable("FUNDPOOL_APP_PASSWORD") };
            app = derived.ConnectionString;
        }

        return new Installation(owner, app);
    }

    /// <summary>The clock of the call: today, or noon of --as-of in Shanghai.</summary>
    public static TimeProvider ClockOf(DateOnly? asOf)
    {
        if (asOf is not { } day)
        {
            return TimeProvider.System;
        }

        return IsProduction
            ? throw new UsageException("生产环境不能使用 --as-of / --as-of is refused in production")
            : new SetClock(new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.FromHours(8)));
    }

    /// <summary>The use cases with an actor, as the web registers them.</summary>
    public ServiceProvider Services(IActor actor, TimeProvider clock)
    {
        ServiceCollection services = new();
        services.AddSingleton(clock);
        services.AddSingleton<IPersonalNumbers>(_ => PersonalNumbers.FromEnvironment(IsProduction));
        services.AddScoped(_ => actor);
        services.AddFundPool(App);
        return services.BuildServiceProvider();
    }

    /// <summary>The pool and, where given, one of its organisations, by their codes.</summary>
    public async Task<(int Pool, Organisation? Organisation)> FindAsync(string poolCode, string? organisationCode)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(App));
        await using IDbContextTransaction transaction = await db.BeginAsync(new Acting(Scope.Platform, null, null, null, null, "命令行"), new Cause("Find"));
        Pool pool = await db.Pools.AsNoTracking().FirstOrDefaultAsync(p => p.Code == poolCode)
            ?? throw new UsageException($"没有代码为 {poolCode} 的资金池 / there is no pool {poolCode}");
        Organisation? organisation = null;
        if (organisationCode is not null)
        {
            organisation = await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.PoolId == pool.Id && o.Code == organisationCode)
                ?? throw new UsageException($"资金池 {poolCode} 中没有代码为 {organisationCode} 的机构，可用 org-add 新增 / pool {poolCode} has no organisation {organisationCode}; add it with org-add");
        }

        return (pool.Id, organisation);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Owner.DisposeAsync();
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
    }
}

/// <summary>Whoever may run the program on the server acts as the system: in a bank's fence, or as the platform.</summary>
internal sealed class CommandLineActor(Acting acting, OrganisationKind kind) : IActor
{
    public Acting Acting => acting;

    public OrganisationKind Kind => kind;

    public IReadOnlySet<Permission> Permissions { get; } = Enum.GetValues<Permission>().ToHashSet();

    public string? Trace => null;

    public static CommandLineActor Platform { get; } = new(new Acting(Scope.Platform, null, null, null, null, "命令行"), OrganisationKind.Platform);

    public static CommandLineActor Bank(int pool, int bank) => new(new Acting(Scope.Bank, pool, bank, bank, null, "命令行"), OrganisationKind.Bank);
}
