using FundPool.Application;
using FundPool.Application.Accounts;
using FundPool.Application.Demonstration;
using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace FundPool.Cli.Verbs;

/// <summary>
/// <c>seed</c>: pools, calendars and rates; then the demonstration, or with <c>--empty</c> one platform administrator whose first
/// sign-in is printed once. Safe to run again.
/// </summary>
internal static class Seed
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        bool empty = arguments.Has("--empty");
        arguments.End();
        if (!empty && Installation.IsProduction)
        {
            throw new UsageException("生产环境不装演示数据，请用 seed --empty / production takes no demonstration data: seed --empty");
        }

        await using Installation installation = Installation.Open();
        await SeedReference.RunAsync(installation.App, CancellationToken.None);
        ServiceCollection services = new();
        services.AddSingleton<IPersonalNumbers>(_ => PersonalNumbers.FromEnvironment(Installation.IsProduction));
        services.AddSingleton<TimeProvider, DemonstrationClock>();
        services.AddScoped<DemonstrationActor>();
        services.AddScoped<IActor>(provider => provider.GetRequiredService<DemonstrationActor>());
        services.AddLogging();
        services.AddFundPool(installation.App);
        await using ServiceProvider provider = services.BuildServiceProvider();
        if (empty)
        {
            await FirstAdministratorAsync(provider);
        }
        else
        {
            await SeedDemonstration.RunAsync(provider, installation.App, Path.Combine(AppContext.BaseDirectory, "sba"), line => Console.Error.WriteLine(line), CancellationToken.None);
        }

        Console.Error.WriteLine("数据已就绪 / the data is in");
        return 0;
    }

    private static async Task FirstAdministratorAsync(ServiceProvider provider)
    {
        await using AsyncServiceScope scope = provider.CreateAsyncScope();
        FundPoolDb db = scope.ServiceProvider.GetRequiredService<FundPoolDb>();
        await using IDbContextTransaction transaction = await db.BeginAsync(new Acting(Scope.Platform, null, null, null, null, "系统"), new Cause("SeedAdministrator"));
        if (await db.People.AnyAsync(p => p.PoolId == 0))
        {
            return;
        }

        Organisation platform = await db.Organisations.FirstOrDefaultAsync(o => o.PoolId == 0) ?? new Organisation { PoolId = 0, Code = "PLATFORM", Kind = "platform", Name = "平台运营" };
        if (platform.Id == 0)
        {
            db.Organisations.Add(platform);
            await db.SaveChangesAsync();
        }

        (Person Person, string Secret)? added = await scope.ServiceProvider.GetRequiredService<PeopleBook>()
            .TryAddAsync(platform, new NewPerson("admin", "平台管理员", null, null, [Role.PlatformAdministrator]), CancellationToken.None);
        await transaction.CommitAsync();
        Console.Out.WriteLine($"平台管理员 / platform administrator: {added!.Value.Person.UserName}");
        Console.Out.WriteLine($"一次性初始口令，首次登录后失效 / first sign-in secret, shown this once: {added.Value.Secret}");
    }
}
