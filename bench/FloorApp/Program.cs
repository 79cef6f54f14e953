using Npgsql;

// The least that a list page costs: one Razor page, one query of 50 rows, no sign-in, no fences, no design.
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddSingleton(NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("FLOOR_DB") ?? throw new InvalidOperationException("FLOOR_DB is not set.")));
builder.Services.AddRazorPages();
WebApplication app = builder.Build();
app.MapRazorPages();
app.Run();
