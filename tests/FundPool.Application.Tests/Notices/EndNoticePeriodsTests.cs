using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Notices;

public sealed class EndNoticePeriodsTests : IAsyncLifetime
{
    private NoticeDesk desk = null!;

    public async Task InitializeAsync() => desk = await NoticeDesk.OpenAsync();

    public Task DisposeAsync() => desk.DisposeAsync().AsTask();

    [Fact]
    public async Task Claims_OnTheLastDay_WaitAndTheDayAfterAreClear()
    {
        ClaimRef claim = await desk.ApprovedAsync();
        long notice = await desk.PublishedAsync(claim);
        EndNoticePeriods job = new(desk.Portal.Database.App, desk.Portal.Rules, desk.Portal.Clock);

        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 26, 23, 59, 0, TimeSpan.FromHours(8)));
        (await job.RunAsync(CancellationToken.None)).ShouldBe(0);
        (await desk.StateOfAsync(claim)).ShouldBe("published");
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 27, 0, 5, 0, TimeSpan.FromHours(8)));
        (await job.RunAsync(CancellationToken.None)).ShouldBe(1);
        (await job.RunAsync(CancellationToken.None)).ShouldBe(0);

        (await desk.StateOfAsync(claim)).ShouldBe("clear");
        (await desk.Portal.Database.ScalarAsync<string>("select b.state from compensation.batch b join compensation.notice n on n.batch_id = b.id where n.id = $1 and n.over_at is not null", notice)).ShouldBe("over");
        (await desk.Portal.Database.ScalarAsync<long>("select count(*) from compensation.step where claim_id = $1 and to_state = 'clear' and person_name = '系统' and article = '20(2)'", claim.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task ReplacedNotice_WhenItsOldEndPasses_ClearsNothing()
    {
        ClaimRef claim = await desk.ApprovedAsync();
        long old = await desk.PublishedAsync(claim);
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 20, 10, 0, 0, TimeSpan.FromHours(8)));
        await desk.PublishAsync((await desk.Portal.SendAsync(desk.Officer, new CorrectNotice.Command(old, "电话有误"))).Value);
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 27, 9, 0, 0, TimeSpan.FromHours(8)));

        (await new EndNoticePeriods(desk.Portal.Database.App, desk.Portal.Rules, desk.Portal.Clock).RunAsync(CancellationToken.None)).ShouldBe(0);

        (await desk.StateOfAsync(claim)).ShouldBe("published");
    }

    [Fact]
    public async Task ProvisionalEnd_WhenTheYearsHolidaysAreOut_MovesLaterAndClearsOnlyThen()
    {
        ClaimRef claim = await desk.ApprovedAsync();
        long notice = await desk.PublishedAsync(claim);
        // As if it had been published before the calendar of its year was loaded, with an end two days too early.
        await desk.Portal.Database.ExecuteAsync("update compensation.notice set ends_on = '2026-03-24', ends_provisional = true where id = $1", notice);
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 25, 9, 0, 0, TimeSpan.FromHours(8)));

        (await new EndNoticePeriods(desk.Portal.Database.App, desk.Portal.Rules, desk.Portal.Clock).RunAsync(CancellationToken.None)).ShouldBe(0);

        (await desk.StateOfAsync(claim)).ShouldBe("published");
        (await desk.Portal.Database.ScalarAsync<DateOnly>("select ends_on from compensation.notice where id = $1 and not ends_provisional", notice)).ShouldBe(new DateOnly(2026, 3, 26));
    }
}
