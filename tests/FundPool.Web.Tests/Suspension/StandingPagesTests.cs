using System.Net;
using FundPool.Domain.Tenancy;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Suspension;

public sealed class StandingPagesTests : IAsyncLifetime
{
    private Portal portal = null!;

    public async Task InitializeAsync() => portal = await Portal.StartAsync();

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Standings_OfABank_LeadToItsOwnAndNoOther()
    {
        TestPerson maker = await portal.AddAsync("B001", "maker", Role.Maker);
        using Visitor visitor = await portal.SignedInAsync(maker);

        Page list = await visitor.GetAsync("/standings");
        Page own = await visitor.GetAsync(list.Location!);

        list.Location.ShouldBe($"/standings/{portal.Database.Organisations["B001"]}");
        own.Status.ShouldBe(HttpStatusCode.OK);
        own.Text.ShouldContain("没有登记贷款时，不良率按 0 计。");
        (await visitor.GetAsync($"/standings/{portal.Database.Organisations["B002"]}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Standings_OfTheTreasurer_ShowFiguresAndNoLoans()
    {
        using Visitor visitor = await portal.SignedInAsync(await portal.AddAsync("JRZX", "officer", Role.Officer));

        Page page = await visitor.GetAsync("/standings");

        page.Text.ShouldContain("甲银行深圳分行");
        page.Text.ShouldContain("乙银行深圳分行");
        page.Text.ShouldNotContain("href=\"/loans");
    }

    [Fact]
    public async Task Standings_OfThePlatform_AreForbidden()
    {
        using Visitor visitor = await portal.SignedInAsync(await portal.AddAsync("PLATFORM", "root", Role.PlatformAdministrator));

        (await visitor.GetAsync("/standings")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
