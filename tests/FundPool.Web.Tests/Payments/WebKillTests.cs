using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Payments;

/// <summary>The web process killed with SIGKILL in the middle of payments, twenty times: what was answered is there, nothing is done twice (issue 3, done 3).</summary>
public sealed partial class WebKillTests
{
    private const int Kills = 20;

    [Fact]
    public async Task Payments_WithTheWebProcessKilledTwentyTimes_AreMadeOnceEach()
    {
        await using PaymentDesk desk = await PaymentDesk.OpenAsync(Kills, killable: false);
        string[] sessions = [await SessionAsync(desk), await SessionAsync(desk)];
        int port = FreePort();
        ConcurrentDictionary<(int, long), bool> acknowledged = [];
#pragma warning disable CA5394 // a seed for the test's own dice
        Random moment = new(20240401);
        Process web = await StartAsync(desk, port);
        try
        {
            for (int kill = 0; kill < Kills; kill++)
            {
                (int Bank, long Order) order = desk.Orders[kill];
                using Browser first = new(port, sessions[0]), second = new(port, sessions[1]);
                (string Token, string Key) form = await first.OpenAsync(order), other = await second.OpenAsync(order);
                // One presses twice, the other at the same time in a window of their own.
                Task pressing = Task.WhenAll(
                    Task.Run(() => PressAsync(first, order, form, acknowledged)), Task.Run(() => PressAsync(first, order, form, acknowledged)), Task.Run(() => PressAsync(second, order, other, acknowledged)));
                await Task.Delay(moment.Next(0, 90));
                web.Kill();
                await web.WaitForExitAsync();
                await pressing;
                web.Dispose();
                web = await StartAsync(desk, port);
                await desk.HoldsAsync(acknowledged.Keys);
                // The browser sends the same form again to the node that came up: its token and its key still hold.
                await PressAsync(first, order, form, acknowledged);
                acknowledged.ShouldContainKey(order);
            }
        }
        finally
        {
            web.Kill();
            web.Dispose();
        }
#pragma warning restore CA5394

        acknowledged.Count.ShouldBe(Kills);
        await desk.HoldsAsync(acknowledged.Keys);
        (await desk.Portal.BalanceAsync()).ShouldBe(0);
    }

    // Acknowledged is the redirect after the deed, or the answer that it was released already.
    private static async Task PressAsync(Browser browser, (int Bank, long Order) order, (string Token, string Key) form, ConcurrentDictionary<(int, long), bool> acknowledged)
    {
        try
        {
            (HttpStatusCode status, string text) = await browser.PressAsync(order, form);
            if (status == HttpStatusCode.Found || (status == HttpStatusCode.UnprocessableEntity && text.Contains("已放行", StringComparison.Ordinal)))
            {
                acknowledged[order] = true;
            }
        }
        catch (HttpRequestException)
        {
            // The process went away under it: no answer, and so nothing is known.
        }
    }

    // A chief with a session and a code of this minute, by the system's own clock.
    private static async Task<string> SessionAsync(PaymentDesk desk)
    {
        TestActor chief = await desk.Portal.TreasurerAsync(Role.Chief);
        string token = Guid.NewGuid().ToString("N");
        await desk.Database.ExecuteAsync("insert into tenancy.person_role select pool_id, organisation_id, id, 'chief' from tenancy.person where id = $1", chief.Person);
        await desk.Database.ExecuteAsync("update tenancy.person set must_set_password = false, authenticator_confirmed = true where id = $1", chief.Person);
        await desk.Database.ExecuteAsync("""
            insert into tenancy.session (id_hash, pool_id, organisation_id, person_id, created_at, last_seen_at, ends_at, confirmed_at, address, agent)
            select sha256(convert_to($2, 'UTF8')), pool_id, organisation_id, id, now(), now(), now() + interval '8 hours', now() + interval '1 hour', '127.0.0.1', 'test' from tenancy.person where id = $1
            """, chief.Person, token);
        return token;
    }

    private static async Task<Process> StartAsync(PaymentDesk desk, int port)
    {
        string program = typeof(Program).Assembly.Location;
        ProcessStartInfo start = new("dotnet", [program]) { WorkingDirectory = Path.GetDirectoryName(program)!, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Demonstration";
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["FUNDPOOL_APP_DB"] = desk.Database.AppConnectionString;
        start.Environment["FUNDPOOL_JOBS"] = "off";
        Process web = Process.Start(start)!;
        web.OutputDataReceived += (_, _) => { };
        web.ErrorDataReceived += (_, _) => { };
        web.BeginOutputReadLine();
        web.BeginErrorReadLine();
        using HttpClient client = new();
        for (int wait = 0; wait < 600; wait++)
        {
            try
            {
                if ((await client.GetAsync(new Uri($"http://127.0.0.1:{port}/healthz"))).IsSuccessStatusCode)
                {
                    return web;
                }
            }
            catch (HttpRequestException)
            {
                web.HasExited.ShouldBeFalse("the portal did not start");
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("The portal did not come up.");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed partial class Browser : IDisposable
    {
        private readonly HttpClient client;

        public Browser(int port, string session)
        {
            Uri address = new($"http://127.0.0.1:{port}");
            CookieContainer cookies = new();
            cookies.Add(address, new Cookie("fp", session));
            client = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        }

        public async Task<(string Token, string Key)> OpenAsync((int Bank, long Order) order)
        {
            string page = await client.GetStringAsync(Path(order));
            return (Token().Match(page).Groups[1].Value, Key().Match(page).Groups[1].Value);
        }

        public async Task<(HttpStatusCode Status, string Text)> PressAsync((int Bank, long Order) order, (string Token, string Key) form)
        {
            using FormUrlEncodedContent content = new([KeyValuePair.Create("__RequestVerificationToken", form.Token), KeyValuePair.Create("Key", form.Key)]);
            using HttpResponseMessage answer = await client.PostAsync(Path(order), content);
            return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        }

        public void Dispose() => client.Dispose();

        private static Uri Path((int Bank, long Order) order) => new(string.Create(CultureInfo.InvariantCulture, $"/payment-orders/{order.Bank}/{order.Order}/release"), UriKind.Relative);

        [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
        private static partial Regex Token();

        [GeneratedRegex("name=\"Key\" value=\"([^\"]+)\"")]
        private static partial Regex Key();
    }
}
