using System.Globalization;
using FundPool.Application.Demonstration;
using FundPool.Application.DueDates;
using FundPool.Application.Files;
using FundPool.Application.Payments;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Application.SignIn;
using FundPool.Application.Verification;
using FundPool.Data.Tenancy;
using FundPool.Domain.Compensation;
using FundPool.Domain.Ledger;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Demonstration;

/// <summary>The demonstration is just as full on whatever real day it is made.</summary>
public sealed class SeedDemonstrationTests
{
    private static readonly string Records = Path.Combine(Repository(), "data", "sba");

    [Theory]
    [InlineData("2025-03-01T08:30:00+08:00", "2026-11-18")]
    [InlineData("2026-11-18T08:30:00+08:00", "2026-11-18")]
    [InlineData("2026-11-24T23:30:00+08:00", "2026-11-24")]
    [InlineData("2026-12-01T16:30:00Z", "2026-12-01")]
    [InlineData("2031-05-10T10:00:00+08:00", "2026-12-01")]
    public void Clock_BeginsOnADayThatTheRecordsReach(string real, string begins)
    {
        DateTimeOffset now = DateTimeOffset.Parse(real, CultureInfo.InvariantCulture);

        DateTimeOffset moved = now + DemonstrationDays.AheadOf(now);

        DateOnly.FromDateTime(moved.ToOffset(TimeSpan.FromHours(8)).DateTime).ShouldBe(DateOnly.ParseExact(begins, "yyyy-MM-dd"));
        moved.TimeOfDay.ShouldBe(now.TimeOfDay);
    }

    // The earliest and the latest day that it begins on: one has the fewest days behind it, the other the fewest loans.
    [Theory]
    [InlineData("2027-05-10T16:00:00+08:00", "2026-12-01")]
    [InlineData("2026-08-02T09:00:00+08:00", "2026-11-18")]
    public async Task Demonstration_MadeOnAnyRealDay_ShowsEveryState(string real, string begins)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync();
        TestClock clock = new();
        clock.Set(DateTimeOffset.Parse(real, CultureInfo.InvariantCulture));
        await using ServiceProvider services = Services(database, clock);

        await SeedDemonstration.RunAsync(services, database.App, Records, _ => { }, CancellationToken.None);

        DateOnly today = services.GetRequiredService<RuleSource>().Today;
        today.ShouldBe(DateOnly.ParseExact(begins, "yyyy-MM-dd"));
        TravellingClock portal = new(database.App);
        await portal.LoadAsync(CancellationToken.None);
        portal.Ahead.ShouldBe(DemonstrationDays.AheadOf(clock.GetUtcNow()));
        await EveryStateIsThereAsync(database, today);
        (await CoveredAsync(database)).ShouldBeEmpty("what is payable waits for money");
        (await database.ScalarAsync<long>("select count(*) from compensation.step where at > $1", services.GetRequiredService<RuleSource>().Now.UtcDateTime)).ShouldBe(0, "something was done later than now");
        (await DueWithinAsync(services, database, today, 5)).ShouldContain("review");
        await LoginsAreInOrderAsync(services, database);
        (await VerifyDatabase.RunAsync(database.Owner, _ => { }, 10, CancellationToken.None)).ShouldBeEmpty();

        await AgainChangesNothingAsync(services, database);
    }

    [Fact]
    public async Task Demonstration_LeftHalfMade_IsNotTakenForAWholeOne()
    {
        await using TestDatabase database = await TestDatabase.CreateAsync();
        await using ServiceProvider services = Services(database, new TestClock());
        string records = Directory.CreateTempSubdirectory("fundpool-test-").FullName;
        await Should.ThrowAsync<FileNotFoundException>(() => SeedDemonstration.RunAsync(services, database.App, records, _ => { }, CancellationToken.None));
        await database.ExecuteAsync("insert into loan.summary (pool_id, bank_id, quarter, library, risk_class, loans, principal_fen) select pool_id, id, 20241, 'loan', 'normal', 1, 100 from tenancy.organisation where code = 'SZ01'");

        (await Should.ThrowAsync<InvalidOperationException>(() => SeedDemonstration.RunAsync(services, database.App, records, _ => { }, CancellationToken.None))).Message.ShouldContain("未装完");
        Directory.Delete(records);
    }

    private static async Task EveryStateIsThereAsync(TestDatabase database, DateOnly today)
    {
        List<string?> states = await database.ColumnAsync("select distinct state from compensation.claim");
        Enum.GetValues<ClaimState>().Select(ClaimStates.All.Code).Except(states).ShouldBeEmpty();
        (await database.ScalarAsync<long>("select count(*) from compensation.notice where state = 'published' and over_at is null and published_on <= $1 and ends_on >= $1", today)).ShouldBe(2);
        (await database.ScalarAsync<long>("select count(*) from compensation.notice where state = 'draft'")).ShouldBe(1);
        (await database.ColumnAsync("select kind || ' ' || state from compensation.objection order by 1")).ShouldBe(["objection received", "objection taken_up", "objection taken_up", "report received"]);
        (await database.ColumnAsync("""
            select o.code || ' ' || s.standing from (select distinct on (bank_id) bank_id, standing from loan.standing order by bank_id, id desc) s
            join tenancy.organisation o on o.id = s.bank_id where o.code in ('SZ02', 'SZ05') order by 1
            """)).ShouldBe(["SZ02 suspended", "SZ05 good"]);
        (await database.ColumnAsync("select distinct state from compensation.payment_order order by 1")).ShouldBe(["prepared", "released"]);
    }

    private static Task<IReadOnlyList<QueuedClaim>> CoveredAsync(TestDatabase database) => database.WithinAsync(new Acting(Scope.Auditor, database.Pool, null, null, null, "测试"), async db =>
        PaymentQueue.Payable(await db.QueueAsync(CancellationToken.None), await db.FreeMoneyAsync(CancellationToken.None)));

    private static async Task<List<string>> DueWithinAsync(ServiceProvider services, TestDatabase database, DateOnly today, int days)
    {
        IReadOnlyList<DeadlineLine> lines = await database.WithinAsync(new Acting(Scope.Auditor, database.Pool, null, null, null, "测试"), db =>
            new RunningDeadlines(db, services.GetRequiredService<RuleSource>(), database.Pool, null).ReadAsync(today, CancellationToken.None));
        return [.. lines.Where(line => !line.Stopped && line.DaysLeft(today) >= 0 && line.DaysLeft(today) <= days).Select(line => line.Rule.Code).Distinct()];
    }

    private static async Task LoginsAreInOrderAsync(ServiceProvider services, TestDatabase database)
    {
        // The organisations of the test's database are no demonstration's; here they are.
        await database.ExecuteAsync("update tenancy.organisation set demonstration = true where code = 'GXT'");
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        IReadOnlyList<DemonstrationLogins.Login> logins = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new DemonstrationLogins.Query());
        logins.Where(login => login.Kind == OrganisationKind.Bank).Take(5).Select(login => login.UserName).ShouldBe(["jingban@sz01", "fuhe@sz01", "guanli@sz01", "jingban@sz02", "fuhe@sz02"]);
        logins.Where(login => login.Kind == OrganisationKind.Reviewer).Select(login => login.UserName)
            .ShouldBe(["chushen@gxt", "chushen2@gxt", "chushen3@gxt", "fushen@gxt", "fushen2@gxt", "fushen3@gxt", "guanli@gxt"]);
    }

    private static async Task AgainChangesNothingAsync(ServiceProvider services, TestDatabase database)
    {
        long before = await database.ScalarAsync<long>("select count(*) from audit.event");
        await SeedDemonstration.RunAsync(services, database.App, Records, _ => { }, CancellationToken.None);
        (await database.ScalarAsync<long>("select count(*) from audit.event")).ShouldBe(before);
    }

    private static ServiceProvider Services(TestDatabase database, TestClock clock)
    {
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(DemonstrationClock.On(clock));
        services.AddSingleton<IPersonalNumbers>(_ => PersonalNumbers.FromEnvironment(production: false));
        services.AddScoped<DemonstrationActor>();
        services.AddScoped<IActor>(provider => provider.GetRequiredService<DemonstrationActor>());
        services.AddLogging();
        services.AddFundPool(database.App);
        return services.BuildServiceProvider();
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "FundPool.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The repository was not found above the tests.");
    }
}
