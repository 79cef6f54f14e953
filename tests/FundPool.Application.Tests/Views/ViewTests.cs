using FundPool.Application.Views;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Views;

public sealed class ViewTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor maker = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task View_SavedUnderTheSameName_IsReplaced()
    {
        int first = (await portal.SendAsync(maker, new SaveView.Command("loans", " 本季不良 ", "quarter=20261", false))).Value;
        int second = (await portal.SendAsync(maker, new SaveView.Command("loans", "本季不良", "quarter=20261&npl=true", true))).Value;

        second.ShouldBe(first);
        (await portal.SendAsync(maker, new ListViews.Query("loans"))).ShouldBe([new ListViews.Row(first, "本季不良", "quarter=20261&npl=true", true, true)]);
    }

    [Fact]
    public async Task SharedView_IsSeenByColleagues_AndDroppedByItsOwnerAlone()
    {
        TestActor colleague = await portal.MakerAsync("B001"), stranger = await portal.MakerAsync("B002");
        int shared = (await portal.SendAsync(maker, new SaveView.Command("loans", "大家的", "q=1", true))).Value;
        await portal.SendAsync(maker, new SaveView.Command("loans", "我的", "q=2", false));

        (await portal.SendAsync(colleague, new ListViews.Query("loans"))).ShouldBe([new ListViews.Row(shared, "大家的", "q=1", true, false)]);
        (await portal.SendAsync(stranger, new ListViews.Query("loans"))).ShouldBeEmpty();
        (await portal.SendAsync(colleague, new DropView.Command(shared))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new DropView.Command(shared))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(maker, new DropView.Command(shared))).Succeeded.ShouldBeTrue();
        (await portal.SendAsync(maker, new ListViews.Query("loans"))).ShouldHaveSingleItem().Name.ShouldBe("我的");
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task ViewName_HasSixtyCharactersAtMost(int length, bool taken) =>
        (await portal.SendAsync(maker, new SaveView.Command("loans", new string('长', length), "q=1", false))).Succeeded.ShouldBe(taken);
}
