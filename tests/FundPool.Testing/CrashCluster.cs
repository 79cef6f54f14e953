using System.Diagnostics;
using System.Globalization;

namespace FundPool.Testing;

/// <summary>A PostgreSQL cluster of one's own that a test may kill with SIGKILL and start again; durable as an installation's is.</summary>
public sealed class CrashCluster : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fundpool-crash-").FullName;
    private int postmaster;

    private CrashCluster()
    {
    }

    /// <summary>A superuser's connection string.</summary>
    public string Server { get; private set; } = "";

    public static async Task<CrashCluster> StartAsync()
    {
        CrashCluster cluster = new();
        // PostgreSQL's own account must be able to pass through.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(cluster.folder, (UnixFileMode)0b111_101_101);
        }

        await cluster.RestartAsync();
        return cluster;
    }

    /// <summary>Kills the postmaster and every process under it at one blow; nothing is flushed, nobody says goodbye.</summary>
    public async Task KillAsync()
    {
        await RunAsync("bash", "-c", "kill -9 $1 $(ps -o pid= --ppid $1) 2>/dev/null; while kill -0 $1 2>/dev/null; do sleep 0.02; done", "kill", postmaster.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Starts it again; it recovers from its log before it answers.</summary>
    public async Task RestartAsync()
    {
        string[] said = (await RunAsync("bash", Script, folder)).Trim().Split(' ');
        postmaster = int.Parse(said[1], CultureInfo.InvariantCulture);
        Server = $"Host=127.0.0.1;Port={said[0]};Username=postgres;Password={said[2]}";
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("bash", Script, folder, "stop");
        Directory.Delete(folder, recursive: true);
    }

    private static string Script => Path.Combine(Root, "ops", "crash-cluster");

    private static string Root
    {
        get
        {
            DirectoryInfo? here = new(AppContext.BaseDirectory);
            while (here is not null && !File.Exists(Path.Combine(here.FullName, "FundPool.sln")))
            {
                here = here.Parent;
            }

            return here?.FullName ?? throw new InvalidOperationException("The tests run outside of the project's folder.");
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardOutput.ReadToEndAsync(), complained = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(180));
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await complained}");
    }
}
