using FundPool.Application.Imports;
using FundPool.Application.Suspension;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Suspension;

public sealed class MeasureEveryBankTests
{
    [Fact]
    public async Task MeasureEveryBank_TwiceADay_MeasuresOnceAndAgainTheNextDay()
    {
        await using TestPortal portal = await TestPortal.OpenAsync();
        MeasureEveryBank measure = new(portal.Database.App, portal.Rules);

        (await measure.RunAsync(CancellationToken.None)).ShouldBe(2);
        (await measure.RunAsync(CancellationToken.None)).ShouldBe(0);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        (await measure.RunAsync(CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task MeasureEveryBank_ACrossingNobodyWrote_IsKeptOnce()
    {
        await using TestPortal portal = await TestPortal.OpenAsync();
        TestActor maker = await portal.MakerAsync();
        await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv("JJ", 2));
        int bank = portal.Bank("B001");
        await portal.Database.ExecuteAsync("update loan.loan set risk_class = 'loss', npl_since = '2026-03-17' where note_no = 'JJ-00001'");
        MeasureEveryBank measure = new(portal.Database.App, portal.Rules);

        await measure.RunAsync(CancellationToken.None);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        await measure.RunAsync(CancellationToken.None);

        (await portal.Database.ScalarAsync<string>("select string_agg(standing || ' ' || npl_loans || ' ' || cause, ';') from loan.standing where bank_id = $1", bank))
            .ShouldBe("suspended 1 MeasureEveryBank");
    }
}
