using System.Collections.Concurrent;
using FundPool.Application.Loans;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Fences;

/// <summary>Twenty banks take turns on five connections, one request in ten cancelled or thrown: nothing of one ever shows to another (practices D3).</summary>
public sealed class ManyTenantsTests : IAsyncLifetime
{
    private const int Banks = 20;
    private const int Requests = 4000;
    private TestDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""
            insert into tenancy.organisation (pool_id, kind, code, name) select $1, 'bank', 'T' || n, '租户' || n from generate_series(1, 20) n
            """, database.Pool);
        // Every bank has the same five loans but for its own name in them, so that a foreign row gives itself away.
        await database.ExecuteAsync("""
            insert into loan.loan (pool_id, bank_id, contract_no, note_no, borrower_name, borrower_key, borrower_id_shown, borrower_kind, industry, loan_date,
              maturity_date, currency, currency_principal, fx_rate, principal_fen, annual_rate, product, purpose, security, features, qualifications,
              total_balance_fen, other_cover, registered_on, rulebook, expected_share_bp, content_hash, search_grams)
            select o.pool_id, o.id, 'HT' || n, 'JJ' || n, '借款企业' || o.id, '91440300192317458F', '91440300192317458F', 'small', 'C39', '2026-03-10',
              '2027-03-10', 'CNY', 1000, 1, 100000, 0.03, 'working_capital', '周转', '{guarantee}', '{}', '{}', 100000, 'none', '2026-03-10', 'shenzhen-2024', 4000,
              gen_random_uuid(), array[o.id || ':借款', o.id || ':款企', o.id || ':企业']
            from tenancy.organisation o cross join generate_series(1, 5) n where o.code like 'T%'
            """);
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task TwentyBanks_OnFiveConnections_SeeNoForeignRow()
    {
        List<string?> ids = await database.ColumnAsync("select id from tenancy.organisation where code like 'T%' order by id");
        ids.Count.ShouldBe(Banks);
        int[] banks = [.. ids.Select(id => int.Parse(id!, System.Globalization.CultureInfo.InvariantCulture))];
        await using NpgsqlDataSource five = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.AppConnectionString) { MaxPoolSize = 5 }.ConnectionString);
        ConcurrentBag<string> foreign = [];
        int answered = 0, ended = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (n, _) =>
        {
            int bank = banks[n * 7 % Banks];
            try
            {
                foreach (string row in await RequestAsync(five, bank, n))
                {
                    if (row != "借款企业" + bank.ToString(System.Globalization.CultureInfo.InvariantCulture))
                    {
                        foreign.Add($"bank {bank} saw {row}");
                    }
                }

                Interlocked.Increment(ref answered);
            }
            catch (Exception wanted) when (wanted is OperationCanceledException or PostgresException or InvalidOperationException)
            {
                Interlocked.Increment(ref ended);
            }
        });

        foreign.ShouldBeEmpty();
        (answered + ended).ShouldBe(Requests);
        ended.ShouldBeGreaterThan(Requests / 20);
        answered.ShouldBeGreaterThan(Requests * 8 / 10);
    }

    [Fact]
    public async Task Connection_BackInThePool_RemembersNoTenant()
    {
        await using NpgsqlDataSource one = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.AppConnectionString) { MaxPoolSize = 1 }.ConnectionString);
        int bank = await database.ScalarAsync<int>("select min(id) from tenancy.organisation where code like 'T%'");
        (await RequestAsync(one, bank, 0)).Count.ShouldBe(5);

        await using NpgsqlCommand after = one.CreateCommand("select coalesce(nullif(current_setting('app.bank', true), ''), 'none') || ' ' || current_user");

        (await after.ExecuteScalarAsync()).ShouldBe("none fundpool_app");
    }

    // Three kinds of request, and of every twenty one is cancelled in the middle and one fails inside the database.
    private async Task<List<string>> RequestAsync(NpgsqlDataSource source, int bank, int n)
    {
        using CancellationTokenSource patience = new();
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(new Acting(Scope.Bank, database.Pool, bank, bank, null, "租户"), new Cause("Test"), patience.Token);
        List<string> seen = (n % 3) switch
        {
            0 => await db.Loans.AsNoTracking().Select(l => l.BorrowerName).ToListAsync(patience.Token),
            1 => [.. (await db.ColumnAsync("select l.borrower_name from loan.search('借款', array['借款'], 100) s join loan.loan l on l.bank_id = s.bank_id and l.id = s.id")).OfType<string>()],
            _ => await db.Loans.AsNoTracking().Where(l => l.NoteNo == "JJ3").Select(l => l.BorrowerName).ToListAsync(patience.Token),
        };
        switch (n % 20)
        {
            case 7:
                patience.CancelAfter(TimeSpan.FromMilliseconds(1));
                await db.Database.ExecuteSqlAsync($"select pg_sleep(0.2)", patience.Token);
                break;
            case 13:
                await db.Database.ExecuteSqlAsync($"select 1 / 0");
                break;
            case 17:
                throw new InvalidOperationException("a bug of the handler");
        }

        await transaction.CommitAsync(CancellationToken.None);
        return seen;
    }
}
