using FundPool.Application.Files;
using FundPool.Application.Imports;
using FundPool.Application.Reference;
using Npgsql;

namespace FundPool.Application.Tests.Imports;

/// <summary>A web node's import worker and nothing else, in a process of its own: takes up what waits, and ends when it has done something.</summary>
internal static class Worker
{
    public const string Verb = "import-worker";

    /// <summary>The words under which the tests know that the work begins.</summary>
    public const string Ready = "ready";

    public static async Task<int> Main(string[] args)
    {
        if (args is [Papers.SamplePapers.Verb])
        {
            await Console.Out.WriteLineAsync(Papers.SamplePapers.Digest());
            return 0;
        }

        if (args is not [Verb, { } database])
        {
            return 2;
        }

        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database);
        ImportJob job = new(source, new ImportRun(source, new RuleSource(TimeProvider.System), PersonalNumbers.FromEnvironment(production: false)));
        await Console.Out.WriteLineAsync(Ready);
        // The connection of a killed predecessor may still hold the batch; then nothing is taken up and it is looked again.
        while (await job.RunWaitingAsync((_, _, unforeseen) => Console.Error.WriteLine(unforeseen), CancellationToken.None) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return 0;
    }
}
