using FundPool.Application.Drafts;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Drafts;

public sealed class DraftTests : IAsyncLifetime
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
    public async Task Draft_KeptAgain_IsTheLatest_AndDroppedIsGone()
    {
        (await portal.SendAsync(maker, new KeepDraft.Command("register", "", """{"note_no":"JJ"}""", 0))).Version.ShouldBe(1);
        (await portal.SendAsync(maker, new KeepDraft.Command("register", "", """{"note_no":"JJ-1"}""", 1))).Version.ShouldBe(2);

        (await portal.SendAsync(maker, new ReadDraft.Query("register", "")))!.Body.ShouldContain("JJ-1");
        await portal.SendAsync(maker, new DropDraft.Command("register", ""));
        (await portal.SendAsync(maker, new ReadDraft.Query("register", ""))).ShouldBeNull();
    }

    [Fact]
    public async Task SecondTab_WithAnOldVersion_OverwritesNothing()
    {
        await portal.SendAsync(maker, new KeepDraft.Command("edit", "7", """{"tab":1}""", 0));
        await portal.SendAsync(maker, new KeepDraft.Command("edit", "7", """{"tab":1,"more":true}""", 1));

        KeepDraft.Answer second = await portal.SendAsync(maker, new KeepDraft.Command("edit", "7", """{"tab":2}""", 1));

        (second.Conflict, second.Version).ShouldBe((true, 2));
        (await portal.SendAsync(maker, new ReadDraft.Query("edit", "7")))!.Body.ShouldContain("more");
    }

    [Fact]
    public async Task TwoTabs_SavingAtTheSameMoment_OneLearnsOfTheOther()
    {
        await portal.SendAsync(maker, new KeepDraft.Command("register", "", "{}", 0));

        KeepDraft.Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => portal.SendAsync(maker, new KeepDraft.Command("register", "", """{"x":1}""", 1))));

        answers.Count(a => !a.Conflict).ShouldBe(1);
    }

    [Fact]
    public async Task Draft_IsItsPersonsOwn()
    {
        await portal.SendAsync(maker, new KeepDraft.Command("register", "", """{"secret":1}""", 0));

        (await portal.SendAsync(await portal.MakerAsync("B001"), new ReadDraft.Query("register", ""))).ShouldBeNull();
        (await portal.SendAsync(await portal.MakerAsync("B002"), new ReadDraft.Query("register", ""))).ShouldBeNull();
    }

    [Fact]
    public async Task Draft_IsNobodysStatementYet_AndNotWrittenDown()
    {
        await portal.SendAsync(maker, new KeepDraft.Command("register", "", "{}", 0));

        (await portal.Database.ScalarAsync<long>("select count(*) from audit.event where entity = 'loan.draft'")).ShouldBe(0);
    }
}
