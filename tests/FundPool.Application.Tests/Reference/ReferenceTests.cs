using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Reference;

/// <summary>What an administrator changes in the calendar and the rates holds for the next ruling, and is written down.</summary>
public sealed class ReferenceTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor administrator = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        administrator = await portal.PersonAsync("PLATFORM", OrganisationKind.Platform, Role.PlatformAdministrator);
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task CalendarYear_TakenOutAndEnteredAgain_MakesDeadlinesProvisionalAndDefinite()
    {
        TestActor maker = await portal.MakerAsync();
        long loan = await portal.RegisterAsync(maker, "JJ-1");
        (await WindowAsync(maker, loan)).ShouldBe("2026-04-22 definite");

        (await portal.SendAsync(administrator, new RemoveCalendarYear.Command(2026, "录入有误"))).Succeeded.ShouldBeTrue();
        // Plain weekends only: without Qingming's Monday the fifteenth working day is the 21st.
        (await WindowAsync(maker, loan)).ShouldBe("2026-04-21 provisional");
        (await portal.SendAsync(administrator, new AddCalendarYear.Command(2026, "https://www.gov.cn/2026", "2026-04-06,holiday,清明节"))).Value.ShouldBe(1);

        (await WindowAsync(maker, loan)).ShouldBe("2026-04-22 definite");
        (await portal.Database.ColumnAsync("select distinct action || ' ' || coalesce(reason, '-') from audit.event where entity = 'reference.calendar_day' and person_id = $1 order by 1", administrator.Person))
            .ShouldBe(["AddCalendarYear -", "RemoveCalendarYear 录入有误"]);
    }

    [Fact]
    public async Task PrimeRate_OfAMonthThatHasOne_IsSentBack_AndWithoutAReasonNoneIsTakenOut()
    {
        string first = (await portal.Database.ScalarAsync<string>("select max(published_on)::text from reference.loan_prime_rate where published_on <= '2026-03-18'"))!;
        DateOnly day = DateOnly.ParseExact(first, "yyyy-MM-dd");

        (await portal.SendAsync(administrator, new AddPrimeRate.Command(day, 3.00m, 3.50m, "https://www.chinamoney.com.cn"))).Problems.ShouldHaveSingleItem().Code.ShouldBe("exists");
        (await portal.SendAsync(administrator, new RemovePrimeRate.Command(day, ""))).Problems.ShouldHaveSingleItem().Code.ShouldBe("required");
        (await portal.SendAsync(administrator, new RemovePrimeRate.Command(day, "数字录错"))).Succeeded.ShouldBeTrue();
        (await portal.SendAsync(administrator, new AddPrimeRate.Command(day, 9.99m, 9.99m, "https://www.chinamoney.com.cn"))).Succeeded.ShouldBeTrue();
        (await portal.SendAsync(administrator, new AddPrimeRate.Command(day.AddMonths(-60), 3.005m, null, "gov.cn"))).Problems.Select(p => $"{p.Field} {p.Code}")
            .ShouldBe(["oneYear range", "fiveYear range", "source format"]);
    }

    [Theory]
    [InlineData(OrganisationKind.Bank, "B001", Role.Maker)]
    [InlineData(OrganisationKind.Reviewer, "GXT", Role.Chief)]
    [InlineData(OrganisationKind.Authority, "GXJ", Role.Chief)]
    [InlineData(OrganisationKind.Auditor, "SJJ", Role.Auditor)]
    public async Task EverybodyElse_MayNotTouchTheReferenceData(OrganisationKind kind, string organisation, Role role)
    {
        TestActor other = await portal.PersonAsync(organisation, kind, role);

        await Should.ThrowAsync<PermissionDeniedException>(() => portal.SendAsync(other, new RemoveCalendarYear.Command(2026, "不行")));
    }

    private async Task<string> WindowAsync(TestActor maker, long loan)
    {
        Domain.Calendar.Deadline due = (await portal.SendAsync(maker, new OpenLoanForm.Query(loan))).Value.Window;
        return $"{due.Due:yyyy-MM-dd} {(due.Provisional ? "provisional" : "definite")}";
    }
}
