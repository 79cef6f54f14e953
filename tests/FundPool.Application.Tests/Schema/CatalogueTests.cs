using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Schema;

/// <summary>The fences as PostgreSQL's own catalogue has them (practices C3, bar D1): a table that lacks one fails here by name.</summary>
public sealed class CatalogueTests(CatalogueTests.Fixture fixture) : IClassFixture<CatalogueTests.Fixture>
{
    // A tenant table is one whose rows belong to a pool's bank or organisation; the organisations themselves are one too.
    private const string TenantTables = """
        select c.oid, n.nspname || '.' || c.relname as name,
               (select max(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attname in ('bank_id', 'organisation_id') and not a.attisdropped) as owner
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname in ('tenancy', 'audit', 'reference', 'loan', 'compensation', 'settlement', 'ledger')
          and (exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('bank_id', 'organisation_id') and not a.attisdropped)
               or c.oid = 'tenancy.organisation'::regclass)
        """;

    private const string ScopeRoles =
        "select oid, rolname from pg_roles where rolname in ('fundpool_bank', 'fundpool_pool', 'fundpool_auditor', 'fundpool_platform', 'fundpool_identity', 'fundpool_job', 'fundpool_search', 'fundpool_public')";

    // Keys that do not lead with the tenant, each for a reason.
    private static readonly string[] LeadsElsewhere =
    [
        "audit.event event_pkey",                       // the chain and its number: what the hash runs over; nobody can insert
        "compensation.paper paper_code",                // 128 random bits: whoever holds a paper belongs to no tenant
        "tenancy.organisation organisation_id_key",     // ids are drawn from one sequence, so that a token can name an organisation by one number
        "tenancy.person person_id_key",                 // as above
        "tenancy.person person_normalized_user_name_key", // one name signs in to the whole installation
        "tenancy.saved_view saved_view_id_key",         // drawn from one sequence
        "tenancy.session session_pkey",                 // the digest of a random secret: found before anybody is known
    ];

    [Fact]
    public async Task TenantTables_AreThere() =>
        (await fixture.Database.ColumnAsync($"select name from ({TenantTables}) t order by 1")).ShouldBe(
        [
            "audit.event", "compensation.bank_status", "compensation.batch_item", "compensation.claim", "compensation.claim_file", "compensation.claim_version", "compensation.deficiency", "compensation.material",
            "compensation.objector", "compensation.paper", "compensation.payment_item", "compensation.payment_order", "compensation.payout", "compensation.payout_paper", "compensation.plan_item",
            "compensation.reminder", "compensation.review", "compensation.step", "ledger.claim_total", "ledger.loan_total", "loan.classification",
            "loan.correction", "loan.document", "loan.draft", "loan.file", "loan.file_chunk", "loan.import_batch", "loan.import_error",
            "loan.import_progress", "loan.loan", "loan.standing", "loan.summary", "tenancy.mail", "tenancy.message", "tenancy.message_read",
            "tenancy.organisation", "tenancy.person",
            "tenancy.person_role", "tenancy.recovery_code", "tenancy.saved_view", "tenancy.session",
        ]);

    [Fact]
    public Task TenantTable_WithoutForcedRowSecurity_DoesNotExist() => NoneAsync($"""
        select name from ({TenantTables}) t join pg_class c using (oid) where not (c.relrowsecurity and c.relforcerowsecurity)
        """);

    [Fact]
    public Task Scope_WithAGrantOnATenantTable_HasAPolicyThere() => NoneAsync($"""
        select t.name || ' ' || r.rolname || ' ' || g.privilege
        from ({TenantTables}) t cross join ({ScopeRoles}) r
        cross join (values ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) g(privilege, command)
        where (has_table_privilege(r.oid, t.oid, g.privilege) or (g.privilege in ('UPDATE', 'INSERT') and has_any_column_privilege(r.oid, t.oid, g.privilege)))
          and not exists (select from pg_policy p where p.polrelid = t.oid and r.oid = any (p.polroles) and p.polcmd in ('*', g.command::"char"))
        """);

    [Fact]
    public Task Policy_OfAWriter_ChecksWhatIsWritten() => NoneAsync($"""
        select t.name || ' ' || p.polname from ({TenantTables}) t join pg_policy p on p.polrelid = t.oid
        where p.polcmd <> 'r' and (p.polqual is null and p.polcmd <> 'a' or p.polwithcheck is null)
        """);

    [Fact]
    public Task Policy_OfABankOrPoolOrAuditor_NamesThePool() => NoneAsync($"""
        select t.name || ' ' || p.polname from ({TenantTables}) t join pg_policy p on p.polrelid = t.oid join ({ScopeRoles}) r on r.oid = any (p.polroles)
        where r.rolname in ('fundpool_bank', 'fundpool_pool', 'fundpool_auditor')
          and (pg_get_expr(p.polqual, p.polrelid) not like '%pool_id = ( SELECT tenancy.pool()%' or p.polwithcheck is not null and pg_get_expr(p.polwithcheck, p.polrelid) not like '%pool_id = ( SELECT tenancy.pool()%')
        """);

    [Fact]
    public Task Policy_OfABank_NamesTheBank() => NoneAsync($"""
        select t.name || ' ' || p.polname from ({TenantTables}) t join pg_policy p on p.polrelid = t.oid join ({ScopeRoles}) r on r.oid = any (p.polroles)
        where r.rolname = 'fundpool_bank' and pg_get_expr(p.polqual, p.polrelid) !~ 'tenancy\.(bank|organisation)\(\)'
        """);

    [Fact]
    public async Task UniqueKey_OfATenantTable_LeadsWithPoolAndOwner()
    {
        List<string?> elsewhere = await fixture.Database.ColumnAsync($"""
            select t.name || ' ' || i.relname
            from ({TenantTables}) t join pg_index x on x.indrelid = t.oid and x.indisunique join pg_class i on i.oid = x.indexrelid
            cross join lateral (
              select array_agg(a.attname::text order by k.n) as columns
              from unnest(x.indkey::int[]) with ordinality as k(attnum, n) left join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum) key
            where key.columns[1] is distinct from 'pool_id' or (t.owner is not null and key.columns[2] is distinct from t.owner)
            order by 1
            """);

        elsewhere.ShouldBe(LeadsElsewhere.Order(StringComparer.Ordinal));
    }

    [Fact]
    public Task TenantTable_WithoutAPrimaryKey_DoesNotExist() => NoneAsync($"""
        select name from ({TenantTables}) t where not exists (select from pg_index x where x.indrelid = t.oid and x.indisprimary)
        """);

    [Fact]
    public Task ForeignKey_BetweenTenantTables_LeadsWithPoolAndOwnerOnBothSides() => NoneAsync($"""
        select f.conname
        from pg_constraint f join ({TenantTables}) own on own.oid = f.conrelid join ({TenantTables}) other on other.oid = f.confrelid
        cross join lateral (
          select array_agg(a.attname::text order by k.n) as columns from unnest(f.conkey) with ordinality as k(attnum, n)
          join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum) here
        cross join lateral (
          select array_agg(a.attname::text order by k.n) as columns from unnest(f.confkey) with ordinality as k(attnum, n)
          join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum) there
        where f.contype = 'f' and (here.columns[1] <> 'pool_id' or there.columns[1] <> 'pool_id' or here.columns[2] <> own.owner
              or there.columns[2] <> case when f.confrelid = 'tenancy.organisation'::regclass then 'id' else other.owner end)
        """);

    [Fact]
    public Task TenantTable_WithoutAForeignKeyToItsOwner_DoesNotExist() => NoneAsync($"""
        select name from ({TenantTables}) t
        where name not in ('audit.event', 'tenancy.organisation') -- the record outlives what it tells of; the organisation is the owner
          and not exists (select from pg_constraint f where f.conrelid = t.oid and f.contype = 'f')
        """);

    [Fact]
    public Task View_WithoutSecurityInvoker_DoesNotExist() => NoneAsync("""
        select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
          and not coalesce('security_invoker=true' = any (c.reloptions) or 'security_invoker=on' = any (c.reloptions), false)
        """);

    private async Task NoneAsync(string sql) => (await fixture.Database.ColumnAsync(sql)).ShouldBeEmpty();

    public sealed class Fixture : IAsyncLifetime
    {
        public TestDatabase Database { get; private set; } = null!;

        public async Task InitializeAsync() => Database = await TestDatabase.CreateAsync();

        public async Task DisposeAsync() => await Database.DisposeAsync();
    }
}
