using System.Globalization;
using FundPool.Application.Loans;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Audit;

public sealed class ChainTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync() => portal = await TestPortal.OpenAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task SixteenWriters_OnOneChain_KeepItWhole()
    {
        TestActor[] makers = [await portal.MakerAsync(), await portal.MakerAsync()];

        await Parallel.ForEachAsync(Enumerable.Range(0, 160), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (n, _) => await portal.RegisterAsync(makers[n % 2], "JJ-" + n.ToString(CultureInfo.InvariantCulture)));

        (await portal.Database.ColumnAsync("select problem from audit.breaks()")).ShouldBeEmpty();
        (await portal.Database.ScalarAsync<long>("select count(*) from audit.event where chain = $1 and entity = 'loan.loan'", portal.Bank("B001"))).ShouldBe(160);
        (await portal.Database.ScalarAsync<bool>("select max(seq) = count(*) from audit.event where chain = $1", portal.Bank("B001"))).ShouldBeTrue();
        (await portal.Database.ScalarAsync<decimal>("select sum(loans) from loan.summary")).ShouldBe(160m);
    }

    [Fact]
    public async Task TwoOrganisations_WriteChainsOfTheirOwn()
    {
        TestActor first = await portal.MakerAsync("B001"), second = await portal.MakerAsync("B002");

        await portal.RegisterAsync(first, "A-1");
        await portal.RegisterAsync(second, "B-1");
        await portal.RegisterAsync(first, "A-2");

        List<string?> events = await portal.Database.ColumnAsync("""
            select o.code || ' ' || e.seq from audit.event e join tenancy.organisation o on o.id = e.chain where e.entity = 'loan.loan' order by 1
            """);
        events.ShouldBe(["B001 1", "B001 2", "B002 1"]);
        (await portal.Database.ColumnAsync("select problem from audit.breaks()")).ShouldBeEmpty();
    }

    [Fact]
    public async Task UndoneTransaction_LeavesNoGapInTheChain()
    {
        TestActor maker = await portal.MakerAsync();
        await portal.RegisterAsync(maker, "JJ-1");
        (await portal.SendAsync(maker, new RegisterLoan.Command(LoanRows.Sound("JJ-1", ("branch", "他行"))))).Succeeded.ShouldBeFalse();
        await portal.RegisterAsync(maker, "JJ-2");

        (await portal.Database.ColumnAsync("select seq from audit.event where chain = $1 order by seq", portal.Bank("B001"))).ShouldBe(["1", "2"]);
        (await portal.Database.ColumnAsync("select problem from audit.breaks()")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Psql_ByHand_IsWrittenDownToo()
    {
        await portal.Database.ExecuteAsync("update tenancy.organisation set name = '改名银行' where code = 'B001'");

        (await portal.Database.ScalarAsync<string>("""
            select chain || ' ' || person_name || ' ' || action || ' ' || before || ' ' || after from audit.event where entity = 'tenancy.organisation' and action = 'UPDATE'
            """)).ShouldBe($$"""0 database:{{new Npgsql.NpgsqlConnectionStringBuilder(portal.Database.OwnerConnectionString).Username}} UPDATE {"name": "甲银行深圳分行"} {"name": "改名银行"}""");
    }
}
