using System.Diagnostics;
using System.Globalization;
using FundPool.Application;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FundPool.Bench;

/// <summary>Times the export of a bank's whole list through the use case that the page sends, transaction, fences and audit included.</summary>
internal static class Export
{
    public static async Task<int> RunAsync(string connection, int pool, int bank)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connection);
        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IPersonalNumbers>(_ => throw new InvalidOperationException("An export needs no personal number."));
        services.AddScoped<IActor>(_ => new Clerk(pool, bank));
        services.AddFundPool(source);
        await using ServiceProvider provider = services.BuildServiceProvider();
        await using AsyncServiceScope scope = provider.CreateAsyncScope();
        Stopwatch time = Stopwatch.StartNew();
        await using FileStream file = await scope.ServiceProvider.GetRequiredService<IMediator>()
            .Send(new ExportLoans.Command(new LoanFilter(), LoanOrder.Newest, English: false, "bench"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.Elapsed.TotalMilliseconds:0} ms, {file.Length} bytes, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024} MiB"));
        return 0;
    }

    private sealed class Clerk(int pool, int bank) : IActor
    {
        public Acting Acting { get; } = new(Scope.Bank, pool, bank, bank, null, "bench");

        public OrganisationKind Kind => OrganisationKind.Bank;

        public IReadOnlySet<Permission> Permissions { get; } = Enum.GetValues<Permission>().ToHashSet();

        public string? Trace => null;
    }
}
