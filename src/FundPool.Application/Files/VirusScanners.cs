using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using FundPool.Application.Ports;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Files;

/// <summary>The scanner that the installation names, and what is said of a file that it stops.</summary>
public static class VirusScanners
{
    private const int DefaultPort = 3310;

    /// <summary>clamd at <c>FUNDPOOL_CLAMD</c> (<c>host:port</c>); without it nothing is scanned.</summary>
    public static IVirusScanner FromEnvironment() => Of(Environment.GetEnvironmentVariable("FUNDPOOL_CLAMD"));

    internal static IVirusScanner Of(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            return new NoScanner();
        }

        string[] parts = address.Trim().Split(':');
        int port = DefaultPort;
        return parts.Length is 1 or 2 && parts[0].Length > 0 && (parts.Length == 1 || (int.TryParse(parts[1], out port) && port is > 0 and < 65536))
            ? new ClamdScanner(parts[0], port, TimeSpan.FromSeconds(30))
            : throw new InvalidOperationException($"FUNDPOOL_CLAMD is host:port, not '{address}'.");
    }

    /// <summary>Why the file is not taken; null where nothing is found.</summary>
    public static async Task<Problem?> WhyNotAsync(this IVirusScanner scanner, Stream content, CancellationToken ct) => await scanner.ScanAsync(content, ct) switch
    {
        ScanVerdict.Clean => null,
        ScanVerdict.Infected => new Problem("file", "virus", new Words("该文件未通过病毒查杀，没有保存；请检查您的电脑后重新导出文件", "The virus scanner stopped this file and nothing was kept; check your computer and export the file again")),
        _ => new Problem("file", "scan", new Words("病毒查杀服务暂时没有应答，文件没有保存；请稍后再传", "The virus scanner does not answer and nothing was kept; try again later")),
    };

    private sealed class NoScanner : IVirusScanner
    {
        public Task<ScanVerdict> ScanAsync(Stream content, CancellationToken ct) => Task.FromResult(ScanVerdict.Clean);
    }
}

/// <summary>Sends files to a ClamAV daemon over TCP (INSTREAM). Whatever is not a plain OK or FOUND leaves the file outside.</summary>
internal sealed class ClamdScanner(string host, int port, TimeSpan patience) : IVirusScanner
{
    private const int Piece = 64 << 10;
    private const int LongestAnswer = 4096;

    public async Task<ScanVerdict> ScanAsync(Stream content, CancellationToken ct)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            content.Position = 0;
            return VerdictOf(await AskAsync(content, limit.Token));
        }
        catch (Exception failure) when (failure is SocketException or IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return ScanVerdict.Unknown;
        }
        finally
        {
            content.Position = 0;
        }
    }

    private async Task<string> AskAsync(Stream content, CancellationToken ct)
    {
        using TcpClient client = new();
        await client.ConnectAsync(host, port, ct);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), ct);
        byte[] buffer = new byte[4 + Piece];
        int read;
        while ((read = await content.ReadAsync(buffer.AsMemory(4, Piece), ct)) > 0)
        {
            BinaryPrimitives.WriteInt32BigEndian(buffer, read);
            await stream.WriteAsync(buffer.AsMemory(0, 4 + read), ct);
        }

        await stream.WriteAsync(new byte[4], ct);
        byte[] answer = new byte[LongestAnswer];
        int length = 0;
        while (length < answer.Length && (read = await stream.ReadAsync(answer.AsMemory(length), ct)) > 0)
        {
            length += read;
            if (answer.AsSpan(0, length).Contains((byte)0))
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(answer, 0, length).TrimEnd('\0', '\n');
    }

    private static ScanVerdict VerdictOf(string answer) =>
        answer == "stream: OK" ? ScanVerdict.Clean : answer.EndsWith(" FOUND", StringComparison.Ordinal) ? ScanVerdict.Infected : ScanVerdict.Unknown;
}
