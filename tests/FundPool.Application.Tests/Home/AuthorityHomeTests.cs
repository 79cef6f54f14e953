using FundPool.Application.Compensation;
using FundPool.Application.Home;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Plans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;
using NoticeDesk = FundPool.Application.Tests.Notices.NoticeDesk;

namespace FundPool.Application.Tests.Home;

public sealed class AuthorityHomeTests : IAsyncLifetime
{
    private NoticeDesk desk = null!;

    public async Task InitializeAsync() => desk = await NoticeDesk.OpenAsync();

    public Task DisposeAsync() => desk.DisposeAsync().AsTask();

    [Fact]
    public async Task Home_WithClaimsAtEveryStep_HoldsEachWhereItWaits()
    {
        await desk.ApprovedAsync();
        long draft = await desk.DraftAsync(await desk.BatchAsync(await desk.ApprovedAsync()));
        long running = await desk.PublishedAsync(await desk.ApprovedAsync("B002"));
        ClaimKey free = await desk.Portal.ClaimAsync("B001", ClaimState.Clear), planned = await desk.Portal.ClaimAsync("B002", ClaimState.Clear);
        long plan = (await desk.Portal.SendAsync(desk.Officer, new DraftPlan.Command(new PlanFields("资助计划", "《实施细则》第二十条", [new ClaimRef(planned.Bank, planned.Id)])))).Value;

        ShowAuthorityHome.Answer home = await desk.Portal.SendAsync(desk.Chief, new ShowAuthorityHome.Query());

        home.Approved.ShouldBe(new ShowAuthorityHome.Heap(1, 36_000_000));
        home.Clear.ShouldBe(new ShowAuthorityHome.Heap(1, 36_000_000));
        home.Drafts.Select(notice => notice.Id).ShouldBe([draft]);
        home.Running.Select(notice => (notice.Id, notice.EndsOn)).ShouldContain((running, new DateOnly(2026, 3, 26)));
        home.Plans.Select(head => head.Id).ShouldBe([plan]);
        (home.Open, home.StatusChanges).ShouldBe((0, 0));
        free.Id.ShouldNotBe(planned.Id);
        CountWaiting.Answer counts = await desk.Portal.SendAsync(desk.Officer, new CountWaiting.Query());
        (counts.Approved, counts.Notices, counts.Plans, counts.Objections).ShouldBe((1, 1, 2, 0));
    }

    [Fact]
    public async Task Counts_OfABank_HoldNothingOfTheAuthoritysWork()
    {
        await desk.ApprovedAsync();

        CountWaiting.Answer counts = await desk.Portal.SendAsync(await desk.Portal.MakerAsync("B001"), new CountWaiting.Query());

        (counts.Approved, counts.Notices, counts.Plans, counts.Objections).ShouldBe((0, 0, 0, 0));
        await Should.ThrowAsync<PermissionDeniedException>(async () => await desk.Portal.SendAsync(await desk.Portal.MakerAsync("B001"), new ShowAuthorityHome.Query()));
    }

    [Fact]
    public async Task ClaimsNotice_OfABank_IsWhatIsPublishedOfItsOwn()
    {
        ClaimRef claim = await desk.ApprovedAsync();
        TestActor own = await desk.Portal.MakerAsync("B001"), other = await desk.Portal.MakerAsync("B002");
        ShowClaimNotice.Query query = new(claim.Bank, claim.Id);
        (await desk.Portal.SendAsync(desk.Officer, query)).ShouldBeNull();
        long notice = await desk.DraftAsync(await desk.BatchAsync(claim));
        (await desk.Portal.SendAsync(own, query)).ShouldBeNull();
        (await desk.Portal.SendAsync(desk.Officer, query))!.Notices.ShouldHaveSingleItem().State.ShouldBe("draft");

        await desk.PublishAsync(notice);

        ShowClaimNotice.Answer seen = (await desk.Portal.SendAsync(own, query))!;
        seen.Batch.ShouldBeNull();
        (seen.Pool, seen.Item!.N, seen.Notices.ShouldHaveSingleItem().Number).ShouldBe(("shenzhen", 1, "深中小企公示〔2026〕1号"));
        (await desk.Portal.SendAsync(desk.Officer, query))!.Batch!.Name.ShouldBe("2026年第一批");
        (await desk.Portal.SendAsync(other, query)).ShouldBeNull();
    }
}
