using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FundPool.Application.Files;
using FundPool.Application.Ports;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Documents;

/// <summary>The scanner against a small clamd of our own that speaks INSTREAM and finds what has EICAR in it.</summary>
public sealed class VirusScannerTests
{
    private static readonly byte[] Large = [.. Enumerable.Range(0, 300_000).Select(n => (byte)('a' + (n % 26)))];

    [Theory]
    [InlineData("harmless", ScanVerdict.Clean)]
    [InlineData("X5O!P%@AP EICAR-STANDARD-ANTIVIRUS-TEST-FILE", ScanVerdict.Infected)]
    public async Task Clamd_Answering_DecidesByItsAnswer(string text, ScanVerdict verdict)
    {
        await using FakeClamd clamd = new();
        using MemoryStream content = new([.. Large, .. Encoding.ASCII.GetBytes(text)]);

        (await VirusScanners.Of($"127.0.0.1:{clamd.Port}").ScanAsync(content, default)).ShouldBe(verdict);

        content.Position.ShouldBe(0);
        clamd.Received.ShouldBe(content.Length);
    }

    [Theory]
    [InlineData("INSTREAM size limit exceeded. ERROR\0")]
    [InlineData("")]
    public async Task Clamd_AnsweringAnythingElse_LeavesTheFileOutside(string answer)
    {
        await using FakeClamd clamd = new(answer);
        using MemoryStream content = new("harmless"u8.ToArray());

        (await VirusScanners.Of($"127.0.0.1:{clamd.Port}").ScanAsync(content, default)).ShouldBe(ScanVerdict.Unknown);
    }

    [Fact]
    public async Task Clamd_NotThere_LeavesTheFileOutside()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        using MemoryStream content = new("harmless"u8.ToArray());

        (await VirusScanners.Of($"127.0.0.1:{port}").WhyNotAsync(content, default))!.Code.ShouldBe("scan");
    }

    [Fact]
    public async Task NoScanner_Named_TakesEverything() =>
        (await VirusScanners.Of(null).WhyNotAsync(new MemoryStream("EICAR"u8.ToArray()), default)).ShouldBeNull();

    [Theory]
    [InlineData(":3310")]
    [InlineData("host:port")]
    [InlineData("host:0")]
    [InlineData("a:b:c")]
    public void Address_ThatIsNone_StopsTheStart(string address) =>
        Should.Throw<InvalidOperationException>(() => VirusScanners.Of(address)).Message.ShouldContain("FUNDPOOL_CLAMD");

    private sealed class FakeClamd : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Task serving;

        public FakeClamd(string? answer = null)
        {
            listener.Start();
            serving = ServeAsync(answer);
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public long Received { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await serving;
            listener.Stop();
            listener.Dispose();
        }

        private async Task ServeAsync(string? answer)
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await using NetworkStream stream = client.GetStream();
            byte[] greeting = new byte[10];
            await stream.ReadExactlyAsync(greeting);
            Encoding.ASCII.GetString(greeting).ShouldBe("zINSTREAM\0");
            using MemoryStream content = new();
            byte[] length = new byte[4];
            while (true)
            {
                await stream.ReadExactlyAsync(length);
                int size = BinaryPrimitives.ReadInt32BigEndian(length);
                if (size == 0)
                {
                    break;
                }

                byte[] piece = new byte[size];
                await stream.ReadExactlyAsync(piece);
                content.Write(piece);
            }

            Received = content.Length;
            bool found = Encoding.ASCII.GetString(content.ToArray()).Contains("EICAR", StringComparison.Ordinal);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer ?? (found ? "stream: Eicar-Test-Signature FOUND\0" : "stream: OK\0")));
        }
    }
}
