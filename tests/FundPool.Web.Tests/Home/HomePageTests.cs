using System.Net;
using FundPool.Domain.Tenancy;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Home;

public sealed class HomePageTests : IAsyncLifetime
{
    private Portal portal = null!;

    public async Task InitializeAsync() => portal = await Portal.StartAsync();

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Theory]
    [InlineData("B001", Role.Maker, "我的草稿", "须关注的银行")]
    [InlineData("B001", Role.Checker, "待申请补偿的不良贷款", "我的草稿")]
    [InlineData("B001", Role.OrganisationAdministrator, "尚未完成首次登录", "/loans\"")]
    [InlineData("GXT", Role.Chief, "待审核的更正申请", "我的草稿")]
    [InlineData("JRZX", Role.Officer, "全池不良率", "href=\"/loans")]
    [InlineData("GXJ", Role.Officer, "须关注的银行", "待审核的更正申请</h2>")]
    [InlineData("SJJ", Role.Auditor, "最近的操作", "我的草稿")]
    [InlineData("PLATFORM", Role.PlatformAdministrator, "贷款市场报价利率", "全池不良率")]
    public async Task Home_OfARole_HoldsItsPiecesAndNoOther(string organisation, Role role, string holds, string lacks)
    {
        using Visitor visitor = await portal.SignedInAsync(await portal.AddAsync(organisation, "one", role));

        Page page = await visitor.GetAsync("/");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain(holds);
        page.Text.ShouldNotContain(lacks);
    }

    [Fact]
    public async Task Home_OfAnAdministratorWithAPausedColleague_NamesThem()
    {
        TestPerson maker = await portal.AddAsync("B001", "maker", Role.Maker);
        using Visitor guesser = portal.Visit("10.9.9.9");
        for (int i = 0; i < 5; i++)
        {
            await guesser.PostAsync("/sign-in", [("userName", maker.UserName), ("password", "wrong wrong wrong")]);
        }

        using Visitor visitor = await portal.SignedInAsync(await portal.AddAsync("B001", "admin", Role.OrganisationAdministrator));

        (await visitor.GetAsync("/")).Text.ShouldContain($"<a href=\"/people/{maker.Id}\">测试maker</a>");
    }
}
