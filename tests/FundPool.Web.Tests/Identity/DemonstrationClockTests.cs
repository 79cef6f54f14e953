using System.Net;
using FundPool.Application.Demonstration;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Identity;

/// <summary>The date of a demonstration goes forward, stays there over a start, and exists nowhere else.</summary>
public sealed class DemonstrationClockTests
{
    [Fact]
    public async Task Clock_MovedForward_StaysAheadForEveryNode()
    {
        await using TestDatabase database = await TestDatabase.CreateAsync();
        TravellingClock one = new(database.App);
        await one.LoadAsync(CancellationToken.None);
        one.Ahead.ShouldBe(TimeSpan.Zero);

        await one.GoAsync(12, CancellationToken.None);
        await one.GoAsync(1, CancellationToken.None);

        TravellingClock other = new(database.App);
        await other.LoadAsync(CancellationToken.None);
        one.Ahead.ShouldBe(TimeSpan.FromDays(13));
        other.Ahead.ShouldBe(TimeSpan.FromDays(13));
    }

    [Fact]
    public async Task Clock_Backwards_IsRefused()
    {
        await using TestDatabase database = await TestDatabase.CreateAsync();
        TravellingClock clock = new(database.App);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => clock.GoAsync(-1, CancellationToken.None));
        clock.Ahead.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Page_OutsideADemonstration_IsNotThere()
    {
        await using Portal portal = await Portal.StartAsync();
        using Visitor visitor = portal.Visit();

        (await visitor.GetAsync("/demonstration/clock")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.PostPlainAsync("/demonstration/clock", [("Days", "7")])).Status.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
    }
}
