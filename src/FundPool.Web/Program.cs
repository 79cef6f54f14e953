using FundPool.Application;
using FundPool.Application.Demonstration;
using FundPool.Application.Files;
using FundPool.Application.Papers;
using FundPool.Application.Ports;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Features.Compensation;
using FundPool.Web.Hosting;
using FundPool.Web.Identity;
using FundPool.Web.Jobs;
using Npgsql;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

if (PortalMode.WhyRefused(builder.Environment, builder.Configuration) is { } refusal)
{
    await Console.Error.WriteLineAsync(refusal);
    return 1;
}

builder.AddPortalLog();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddPortalDesign(builder.Configuration, builder.Environment);
builder.Services.AddPortalIdentity(builder.Configuration);
builder.Services.AddKnownProxies(builder.Configuration);
builder.Services.AddSingleton<IPersonalNumbers>(PersonalNumbers.FromEnvironment(builder.Environment.IsProduction()));
builder.Services.AddSingleton(new PaperAddress(builder.Configuration["FUNDPOOL_ADDRESS"] ?? "http://127.0.0.1:5080"));
builder.Services.AddFundPool(NpgsqlDataSource.Create(builder.Configuration["FUNDPOOL_APP_DB"]
    ?? throw new InvalidOperationException("FUNDPOOL_APP_DB is not set: the connection string of the role fundpool_app.")));
builder.Services.AddPortalJobs(builder.Configuration);
builder.Services.AddClaimSections();
if (PortalMode.Read(builder.Configuration).Demonstration)
{
    // Last, so that it takes the place of the system's clock which others have asked for.
    builder.Services.AddSingleton<TimeProvider, TravellingClock>();
}

WebApplication app = builder.Build();
if (app.Services.GetRequiredService<TimeProvider>() is TravellingClock travelling)
{
    await travelling.LoadAsync(CancellationToken.None);
}

app.UseForwardedHeaders();
app.UsePortalHeaders();
app.UsePortalPages();
app.UsePortalIdentity();

app.MapGet("/healthz", async (NpgsqlDataSource source, CancellationToken ct) =>
{
    // Healthy is who can serve: the database answers, as the portal's own role.
    await using NpgsqlCommand ask = source.CreateCommand("select 1");
    await ask.ExecuteScalarAsync(ct);
    return Results.Text("ok");
}).Asks(Permission.Public);
app.MapControllers();
app.RequirePermissions();

await app.RunAsync();
return 0;
