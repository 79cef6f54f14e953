using System.Net;
using FundPool.Application.Accounts;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace FundPool.Web.Tests;

/// <summary>A person of a test with all that opens the account.</summary>
public sealed record TestPerson(int Pool, int Organisation, int Id, string UserName, string Key);

/// <summary>The whole portal on a database of its own and a clock that stands. Cheap hashes; everything else as in earnest.</summary>
public sealed class Portal : WebApplicationFactory<Program>
{
    public const string Password = "Qing-shan-88-lv";

    private Portal(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public TestClock Clock { get; } = new();

    public static async Task<Portal> StartAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>Somebody who can sign in.</summary>
    public async Task<TestPerson> AddAsync(string organisationCode, string name, params Role[] roles)
    {
        string key = Secrets.AuthenticatorKey();
        Person person = await AsPlatformAsync(async (services, db) =>
        {
            Organisation organisation = await db.Organisations.SingleAsync(o => o.Code == organisationCode);
            return await services.GetRequiredService<PeopleBook>()
                .AddReadyAsync(organisation, new NewPerson(name, $"测试{name}", null, null, roles), Password, key, CancellationToken.None);
        });
        return new TestPerson(person.PoolId, person.OrganisationId, person.Id, person.UserName, key);
    }

    /// <summary>Somebody with a session, past the forms of signing in.</summary>
    public async Task<Visitor> SignedInAsync(TestPerson who, string address = "10.0.0.1")
    {
        Visitor visitor = Visit(address);
        visitor.Cookies.Add(Visitor.Base, new Cookie("fp", await OpenSessionAsync(who, address)));
        return visitor;
    }

    /// <summary>A session as signing in opens it, the code given just now. Answers with what the cookie holds.</summary>
    public Task<string> OpenSessionAsync(TestPerson who, string address = "10.0.0.1") => AsPlatformAsync(async (services, db) =>
    {
        string opened = services.GetRequiredService<Sessions>().Open(await db.People.SingleAsync(p => p.Id == who.Id), address, "test");
        await db.SaveChangesAsync();
        return opened;
    });

    /// <summary>
    /// Serves on a free port for a real browser. The endpoint is the server's own option: a port given to <c>UseKestrel</c> would be written into
    /// the addresses after the program's thread has gone on, and on a busy machine it may have started the server by then.
    /// </summary>
    public string Serve()
    {
        UseKestrel(options => options.Listen(IPAddress.Loopback, 0));
        StartServer();
        return ClientOptions.BaseAddress.ToString().TrimEnd('/');
    }

    public Visitor Visit(string address = "10.0.0.1", bool secure = false) => new(Server.CreateHandler(), address, secure);

    /// <summary>The code that the person's phone shows, some steps from now.</summary>
    public string CodeOf(TestPerson who, int steps = 0) => Totp.Code(Secrets.FromBase32(who.Key), Totp.StepAt(Clock.GetUtcNow()) + steps);

    /// <summary>Works in the database as the platform does.</summary>
    public async Task<T> AsPlatformAsync<T>(Func<IServiceProvider, FundPoolDb, Task<T>> work)
    {
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        FundPoolDb db = scope.ServiceProvider.GetRequiredService<FundPoolDb>();
        await using var transaction = await db.BeginAsync(new Acting(Scope.Platform, null, null, null, null, "测试"), new Cause("Test"));
        T result = await work(scope.ServiceProvider, db);
        await transaction.CommitAsync();
        return result;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Database.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Demonstration");
        builder.UseSetting("FUNDPOOL_APP_DB", Database.AppConnectionString);
        builder.UseSetting("FUNDPOOL_JOBS", "off");
        builder.ConfigureLogging(log => log.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<TimeProvider>();
            services.AddSingleton<TimeProvider>(Clock);
            services.RemoveAll<AccountOptions>();
            services.AddSingleton(new AccountOptions { HashIterations = 1000 });
            services.AddSingleton<IStartupFilter, AddressOfTest>();
        });
    }

    // The test server knows no addresses; a test says from where it comes.
    private sealed class AddressOfTest : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-Test-Address"].ToString());
                return rest(context);
            });
            next(app);
        };
    }
}
