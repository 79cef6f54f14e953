using FundPool.Application.DueDates;
using FundPool.Application.Messages;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.DueDates;

/// <summary>A calendar that changes moves the due dates that are stored; a notice that is out only ever ends later.</summary>
public sealed class RecomputeDuesTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        await RunAsync();
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Calendar_Unchanged_ChangesNothing()
    {
        await portal.ClaimAsync("B001", ClaimState.Submitted);

        (await RunAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Review_DueOnADayThatBecomesAHoliday_MovesWithReasonAndIsTold()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted); // due 2026-04-15
        await HolidayAsync("2026-04-15");

        (await RunAsync()).ShouldBe(1);

        (await DayAsync("select review_due from compensation.claim where id = $1", claim.Id)).ShouldBe(new DateOnly(2026, 4, 16));
        (await portal.Database.ColumnAsync("select action || ' ' || reason from audit.event where entity = 'compensation.claim' and action = 'RecomputeDues'"))
            .ShouldHaveSingleItem().ShouldBe("RecomputeDues 工作日历有变化，期限按新日历重新计算");
        TestActor officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer);
        ListMessages.Answer inbox = await portal.SendAsync(officer, new ListMessages.Query(ListMessages.Part.All));
        inbox.Rows[0].Note!.Value.Zh.ShouldEndWith("：2026-04-15 → 2026-04-16");
        inbox.Rows[1].Due.ShouldBe(new DateOnly(2026, 4, 16)); // the to-do itself
        (await RunAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Review_WithStops_MovesOnFromWhereTheClockStood()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);
        await portal.Database.ExecuteAsync("update compensation.claim set stops = '[{\"from\":\"2026-03-20\",\"to\":\"2026-03-24\"}]', review_due = '2026-04-20' where id = $1", claim.Id);
        await HolidayAsync("2026-04-20");

        await RunAsync();

        (await DayAsync("select review_due from compensation.claim where id = $1", claim.Id)).ShouldBe(new DateOnly(2026, 4, 21));
    }

    [Fact]
    public async Task Notice_Running_EndsLaterWhenAHolidayFallsIntoIt()
    {
        await portal.ClaimAsync("B001", ClaimState.Published); // 2026-03-17 to 2026-03-25
        await HolidayAsync("2026-03-19");

        await RunAsync();

        (await DayAsync("select ends_on from compensation.notice")).ShouldBe(new DateOnly(2026, 3, 26));
    }

    [Fact]
    public async Task Notice_Running_IsNeverShortened()
    {
        await portal.ClaimAsync("B001", ClaimState.Published);
        await portal.Database.ExecuteAsync("insert into reference.calendar_day (date, kind, name, notice_year, source) values ('2026-03-21', 'workday', '调休', 2026, 'test')");

        await RunAsync();

        (await DayAsync("select ends_on from compensation.notice")).ShouldBe(new DateOnly(2026, 3, 25));
    }

    [Fact]
    public async Task Plan_Issued_GivesTheBankTheLaterDay()
    {
        await portal.ClaimAsync("B001", ClaimState.Planned); // due 2026-03-20
        await HolidayAsync("2026-03-20");

        await RunAsync();

        (await DayAsync("select documents_due from compensation.plan")).ShouldBe(new DateOnly(2026, 3, 23));
        (await portal.SendAsync(await portal.MakerAsync(), new ListMessages.Query())).Rows.ShouldHaveSingleItem().Due.ShouldBe(new DateOnly(2026, 3, 23));
    }

    [Fact]
    public async Task Payment_CheckedLaterThanFiled_CountsFromTheFiling()
    {
        PlanKey plan = await portal.PayableAsync("B001"); // filed and checked on 2026-03-18, due 2026-03-30 after a weekend
        await portal.Database.ExecuteAsync("update compensation.payout set checked_at = '2026-03-24T02:00:00Z' where plan_id = $1", plan.Id);
        DateOnly before = await DayAsync("select payment_due from compensation.payout");
        await HolidayAsync("2026-05-20");

        await RunAsync();

        (await DayAsync("select payment_due from compensation.payout")).ShouldBe(before);
    }

    private Task<int> RunAsync() => new RecomputeDues(portal.Database.App, portal.Rules).RunAsync(CancellationToken.None);

    private Task<DateOnly> DayAsync(string sql, params object[] values) => portal.Database.ScalarAsync<DateOnly>(sql, values);

    private Task HolidayAsync(string day) => portal.Database.ExecuteAsync(
        "insert into reference.calendar_day (date, kind, name, notice_year, source) values ($1, 'holiday', '临时放假', 2026, 'test')", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
}
