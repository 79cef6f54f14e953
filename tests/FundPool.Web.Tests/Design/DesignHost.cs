using FundPool.Web.Design;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FundPool.Web.Tests.Design;

/// <summary>The look alone: no database, no identity, only what AddPortalDesign brings.</summary>
internal sealed class DesignHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private DesignHost(WebApplication app) => this.app = app;

    public static string Source { get; } = Path.Combine(Root(), "src", "FundPool.Web");

    /// <summary>A client that follows no redirect, so that a test sees it.</summary>
    public HttpClient Client => new(app.GetTestServer().CreateHandler()) { BaseAddress = new Uri("http://portal.test") };

    public static async Task<DesignHost> Start(
        bool demonstration = true, string environment = "Demonstration", DateTimeOffset? now = null, Action<WebApplication>? map = null)
    {
        WebApplication app = Build(demonstration, environment, now, builder => builder.WebHost.UseTestServer());
        map?.Invoke(app);
        await app.StartAsync();
        return new DesignHost(app);
    }

    /// <summary>The same on a real port, for a real browser; the address is the second of the pair.</summary>
    public static async Task<(DesignHost Host, string Address)> Listen()
    {
        WebApplication app = Build(true, "Demonstration", null, builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
        await app.StartAsync();
        return (new DesignHost(app), app.Urls.Single());
    }

    public static async Task<string> Page(string path, string? language = null)
    {
        await using DesignHost host = await Start();
        using HttpClient client = host.Client;
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (language is not null)
        {
            request.Headers.Add("Cookie", $"fp-lang={language}");
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static WebApplication Build(bool demonstration, string environment, DateTimeOffset? now, Action<WebApplicationBuilder> listen)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = Source,
            EnvironmentName = environment,
        });
        builder.Configuration.AddInMemoryCollection([new(PortalMode.Setting, demonstration ? "1" : "0")]);
        builder.Logging.ClearProviders();
        listen(builder);
        if (now is { } fixedNow)
        {
            builder.Services.AddSingleton<TimeProvider>(new StillClock(fixedNow));
        }

        builder.Services.AddPortalDesign(builder.Configuration, builder.Environment);
        WebApplication app = builder.Build();
        app.UsePortalHeaders();
        app.UsePortalPages();
        app.MapControllers();
        app.MapGet("/throws", string () => throw new InvalidOperationException("boom"));
        app.MapGet("/secret", (HttpContext context) =>
        {
            context.User = new(new System.Security.Claims.ClaimsIdentity("test"));
            return "secret";
        });
        app.MapPost("/small", () => "taken").WithMetadata(new SmallBody());
        app.MapPost("/moves", () => Results.Redirect("/there"));
        app.MapGet("/api/nothing", () => Results.NotFound());
        return app;
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FundPool.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }

    private sealed class StillClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class SmallBody : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => 10;
    }
}
