using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Ledger;

/// <summary>What the database refuses by itself, whoever asks.</summary>
public sealed class LedgerFenceTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        await portal.AppropriateAsync("1000.00");
    }

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Theory]
    [InlineData("update ledger.entry set memo = 'x'", "append-only")]
    [InlineData("delete from ledger.posting", "append-only")]
    [InlineData("truncate ledger.posting", "append-only")]
    [InlineData("insert into ledger.posting (pool_id, entry_id, n, account, fen) select pool_id, id, 3, 'equity', 5 from ledger.entry", "adds up to nothing")]
    [InlineData("insert into ledger.posting (pool_id, entry_id, n, account, fen) select pool_id, id, n, 'equity', (n * 2 - 7) from (select pool_id, id, generate_series(3, 4) n from ledger.entry) e", "written whole")]
    [InlineData("insert into ledger.entry (pool_id, kind, booked_on, memo, document, made_by, made_by_name, approved_by, approved_by_name, key) select pool_id, kind, booked_on, memo, document, 1, 'a', 2, 'b', 'empty' from ledger.entry", "does not balance")]
    [InlineData("insert into ledger.entry (pool_id, kind, booked_on, memo, document, made_by, made_by_name, approved_by, approved_by_name, key) select pool_id, kind, booked_on, memo, document, 1, 'a', 1, 'a', 'own' from ledger.entry", "entry_check")]
    [InlineData("update ledger.balance set fen = fen - 100001 where account = 'special'", "never_overdrawn")]
    public async Task Ledger_TouchedByTheSuperuser_Refuses(string sql, string says) =>
        (await Should.ThrowAsync<PostgresException>(() => portal.Database.ExecuteAsync(sql))).Message.ShouldContain(says);

    [Theory]
    [InlineData("insert into ledger.posting (pool_id, entry_id, n, account, fen) values (1, 1, 9, 'special', 5)")]
    [InlineData("insert into ledger.entry (pool_id, kind) values (1, 'interest')")]
    [InlineData("update ledger.balance set fen = 0")]
    [InlineData("delete from ledger.once")]
    [InlineData("update ledger.claim_total set fen = 0")]
    public async Task Ledger_WrittenByHandInThePoolsScope_IsForbidden(string sql)
    {
        TestActor chief = await portal.TreasurerAsync(Role.Chief);

        (await Should.ThrowAsync<PostgresException>(() => portal.Database.ExecuteAsync(chief.Acting, sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("select count(*) from ledger.entry")]
    [InlineData("select count(*) from ledger.balance")]
    [InlineData("select ledger.post('interest', '2026-01-01', 'm', 'd', 1, 'a', 2, 'b', null, 'k', array['special', 'interest'], array[5, -5]::bigint[], array[null, null]::int[], array[null, null]::bigint[])")]
    public async Task Ledger_AskedByABank_IsForbidden(string sql)
    {
        TestActor maker = await portal.MakerAsync();

        (await Should.ThrowAsync<PostgresException>(() => portal.Database.ColumnAsync(maker.Acting, sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Post_OfMoreThanLiesThere_AnswersNothingAndWritesNothing()
    {
        TestActor chief = await portal.TreasurerAsync(Role.Chief);

        List<string?> answer = await portal.Database.ColumnAsync(chief.Acting,
            "select ledger.post('interest', '2026-01-01', 'm', 'd', 1, 'a', 2, 'b', null, 'too-much', array['special', 'interest'], array[-100001, 100001]::bigint[], array[null, null]::int[], array[null, null]::bigint[])");

        answer.ShouldBe([null]);
        (await portal.Database.ScalarAsync<long>("select count(*) from ledger.entry")).ShouldBe(1);
        (await portal.BalanceAsync()).ShouldBe(100_000);
    }
}
