using FundPool.Application;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Identity;
using FundPool.Web.Jobs;
using Npgsql;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

if (PortalMode.WhyRefused(builder.Environment, builder.Configuration) is { } refusal)
{
    await Console.Error.WriteLineAsync(refusal);
    return 1;
}

builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddPortalDesign(builder.Configuration, builder.Environment);
builder.Services.AddPortalIdentity(builder.Configuration);
builder.Services.AddFundPool(NpgsqlDataSource.Create(builder.Configuration["FUNDPOOL_APP_DB"]
    ?? throw new InvalidOperationException("FUNDPOOL_APP_DB is not set: the connection string of the role fundpool_app.")));
builder.Services.AddPortalJobs(builder.Environment);

WebApplication app = builder.Build();

app.UsePortalHeaders();
app.UsePortalPages();
app.UsePortalIdentity();

app.MapGet("/healthz", () => Results.Text("ok")).Asks(Permission.Public);
app.MapControllers();
app.RequirePermissions();

await app.RunAsync();
return 0;
