using FundPool.Application.Demonstration;

namespace FundPool.Cli.Verbs;

/// <summary><c>seed</c>: pools, calendars and rates; with demonstration data unless <c>--empty</c>. Safe to run again.</summary>
internal static class Seed
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        bool empty = arguments.Has("--empty");
        arguments.End();
        await using Installation installation = Installation.Open();
        await SeedReference.RunAsync(installation.App, CancellationToken.None);
        Console.Error.WriteLine(empty ? "参考数据已就绪 / reference data is in" : "参考数据已就绪");
        return 0;
    }
}
