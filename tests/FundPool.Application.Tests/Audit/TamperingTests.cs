using FundPool.Application.Verification;
using FundPool.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Audit;

/// <summary>A superuser with every trigger off changes the record by hand; the chain names the first place that doesn't hold (practices D8).</summary>
public sealed class TamperingTests : IAsyncLifetime
{
    private const int Events = 60;
    private const int Chain = 7001;
    private const int Untouched = 7002;
    private TestDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        foreach (int chain in (int[])[Chain, Untouched])
        {
            // Two writes of many events, as an import makes them, and a row each, as a form does; texts with the canonical form's own separator.
            await database.ExecuteAsync($"""
                select set_config('app.organisation', '{chain}', false), set_config('app.person_name', '张|三', false), set_config('app.reason', '改|错字', false);
                select audit.append('Test', 'loan.loan', array_agg(1), array_agg(2), array_agg('1/2/' || n), array_agg('before ' || n), array_agg('after|' || n)) from generate_series(1, 25) n;
                select audit.append('Test', 'loan.loan', array_agg(1), array_agg(2), array_agg('1/2/' || n), array_agg(null::text), array_agg('after|' || n)) from generate_series(26, 50) n;
                select audit.note('Look', 'loan.loan', '1/2/' || n, null) from generate_series(51, 60) n;
                select set_config('app.organisation', '', false), set_config('app.person_name', '', false), set_config('app.reason', '', false)
                """);
        }
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    public static TheoryData<string, string, int> ByHand => new()
    {
        // What is done; what it breaks; the first event that doesn't hold.
        { "update audit.event set after = 'after|999' where chain = 7001 and seq = 12", "altered", 12 },
        { "update audit.event set before = null where chain = 7001 and seq = 3", "altered", 3 },
        { "update audit.event set reason = null where chain = 7001 and seq = 60", "altered", 60 },
        { "update audit.event set article = '19(1)' where chain = 7001 and seq = 1", "altered", 1 },
        { "update audit.event set at = at + interval '1 microsecond' where chain = 7001 and seq = 33", "altered", 33 },
        { "update audit.event set person_name = '李四' where chain = 7001 and seq = 40", "altered", 40 },
        { "update audit.event set organisation_id = 7002 where chain = 7001 and seq = 41", "altered", 41 },
        { "update audit.event set action = 'Other', entity = 'loan.file' where chain = 7001 and seq = 42", "altered", 42 },
        { "update audit.event set hash = sha256('x') where chain = 7001 and seq = 20", "altered", 20 },
        // Words moved over the border of two fields: the same letters in the same order.
        { "update audit.event set person_name = '张', action = '三|Test' where chain = 7001 and seq = 30", "altered", 30 },
        { "update audit.event set before = before || '|' || 'after', after = substr(after, 7) where chain = 7001 and seq = 9", "altered", 9 },
        // Nothing told from nothing: a null made an empty text.
        { "update audit.event set before = '' where chain = 7001 and seq = 26", "altered", 26 },
        { "delete from audit.event where chain = 7001 and seq = 5", "missing", 5 },
        { "delete from audit.event where chain = 7001 and seq = 1", "missing", 1 },
        { "delete from audit.event where chain = 7001 and seq between 20 and 29", "missing", 20 },
        { "delete from audit.event where chain = 7001 and seq > 50", "head does not match the last event", 51 },
        { "delete from audit.event where chain = 7001 and seq = 60", "head does not match the last event", 60 },
        { "delete from audit.event where chain = 7001", "head does not match the last event", 1 },
        { "update audit.event set seq = -seq where chain = 7001 and seq in (10, 11); update audit.event set seq = 21 + seq where chain = 7001 and seq < 0", "altered", 10 },
        { "update audit.event set seq = 100 where chain = 7001 and seq = 30", "missing", 30 },
        { "update audit.event set seq = seq + 1000 where chain = 7001", "missing", 1 },
        { "update audit.event set chain = 7003 where chain = 7001 and seq = 60", "head does not match the last event", 60 },
        { "update audit.head set seq = 40 where chain = 7001", "head does not match the last event", 41 },
        { "update audit.head set seq = 70 where chain = 7001", "head does not match the last event", 61 },
        { "update audit.head set hash = sha256('x') where chain = 7001", "head does not match the last event", 61 },
        { "delete from audit.head where chain = 7001", "head does not match the last event", 61 },
        { "insert into audit.event select chain, 61, at, pool_id, bank_id, organisation_id, person_id, person_name, action, entity, entity_id, before, after, reason, article, trace_id, hash from audit.event where chain = 7001 and seq = 60", "altered", 61 },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public async Task Record_ChangedByHand_NamesTheFirstBadEvent(string sql, string problem, int seq)
    {
        List<string> breaks = await TamperAsync(sql);

        breaks.ShouldNotBeEmpty();
        breaks[0].ShouldBe($"7001 {seq} {problem}");
        breaks.ShouldAllBe(b => b.StartsWith("7001 ", StringComparison.Ordinal) || b.StartsWith("7003 ", StringComparison.Ordinal), "the other organisation's chain holds");
    }

    [Fact]
    public async Task Record_Untouched_Holds() => (await TamperAsync("select 1")).ShouldBeEmpty();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Record_ChangedAtRandom_NamesTheFirstBadEvent(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 15; round++)
        {
            // Up to three changes; the first place that they touch is the one that must be named.
            int[] places = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, Events + 1)).Distinct().Order()];
            List<string> deeds = [.. places.Select(place => random.Next(4) switch
            {
                0 => $"delete from audit.event where chain = {Chain} and seq = {place}",
                1 => $"update audit.event set entity_id = entity_id || ' ' where chain = {Chain} and seq = {place}",
                2 => $"update audit.event set hash = sha256(hash) where chain = {Chain} and seq = {place}",
                _ => $"update audit.event set after = 'x', before = 'y' where chain = {Chain} and seq = {place}",
            })];

            List<string> breaks = await TamperAsync(string.Join("; ", deeds));

            breaks.ShouldNotBeEmpty(string.Join("; ", deeds));
            breaks[0].ShouldStartWith($"{Chain} {places[0]} ", Case.Sensitive, string.Join("; ", deeds));
        }
    }

    [Fact]
    public async Task Verify_OfATamperedRecord_NamesCheckAndEvent()
    {
        await database.ExecuteAsync($"set session_replication_role = replica; update audit.event set reason = '改' where chain = {Chain} and seq = 17; set session_replication_role = origin");

        IReadOnlyList<Violation> violations = await VerifyDatabase.RunAsync(database.Owner, _ => { }, 10, CancellationToken.None);

        violations[0].ShouldBe(new Violation("audit_chain", "chain 7001, event 17", "altered"));
    }

    [Theory]
    [InlineData("update audit.event set reason = 'x'")]
    [InlineData("delete from audit.event")]
    [InlineData("truncate audit.event")]
    public async Task Record_ChangedEvenByItsOwner_IsRefusedByTheTrigger(string sql)
    {
        PostgresException refused = await Should.ThrowAsync<PostgresException>(() => database.ExecuteAsync(sql));

        refused.MessageText.ShouldBe("the audit record is append-only");
    }

    // Changes the record with every trigger off, looks, and undoes the change.
    private async Task<List<string>> TamperAsync(string sql)
    {
        await using NpgsqlConnection connection = await database.Owner.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
#pragma warning disable CA2100 // the statements stand above
        await using NpgsqlBatch batch = new(connection, transaction);
        batch.BatchCommands.Add(new("set local session_replication_role = replica"));
        foreach (string statement in sql.Split(';'))
        {
            batch.BatchCommands.Add(new(statement));
        }

#pragma warning restore CA2100
        await batch.ExecuteNonQueryAsync();
        await using NpgsqlCommand look = new("select chain || ' ' || seq || ' ' || problem from audit.breaks()", connection, transaction);
        List<string> breaks = [];
        await using NpgsqlDataReader reader = await look.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            breaks.Add(reader.GetString(0));
        }

        return breaks;
    }
}
