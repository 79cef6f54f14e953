using System.Net;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Messages;

public sealed class MessagePagesTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPortal desk = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        desk = TestPortal.Over(portal.Database, portal.Clock);
    }

    public async Task DisposeAsync()
    {
        await desk.DisposeAsync();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task Inbox_OfTheOfficer_ShowsTheTurnWithItsDeadlineAndTheCounts()
    {
        await desk.ClaimAsync("B001", ClaimState.Submitted);
        using Visitor officer = await portal.SignedInAsync(await portal.AddAsync("GXT", "officer", Role.Officer));

        Page page = await officer.GetAsync("/messages");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("已提交，待初审");
        page.Text.ShouldContain("2026-04-15");
        page.Text.ShouldContain("<span class=\"bubble\">1");
    }

    [Fact]
    public async Task Message_Opened_LeadsToWhereOneActsAndIsRead()
    {
        await desk.ClaimAsync("B001", ClaimState.Submitted);
        long id = await portal.Database.ScalarAsync<long>("select id from tenancy.message where kind = 'claim.submitted'");
        using Visitor officer = await portal.SignedInAsync(await portal.AddAsync("GXT", "officer", Role.Officer));

        (await officer.GetAsync($"/messages/{id}")).Location!.ShouldStartWith("/reviews/");

        (await officer.GetAsync("/messages")).Text.ShouldNotContain("class=\"bubble\"");
    }

    [Fact]
    public async Task AllRead_Pressed_SaysHowMany()
    {
        await desk.ClaimAsync("B001", ClaimState.Published);
        using Visitor maker = await portal.SignedInAsync(await portal.AddAsync("B001", "maker", Role.Maker));

        Page done = await maker.PostAsync("/messages?part=all", [], "/messages/read");

        done.Location.ShouldBe("/messages?part=all");
        (await maker.GetAsync("/messages?part=all")).Text.ShouldContain("已将 1 条消息标为已读");
    }

    [Fact]
    public async Task Inbox_WithNothingInIt_SaysSo()
    {
        using Visitor admin = await portal.SignedInAsync(await portal.AddAsync("PLATFORM", "root", Role.PlatformAdministrator));

        (await admin.GetAsync("/messages")).Text.ShouldContain("没有待办事项");
    }
}
