using System.Text;
using FundPool.Application.Messages;
using FundPool.Application.Papers;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using FundPool.Web.Jobs;
using MailKit.Security;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Messages;

/// <summary>Messages by mail, through a server that speaks SMTP.</summary>
public sealed class MailTests : IAsyncLifetime, IDisposable
{
    private Portal portal = null!;
    private TestPortal desk = null!;
    private SmtpServer server = null!;
    private TestPerson maker = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        desk = TestPortal.Over(portal.Database, portal.Clock);
        server = new SmtpServer();
        maker = await portal.AddAsync("B001", "maker", Role.Maker);
        await portal.Database.ExecuteAsync("update tenancy.person set email = 'maker@bank.test', mail_on = true where id = $1", maker.Id);
    }

    public async Task DisposeAsync()
    {
        await server.StopAsync();
        await desk.DisposeAsync();
        await portal.DisposeAsync();
    }

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task Message_ToWhoeverAskedForMail_GoesOutWithTitleNumberAndLinkOnly()
    {
        ClaimKey claim = await desk.ClaimAsync("B001", ClaimState.Published);
        await RecentAsync();

        (await Dispatch().RunAsync(CancellationToken.None)).ShouldBe(1);

        (string to, string data) = server.Mails.ShouldHaveSingleItem();
        to.ShouldBe("maker@bank.test");
        string number = await portal.Database.ScalarAsync<string>("select number from compensation.claim where id = $1", claim.Id);
        string text = TextOf(data);
        text.ShouldContain($"申请 {number} 已公示");
        text.ShouldContain("https://pool.test/messages/");
        text.ShouldNotContain("360,000");
        (await desk.Database.ScalarAsync<string>("select state from tenancy.mail")).ShouldBe("sent");
    }

    [Fact]
    public async Task Mail_SentOnce_IsNotSentAgainHoweverManyDispatch()
    {
        for (int i = 0; i < 4; i++)
        {
            await desk.ClaimAsync("B001", ClaimState.Published);
        }

        await RecentAsync();

        int[] sent = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Dispatch().RunAsync(CancellationToken.None)));
        await Dispatch().RunAsync(CancellationToken.None);

        sent.Sum().ShouldBe(4);
        server.Mails.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Server_Away_NothingIsLostAndItIsTriedAgainAfterAPause()
    {
        int port = server.Port;
        await server.StopAsync();
        await desk.ClaimAsync("B001", ClaimState.Published);
        await RecentAsync();

        (await Dispatch(port).RunAsync(CancellationToken.None)).ShouldBe(0);
        (await portal.Database.ScalarAsync<string>("select state || ' ' || attempts from tenancy.mail")).ShouldBe("waiting 1");
        server = new SmtpServer(port);
        (await Dispatch(port).RunAsync(CancellationToken.None)).ShouldBe(0); // the pause is not over
        portal.Clock.Advance(TimeSpan.FromSeconds(31));

        (await Dispatch(port).RunAsync(CancellationToken.None)).ShouldBe(1);
        server.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Recipient_RefusedForDays_IsGivenUpAndStandsInTheInbox()
    {
        server.Refusal = "550 nobody here";
        await desk.ClaimAsync("B001", ClaimState.Published);
        await RecentAsync();
        for (int i = 0; i < DispatchMail.MostAttempts + 2; i++)
        {
            await Dispatch().RunAsync(CancellationToken.None);
            portal.Clock.Advance(TimeSpan.FromHours(7));
        }

        (await portal.Database.ScalarAsync<string>("select state || ' ' || attempts from tenancy.mail")).ShouldBe("given_up 14");
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Mail_NotAskedForOrOfAnotherRole_IsNotMade()
    {
        await portal.Database.ExecuteAsync("update tenancy.person set mail_on = false where id = $1", maker.Id);
        TestPerson checker = await portal.AddAsync("B001", "checker", Role.Checker), other = await portal.AddAsync("B002", "maker", Role.Maker);
        await portal.Database.ExecuteAsync("update tenancy.person set email = 'x@bank.test', mail_on = true where id in ($1, $2)", checker.Id, other.Id);
        await desk.ClaimAsync("B001", ClaimState.Published);
        await RecentAsync();

        (await Dispatch().RunAsync(CancellationToken.None)).ShouldBe(0);

        (await portal.Database.ScalarAsync<long>("select count(*) from tenancy.mail")).ShouldBe(0);
    }

    [Fact]
    public async Task Account_MailSwitchedOn_StaysSoAndNeedsAnAddress()
    {
        TestPerson checker = await portal.AddAsync("B001", "checker", Role.Checker);
        using Visitor with = await portal.SignedInAsync(maker), without = await portal.SignedInAsync(checker);

        await with.PostAsync("/account", [("on", "false")], "/account/mail");
        (await with.GetAsync("/account")).Text.ShouldContain("只在门户内收消息");
        await without.PostAsync("/account", [("on", "true")], "/account/mail");

        (await without.GetAsync("/account")).Text.ShouldContain("还没有登记电子邮箱");
        (await portal.Database.ScalarAsync<bool>("select mail_on from tenancy.person where id = $1", checker.Id)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Host=m;Port=25;Tls=none", "m", 25, SecureSocketOptions.None)]
    [InlineData("Host=m", "m", 587, SecureSocketOptions.StartTls)]
    public void Setting_Read_SaysWhereAndHow(string text, string host, int port, SecureSocketOptions tls)
    {
        SmtpSetting setting = SmtpSetting.Read(text);

        (setting.Host, setting.Port, setting.Tls, setting.From).ShouldBe((host, port, tls, "fundpool@m"));
    }

    // A claim of these tests is made on the day before the clock's; mail looks a day back.
    private Task RecentAsync() => portal.Database.ExecuteAsync("update tenancy.message set created_at = $1 where kind = 'claim.published'", portal.Clock.GetUtcNow().UtcDateTime);

    private DispatchMail Dispatch(int? port = null) => new(portal.Database.App, portal.Clock, new PaperAddress("https://pool.test/"),
        new SmtpMailer(new SmtpSetting("127.0.0.1", port ?? server.Port, SecureSocketOptions.None, null, null, "portal@pool.test")));

    private static string TextOf(string data)
    {
        using MemoryStream raw = new(Encoding.UTF8.GetBytes(data));
        return MimeKit.MimeMessage.Load(raw).TextBody!;
    }
}
