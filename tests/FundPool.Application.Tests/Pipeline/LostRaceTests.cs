using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Pipeline;

/// <summary>A form sent several times at once: it happens once, and the others are told so.</summary>
public sealed class LostRaceTests : IAsyncLifetime
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
    public async Task RegisterLoan_SentSixTimesAtOnce_RegistersOnce()
    {
        Outcome<long>[] all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => portal.SendAsync(maker, new RegisterLoan.Command(LoanRows.Sound("JJ-RACE")))));

        all.Count(outcome => outcome.Succeeded).ShouldBe(1);
        all.Where(outcome => !outcome.Succeeded).ShouldAllBe(outcome => outcome.Problems.Single().Code == "exists");
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.loan")).ShouldBe(1);
    }

    [Fact]
    public async Task EditLoan_SentSixTimesAtOnce_ChangesOnce()
    {
        long loan = await portal.RegisterAsync(maker, "JJ-EDIT");

        Outcome<long>[] all = await Task.WhenAll(Enumerable.Range(1, 6).Select(n =>
            portal.SendAsync(maker, new EditLoan.Command(loan, LoanRows.Sound("JJ-EDIT", ("purpose", $"采购原材料{n}")), 1))));

        all.Count(outcome => outcome.Succeeded).ShouldBe(1);
        (await portal.Database.ScalarAsync<int>("select version from loan.loan")).ShouldBe(2);
    }

    [Fact]
    public async Task ProposeCorrection_SentSixTimesAtOnce_WaitsOnce()
    {
        long loan = await portal.RegisterAsync(maker, "JJ-CORR");

        Outcome<long>[] all = await Task.WhenAll(Enumerable.Range(1, 6).Select(_ =>
            portal.SendAsync(maker, new ProposeCorrection.Command(loan, LoanRows.Sound("JJ-CORR", ("purpose", "采购设备")), "登记有误", 1))));

        all.Count(outcome => outcome.Succeeded).ShouldBe(1);
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.correction")).ShouldBe(1);
    }
}
