using FundPool.Web.Design;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

if (PortalMode.WhyRefused(builder.Environment, builder.Configuration) is { } refusal)
{
    await Console.Error.WriteLineAsync(refusal);
    return 1;
}

builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddPortalDesign(builder.Configuration, builder.Environment);

WebApplication app = builder.Build();

app.UsePortalHeaders();
app.UsePortalPages();

app.MapGet("/healthz", () => Results.Text("ok")).AllowAnonymous();
app.MapControllers();

await app.RunAsync();
return 0;
