using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FundPool.Web.Tests.Messages;

/// <summary>A mail server of a test: speaks enough SMTP for a client to hand over a mail, and keeps what it got.</summary>
internal sealed class SmtpServer : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener listener;
    private readonly Task accepting;

    public SmtpServer(int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<(string To, string Data)> Mails { get; } = new();

    /// <summary>What the server says to a recipient instead of yes.</summary>
    public string? Refusal { get; set; }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
        listener.Dispose();
    }

    public async Task StopAsync()
    {
        if (stop.IsCancellationRequested)
        {
            return;
        }

        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
            _ = TalkAsync(client);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            using StreamReader reader = new(client.GetStream(), Encoding.UTF8);
            await using StreamWriter writer = new(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test ESMTP");
            string to = "";
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                string verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    StringBuilder data = new();
                    while (await reader.ReadLineAsync(stop.Token) is { } text && text != ".")
                    {
                        data.AppendLine(text);
                    }

                    Mails.Enqueue((to, data.ToString()));
                    await writer.WriteLineAsync("250 taken");
                    continue;
                }

                if (verb == "RCPT")
                {
                    to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                }

                await writer.WriteLineAsync(verb switch
                {
                    "EHLO" => "250-test\r\n250 8BITMIME",
                    "RCPT" when Refusal is { } no => no,
                    "QUIT" => "221 bye",
                    _ => "250 ok",
                });
            }
        }
    }
}
