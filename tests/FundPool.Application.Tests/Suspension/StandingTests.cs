using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Suspension;
using FundPool.Domain.Kernel;
using FundPool.Domain.Suspension;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Suspension;

/// <summary>The ratio of a.17 at its thresholds, to the fen, through the reports that move it.</summary>
public sealed class StandingTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 3, 15);
    private TestPortal portal = null!;
    private TestActor maker = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Theory]
    [InlineData("2499999.99", "97500000.01", "Good")]
    [InlineData("2500000.00", "97500000.00", "Warned")]
    [InlineData("3000000.00", "97000000.00", "Warned")]
    [InlineData("3000000.01", "96999999.99", "Suspended")]
    [InlineData("3000000.00", "96999999.99", "Suspended")]
    public async Task Ratio_AtItsThresholds_IsComparedToTheFen(string bad, string good, string standing)
    {
        long loan = await HundredMillionAsync(bad, good);

        ReportClassification.Effect effect = (await ReportAsync(loan, "substandard", bad, keep: true)).Value;

        effect.StandingAfter.ToString().ShouldBe(standing);
        effect.After.NplPrincipal.ToString().ShouldBe(bad);
        (await CrossingsAsync()).ShouldBe(standing == "Good" ? [] : [$"{standing.ToLowerInvariant()} {bad}"]);
    }

    [Fact]
    public async Task Bank_WithNothingRegistered_StandsWell()
    {
        ListStandings.Answer answer = await portal.SendAsync(await portal.ReviewerAsync(), new ListStandings.Query());

        answer.Rows.Select(r => (r.Code, r.Standing, r.Figures.Ratio.ToString())).ShouldBe([("B001", Standing.Good, "0.000000"), ("B002", Standing.Good, "0.000000")]);
    }

    [Fact]
    public async Task LookAhead_ShowsTheEffect_AndWritesNothing()
    {
        long loan = await HundredMillionAsync("3000000.01", "96999999.99");
        long events = await portal.Database.ScalarAsync<long>("select count(*) from audit.event");

        ReportClassification.Effect effect = (await ReportAsync(loan, "loss", "3000000.01", keep: false)).Value;

        (effect.ClassBefore, effect.ClassAfter, effect.NplSinceAfter, effect.StandingBefore, effect.StandingAfter).ShouldBe(("normal", "loss", (DateOnly?)Day, Standing.Good, Standing.Suspended));
        (effect.Before.Ratio.ToString(), effect.After.Ratio.ToString()).ShouldBe(("0.000000", "0.030000"));
        (await portal.Database.ScalarAsync<string>("select risk_class from loan.loan where id = $1", loan)).ShouldBe("normal");
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.classification")).ShouldBe(0);
        (await portal.Database.ScalarAsync<long>("select count(*) from audit.event")).ShouldBe(events);
        (await CrossingsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task SuspendedBank_AtThreePerCent_Resumes_AndBelowTheWarningStandsWell()
    {
        long loan = await HundredMillionAsync("3000000.01", "96999999.99");
        await ReportAsync(loan, "substandard", "3000000.01", keep: true);

        // Two fen more of good loans bring the ratio to three per cent and under; then enough to go below the warning.
        await portal.RegisterAsync(maker, "MORE-1", ("principal", "0.34"), ("total_balance", "1.00"));
        (await CrossingsAsync()).ShouldBe(["suspended 3000000.01", "warned 3000000.01"]);
        for (int n = 0; n < 3; n++)
        {
            await portal.RegisterAsync(maker, "MORE-" + (n + 2).ToString(System.Globalization.CultureInfo.InvariantCulture), ("principal", "8000000.00"), ("total_balance", "8000000.00"));
        }

        (await CrossingsAsync()).ShouldBe(["suspended 3000000.01", "warned 3000000.01", "good 3000000.01"]);
    }

    [Fact]
    public async Task Upgrade_OfTheLoan_Resumes()
    {
        long loan = await HundredMillionAsync("3000000.01", "96999999.99");
        await ReportAsync(loan, "substandard", "3000000.01", keep: true);

        await ReportAsync(loan, "normal", "3000000.01", keep: true, day: new DateOnly(2026, 3, 17));

        ShowStanding.Answer standing = (await portal.SendAsync(maker, new ShowStanding.Query(portal.Bank("B001")))).Value;
        (standing.Standing, standing.Figures.NplLoans).ShouldBe((Standing.Good, 0L));
        standing.Crossings.Select(c => (c.Value, c.Cause, c.MeasuredOn)).ShouldBe(
            [("good", "ReportClassification", new DateOnly(2026, 3, 18)), ("suspended", "ReportClassification", new DateOnly(2026, 3, 18))]);
    }

    [Fact]
    public async Task BackDatedReport_SaysSo_AndLeavesTheLaterClass()
    {
        long loan = await HundredMillionAsync("1000000.00", "99000000.00");
        await ReportAsync(loan, "substandard", "1000000.00", keep: true, day: new DateOnly(2026, 3, 16));

        ReportClassification.Effect effect = (await ReportAsync(loan, "special_mention", "1000000.00", keep: true, day: new DateOnly(2026, 3, 12))).Value;

        (effect.IsBackDated, effect.ClassAfter, effect.NplSinceAfter).ShouldBe((true, "substandard", (DateOnly?)new DateOnly(2026, 3, 16)));
    }

    [Theory]
    [InlineData("2026-03-19", "1000000.00", "valueDate")]
    [InlineData("2026-03-09", "1000000.00", "valueDate")]
    [InlineData("2026-03-15", "1000000.01", "outstanding")]
    public async Task Report_OutOfRange_IsSentBackAtItsField(string day, string outstanding, string field)
    {
        long loan = await HundredMillionAsync("1000000.00", "99000000.00");

        Outcome<ReportClassification.Effect> outcome = await ReportAsync(loan, "loss", outstanding, keep: true, day: DateOnly.ParseExact(day, "yyyy-MM-dd"));

        outcome.Problems.ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    [Fact]
    public async Task Report_WithoutItsFields_NamesThemInChinese()
    {
        long loan = await portal.RegisterAsync(maker, "JJ-1");

        Outcome<ReportClassification.Effect> outcome = await portal.SendAsync(maker, new ReportClassification.Command(loan, "worse", null, null, -1, true));

        outcome.Problems.Select(p => $"{p.Field} {p.Code} {p.Message.Zh}").ShouldBe(
            ["riskClass unknown_code 请选择五级分类", "valueDate required 请填写认定日期", "outstanding required 请填写认定日的本金余额", "overdueDays range 逾期天数不能小于 0"]);
    }

    [Fact]
    public async Task Bank_AskingForAnotherBanksStanding_FindsNothing()
    {
        (await portal.SendAsync(maker, new ShowStanding.Query(portal.Bank("B002")))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(maker, new ListStandings.Query())).Rows.ShouldHaveSingleItem().Code.ShouldBe("B001");
    }

    [Fact]
    public async Task ReportsOnManyLoansAtOnce_WriteEachCrossingOnce()
    {
        List<long> loans = [];
        for (int n = 0; n < 20; n++)
        {
            loans.Add(await portal.RegisterAsync(maker, "P-" + n.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        await Task.WhenAll(loans.Select(loan => ReportAsync(loan, "loss", "4500000.00", keep: true)));

        (await CrossingsAsync()).ShouldBe(["suspended 4500000.00"]);
        (await Verification.VerifyDatabase.RunAsync(portal.Database.Owner, _ => { }, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DailyMeasurement_WritesDownWhatNoWriteHasMeasured_OnceADay()
    {
        long loan = await HundredMillionAsync("3000000.01", "96999999.99");
        // As if an earlier version had not measured: the report is there, the crossing isn't.
        await portal.Database.ExecuteAsync("update loan.loan set risk_class = 'loss', class_date = '2026-03-15', npl_since = '2026-03-15' where id = $1", loan);
        MeasureEveryBank daily = new(portal.Database.App, portal.Rules);

        (await daily.RunAsync(CancellationToken.None)).ShouldBe(2);
        (await daily.RunAsync(CancellationToken.None)).ShouldBe(0);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        (await daily.RunAsync(CancellationToken.None)).ShouldBe(2);

        (await CrossingsAsync()).ShouldBe(["suspended 3000000.01"]);
        (await portal.Database.ColumnAsync("select cause || ' ' || measured_on from loan.standing")).ShouldBe(["MeasureEveryBank 2026-03-18"]);
    }

    // One loan that will turn bad and good ones beside it, none larger than what may be registered.
    private async Task<long> HundredMillionAsync(string bad, string good)
    {
        long loan = await portal.RegisterAsync(maker, "BAD", ("principal", bad), ("total_balance", "10000000.00"));
        decimal left = decimal.Parse(good, System.Globalization.CultureInfo.InvariantCulture);
        for (int n = 0; left > 0; n++, left -= 25_000_000m)
        {
            await portal.RegisterAsync(maker, "GOOD-" + n.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ("principal", Math.Min(left, 25_000_000m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)), ("total_balance", "30000000.00"));
        }

        return loan;
    }

    private Task<Outcome<ReportClassification.Effect>> ReportAsync(long loan, string risk, string outstanding, bool keep, DateOnly? day = null) =>
        portal.SendAsync(maker, new ReportClassification.Command(loan, risk, day ?? Day, Money.Parse(outstanding), null, keep));

    private Task<List<string?>> CrossingsAsync() => portal.Database.ColumnAsync(
        "select standing || ' ' || (npl_principal_fen / 100.0)::numeric(20, 2) from loan.standing where bank_id = $1 order by id", portal.Bank("B001"));
}
