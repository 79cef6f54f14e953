using FundPool.Data;
using FundPool.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Schema;

/// <summary>The SQL files are the truth; EF's mapping is held against them, column by column.</summary>
public sealed class ModelTests(CatalogueTests.Fixture fixture) : IClassFixture<CatalogueTests.Fixture>
{
    // Columns of mapped tables that the mapping leaves out on purpose.
    private static readonly string[] Unmapped = [];

    // Tables that no entity maps: written and read by hand-written SQL alone.
    private static readonly string[] UnmappedTables = ["audit.head", "compensation.claim_file", "compensation.number", "compensation.public_attempt", "compensation.transition", "compensation.turn", "ledger.claim_total", "ledger.loan_total", "ledger.once", "loan.file_chunk", "public.schema_version", "reference.demonstration_clock", "reference.job_log", "reference.job_run", "reference.reckoned", "tenancy.turn"];

    [Fact]
    public async Task EveryMappedColumn_ExistsWithItsTypeAndNullability()
    {
        Dictionary<string, string> columns = await ColumnsAsync();

        List<string> wrong = [];
        foreach ((string name, IProperty property) in Mapped())
        {
            string expected = $"{property.GetColumnType()} {(property.IsNullable ? "null" : "not null")}";
            string actual = columns.GetValueOrDefault(name, "missing");
            if (actual != expected)
            {
                wrong.Add($"{name}: mapped {expected}, database {actual}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryColumn_OfAMappedTable_IsMapped()
    {
        HashSet<string> mapped = [.. Mapped().Select(m => m.Column)];
        HashSet<string> tables = [.. mapped.Select(c => c[..c.LastIndexOf('.')])];

        (await ColumnsAsync()).Keys.Where(c => tables.Contains(c[..c.LastIndexOf('.')]) && !mapped.Contains(c)).ShouldBe(Unmapped);
    }

    [Fact]
    public async Task EveryTable_IsMappedOrListed()
    {
        HashSet<string> tables = [.. Mapped().Select(m => m.Column[..m.Column.LastIndexOf('.')])];

        (await ColumnsAsync()).Keys.Select(c => c[..c.LastIndexOf('.')]).Distinct().Where(t => !tables.Contains(t)).Order(StringComparer.Ordinal).ShouldBe(UnmappedTables);
    }

    [Fact]
    public async Task EveryKey_IsThePrimaryKeyOfItsTable()
    {
        await using FundPoolDb db = new(FundPoolDb.Options(fixture.Database.Owner));
        List<string> mapped = [.. db.Model.GetEntityTypes()
            .Select(e => $"{e.GetSchema()}.{e.GetTableName()}: {string.Join(",", e.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()))}").Order(StringComparer.Ordinal)];

        List<string?> actual = await fixture.Database.ColumnAsync("""
            select x.indrelid::regclass::text || ': ' || string_agg(a.attname, ',' order by k.n)
            from pg_index x cross join unnest(x.indkey::int[]) with ordinality as k(attnum, n) join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum
            where x.indisprimary group by x.indrelid
            """);

        mapped.Where(key => !actual.Contains(key)).ShouldBeEmpty();
    }

    // Without precision, which EF needs not know; a computed column is as null as what it is computed from, here never.
    private async Task<Dictionary<string, string>> ColumnsAsync() => (await fixture.Database.ColumnAsync("""
            select n.nspname || '.' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, null) || case when a.attnotnull or a.attgenerated <> '' then ' not null' else ' null' end
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
              and n.nspname in ('tenancy', 'audit', 'reference', 'loan', 'compensation', 'settlement', 'ledger', 'public')
            """))
        .ToDictionary(line => line!.Split(' ', 2)[0], line => line!.Split(' ', 2)[1]);

    private List<(string Column, IProperty Property)> Mapped()
    {
        using FundPoolDb db = new(FundPoolDb.Options(fixture.Database.Owner));
        return [.. db.Model.GetEntityTypes().SelectMany(e => e.GetProperties().Select(p => ($"{e.GetSchema()}.{e.GetTableName()}.{p.GetColumnName()}", p)))];
    }
}
