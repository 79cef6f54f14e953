using System.Text.Json;
using FundPool.Application.Suspension;

namespace FundPool.Cli.Verbs;

/// <summary><c>report npl</c>: every bank's figures of a.17, one object a line.</summary>
internal static class Report
{
    public static Task<int> RunAsync(Arguments arguments) => arguments.Word(0) switch
    {
        "npl" => NplAsync(arguments),
        string other => throw new UsageException($"没有“{other}”这种报表；可用 npl / there is no report {other}"),
    };

    private static async Task<int> NplAsync(Arguments arguments)
    {
        string pool = arguments.Required("--pool");
        Installation.ClockOf(arguments.Date("--as-of")); // the figures are those of now; the clock is only checked, as of any call
        bool json = arguments.Has("--json");
        arguments.End();
        await using Installation installation = Installation.Open();
        (int poolId, _) = await installation.FindAsync(pool, null);
        foreach (NplReport.Row row in await NplReport.RunAsync(installation.App, poolId, CancellationToken.None))
        {
            Console.Out.WriteLine(json
                ? JsonSerializer.Serialize(new
                {
                    bank = row.Bank,
                    loans = row.Figures.Loans,
                    principal = row.Figures.Principal.ToString(),
                    nplLoans = row.Figures.NplLoans,
                    nplPrincipal = row.Figures.NplPrincipal.ToString(),
                    ratio = row.Figures.Ratio.ToString(),
                    suspended = row.Suspended,
                }, Output.Json)
                : $"{row.Bank}\t{row.Figures.Loans}\t{row.Figures.Principal}\t{row.Figures.NplLoans}\t{row.Figures.NplPrincipal}\t{row.Figures.Ratio}\t{(row.Suspended ? "暂停" : "正常")}");
        }

        return 0;
    }
}
