using System.Globalization;
using FundPool.Application.DueDates;
using FundPool.Application.Messages;
using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.DueDates;

/// <summary>Warnings at 10, 5 and 1 days and when it is missed, each once, to whom it concerns.</summary>
public sealed class RemindOfDeadlinesTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync() => portal = await TestPortal.OpenAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Review_GoingBy_IsWarnedOfAtTenFiveAndOneDaysAndWhenMissed()
    {
        await portal.ClaimAsync("B001", ClaimState.Submitted); // due 2026-04-15

        await RemindOnAsync("2026-04-04");
        await RemindOnAsync("2026-04-05");
        await RemindOnAsync("2026-04-06");
        await RemindOnAsync("2026-04-10");
        await RemindOnAsync("2026-04-14");
        await RemindOnAsync("2026-04-15");
        await RemindOnAsync("2026-04-16");
        await RemindOnAsync("2026-04-17");

        (await portal.Database.ColumnAsync("select given_on || ' ' || band from compensation.reminder where code = 'review' order by given_on"))
            .ShouldBe(["2026-04-05 ten", "2026-04-10 five", "2026-04-14 one", "2026-04-16 missed"]);
        TestActor officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer);
        ListMessages.Row missed = (await portal.SendAsync(officer, new ListMessages.Query(ListMessages.Part.All))).Rows[0];
        missed.Title.Zh.ShouldEndWith("已逾期");
        missed.Note!.Value.Zh.ShouldBe("逾期的后果：列入超期清单，报主管部门（第20条第(1)项）");
    }

    [Fact]
    public async Task CreditReport_OfAClaimThatCameBack_IsNotMissedAgain()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Returned);

        await RemindOnAsync("2026-04-20");

        (await portal.Database.ColumnAsync("select band from compensation.reminder where code = 'credit_report' and about_id = $1", claim.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Review_Missed_IsToldToTheAuthorityBecauseTheRulebookSaysSo()
    {
        await portal.ClaimAsync("B001", ClaimState.Submitted);

        await RemindOnAsync("2026-04-16");

        TestActor authority = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Chief);
        (await portal.SendAsync(authority, new ListMessages.Query(ListMessages.Part.All))).Rows.ShouldHaveSingleItem().Title.Zh.ShouldStartWith("“审核补偿申请”");
    }

    [Fact]
    public async Task PaymentDocuments_Missed_AreToldToTheBanksAdministratorToo()
    {
        await portal.ClaimAsync("B001", ClaimState.Planned); // due 2026-03-20

        await RemindOnAsync("2026-03-23");

        TestActor administrator = await portal.PersonAsync("B001", OrganisationKind.Bank, Role.OrganisationAdministrator);
        (await portal.SendAsync(administrator, new ListMessages.Query(ListMessages.Part.All))).Rows.ShouldContain(row => row.Title.Zh.StartsWith("“提交拨款资料”", StringComparison.Ordinal));
        TestActor other = await portal.PersonAsync("B002", OrganisationKind.Bank, Role.OrganisationAdministrator);
        (await portal.SendAsync(other, new ListMessages.Query(ListMessages.Part.All))).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Day_DoneOnce_IsNotDoneAgain()
    {
        await portal.ClaimAsync("B001", ClaimState.Submitted);

        (await RemindOnAsync("2026-04-10")).ShouldBeGreaterThan(0);
        (await RemindOnAsync("2026-04-10")).ShouldBe(-1);
    }

    [Fact]
    public async Task Return_Unanswered_IsPressedAtHalfAMonthAndAMonth()
    {
        await portal.ClaimAsync("B001", ClaimState.Returned); // on 2026-03-16

        await RemindOnAsync("2026-03-30");
        (await PressedAsync()).ShouldBeEmpty();
        await RemindOnAsync("2026-03-31");
        await RemindOnAsync("2026-04-01");
        await RemindOnAsync("2026-04-15");

        (await PressedAsync()).ShouldBe(["2026-03-31 half_month", "2026-04-15 month"]);
        TestActor administrator = await portal.PersonAsync("B001", OrganisationKind.Bank, Role.OrganisationAdministrator);
        (await portal.SendAsync(administrator, new ListMessages.Query(ListMessages.Part.All))).Rows.Select(row => row.Title.Zh).ShouldContain(title => title.EndsWith("退回 15 天未补正", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Returned_Listed_SaysForHowLongAndToTheBankItsOwnOnly()
    {
        await portal.ClaimAsync("B001", ClaimState.Returned);
        await portal.ClaimAsync("B002", ClaimState.Returned);
        portal.Clock.Set(new DateTimeOffset(2026, 3, 26, 9, 0, 0, TimeSpan.FromHours(8)));

        (await portal.SendAsync(await portal.ReviewerAsync(), new ListReturned.Query())).Select(row => row.Days).ShouldBe([10, 10]);
        (await portal.SendAsync(await portal.MakerAsync("B002"), new ListReturned.Query())).ShouldHaveSingleItem().Bank.ShouldBe(portal.Bank("B002"));
    }

    [Fact]
    public async Task Deadlines_OfABank_AreItsOwnNearestFirst()
    {
        await portal.BadLoanAsync("B001");
        await portal.ClaimAsync("B001", ClaimState.Submitted);
        await portal.ClaimAsync("B002", ClaimState.Planned);
        await portal.Database.ExecuteAsync("update compensation.notice set over_at = now()");

        ListDeadlines.Answer own = await portal.SendAsync(await portal.MakerAsync("B001"), new ListDeadlines.Query());
        ListDeadlines.Answer all = await portal.SendAsync(await portal.ReviewerAsync(), new ListDeadlines.Query());

        own.Lines.Select(line => $"{line.Rule.Code} {line.Deadline.Due:yyyy-MM-dd}").ShouldBe(["review 2026-04-15", "register 2026-04-22", "claim 2026-06-12"]);
        all.Lines.Select(line => $"{line.Rule.Code} {line.Deadline.Due:yyyy-MM-dd}").ShouldBe(["payment_documents 2026-03-20", "review 2026-04-15", "register 2026-04-22", "claim 2026-06-12"]);
        all.Bands[CountdownBand.FiveDays].ShouldBe(1);
    }

    [Fact]
    public async Task ClaimWindow_WithADraftOnly_StillRuns()
    {
        await portal.ClaimAsync("B001", ClaimState.Draft);

        ListDeadlines.Answer own = await portal.SendAsync(await portal.MakerAsync("B001"), new ListDeadlines.Query("claim"));

        own.Lines.ShouldHaveSingleItem().Deadline.Due.ShouldBe(new DateOnly(2026, 6, 12));
    }

    [Fact]
    public async Task Deadlines_OfTheTreasurer_NameNoLoans()
    {
        await portal.BadLoanAsync("B001");
        TestActor treasurer = await portal.PersonAsync("JRZX", OrganisationKind.Treasurer, Role.Officer);

        (await portal.SendAsync(treasurer, new ListDeadlines.Query())).Lines.ShouldBeEmpty();
    }

    private Task<List<string?>> PressedAsync() => portal.Database.ColumnAsync("select given_on || ' ' || band from compensation.reminder where code = 'returned' order by given_on");

    private Task<int> RemindOnAsync(string day)
    {
        portal.Clock.Set(DateTimeOffset.Parse(day + "T09:00:00+08:00", CultureInfo.InvariantCulture));
        return new RemindOfDeadlines(portal.Database.App, portal.Rules).RunAsync(CancellationToken.None);
    }
}
