using System.Text;
using FundPool.Application;
using FundPool.Application.Files;
using FundPool.Application.Imports;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Application.Verification;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace FundPool.Testing;

/// <summary>
/// The use cases as the web has them, over a database of one's own, with a clock that stands on Wednesday 2026-03-18 in Shenzhen:
/// the first quarter of 2026 is open, the last of 2025 closed on 2026-01-22.
/// </summary>
public sealed class TestPortal : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly bool ownsDatabase;
    private static int people;

    private TestPortal(TestDatabase database, TestClock clock, bool ownsDatabase)
    {
        Database = database;
        Clock = clock;
        this.ownsDatabase = ownsDatabase;
        ServiceCollection collection = new();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSingleton<IPersonalNumbers>(_ => PersonalNumbers.FromEnvironment(production: false));
        collection.AddScoped<TestSeat>();
        collection.AddScoped<IActor>(provider => provider.GetRequiredService<TestSeat>().Actor);
        collection.AddFundPool(database.App);
        services = collection.BuildServiceProvider();
    }

    public TestDatabase Database { get; }

    public TestClock Clock { get; }

    public ImportRun Imports => services.GetRequiredService<ImportRun>();

    public ImportJob Jobs => services.GetRequiredService<ImportJob>();

    public RuleSource Rules => services.GetRequiredService<RuleSource>();

    public static async Task<TestPortal> OpenAsync() => new(await TestDatabase.CreateAsync(), new TestClock(), ownsDatabase: true);

    /// <summary>The use cases over a database and a clock that another fixture has, for example the web's.</summary>
    public static TestPortal Over(TestDatabase database, TestClock clock) => new(database, clock, ownsDatabase: false);

    /// <summary>One check of <c>verify</c> finds nothing.</summary>
    public async Task HoldsTogetherAsync(string check)
    {
        IReadOnlyList<Violation> violations = await VerifyDatabase.RunAsync(Database.Owner, _ => { }, 10, CancellationToken.None);
        if (violations.FirstOrDefault(v => v.Check == check) is { } found)
        {
            throw new InvalidOperationException($"{found.Check}: {found.Where} {found.Problem}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (ownsDatabase)
        {
            await Database.DisposeAsync();
        }
    }

    public int Bank(string code) => Database.Organisations[code];

    public Task<TestActor> MakerAsync(string bank = "B001") => PersonAsync(bank, OrganisationKind.Bank, Role.Maker);

    public Task<TestActor> ReviewerAsync() => PersonAsync("GXT", OrganisationKind.Reviewer, Role.Chief);

    public Task<TestActor> AuditorAsync() => PersonAsync("SJJ", OrganisationKind.Auditor, Role.Auditor);

    /// <summary>A new person of an organisation, with a row of the table of people.</summary>
    public async Task<TestActor> PersonAsync(string organisation, OrganisationKind kind, Role role)
    {
        int pool = kind == OrganisationKind.Platform ? 0 : Database.Pool, owner = Database.Organisations[organisation];
        string login = FormattableString.Invariant($"p{Interlocked.Increment(ref people)}@{organisation.ToLowerInvariant()}");
        string name = $"{organisation}{role}{people}";
        int id = await Database.ScalarAsync<int>("""
            insert into tenancy.person (pool_id, organisation_id, user_name, normalized_user_name, full_name, security_stamp, concurrency_stamp)
            values ($1, $2, $3, upper($3), $4, 's', 'c') returning id
            """, pool, owner, login, name);
        Scope scope = kind switch
        {
            OrganisationKind.Bank => Scope.Bank,
            OrganisationKind.Auditor => Scope.Auditor,
            OrganisationKind.Platform => Scope.Platform,
            _ => Scope.Pool,
        };
        return new TestActor(new Acting(scope, pool, kind == OrganisationKind.Bank ? owner : null, owner, id, name), kind, Membership.PermissionsOf(kind, [role]));
    }

    /// <summary>Sends a request through the whole pipeline, each in a scope of its own as a web request is.</summary>
    public async Task<TAnswer> SendAsync<TAnswer>(IActor actor, IRequest<TAnswer> request, CancellationToken ct = default)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TestSeat>().Actor = actor;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }

    /// <summary>A loan registered by form.</summary>
    public async Task<long> RegisterAsync(IActor maker, string noteNo, params (string Field, string? Value)[] changes) =>
        (await SendAsync(maker, new Application.Loans.RegisterLoan.Command(LoanRows.Sound(noteNo, changes)))).Value;

    /// <summary>Imports a file as the command line does, from the first byte to the last row.</summary>
    public Task<ImportRun.Answer> ImportAsync(TestActor maker, ImportKind kind, string csv, string asOf = "2026-03-18", string? legacy = null, bool allOrNothing = false) =>
        ImportAsync(maker, kind, "贷款.csv", Encoding.UTF8.GetBytes(csv), asOf, legacy, allOrNothing);

    public async Task<ImportRun.Answer> ImportAsync(TestActor maker, ImportKind kind, string name, byte[] content, string asOf = "2026-03-18", string? legacy = null, bool allOrNothing = false)
    {
        string folder = Directory.CreateTempSubdirectory("fundpool-test-").FullName;
        try
        {
            string path = Path.Combine(folder, name);
            await File.WriteAllBytesAsync(path, content);
            return await ImportNow.RunAsync(Database.App, Imports, maker.Acting, kind, path, DateOnly.ParseExact(asOf, "yyyy-MM-dd"), legacy, allOrNothing, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
