using FundPool.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Schema;

/// <summary>What the login role may, what runs with another's rights, and that every table of business data is watched.</summary>
public sealed class RoleTests(CatalogueTests.Fixture fixture) : IClassFixture<CatalogueTests.Fixture>
{
    private const string Ours = "('tenancy', 'audit', 'reference', 'loan', 'compensation', 'settlement', 'ledger', 'public')";

    // Tables without a full set of audit triggers, each for a reason.
    private static readonly string[] Unwatched =
    [
        "audit.event",                // the record itself
        "audit.head",                 // the record itself
        "compensation.number",        // counters; the papers that took a number are watched
        "compensation.public_attempt", // itself a log, trimmed by age
        "compensation.reminder",      // which warning was given; what it warns of is watched
        "compensation.step",          // itself a history, written by trigger and append-only
        "compensation.transition",    // part of the schema
        "compensation.turn",          // part of the schema
        "ledger.balance",             // derived by trigger from ledger.posting
        "ledger.claim_total",         // derived by trigger from ledger.posting
        "ledger.loan_total",          // derived by trigger from ledger.posting
        "ledger.once",                // keys of forms; what they led to is watched
        "loan.draft",                 // typed and not sent: nobody's statement yet
        "loan.file_chunk",            // pieces of loan.file, which is watched with the digest of the whole
        "loan.import_error",          // the first refusals of a batch for the page; the error workbook is a watched file
        "loan.import_progress",       // how far a job is
        "loan.summary",               // derived by trigger from loan.loan
        "public.schema_version",      // the migrator's own
        "reference.job_log",          // itself a log, trimmed by age
        "reference.job_run",          // which day's work is done
        "reference.reckoned",         // with which calendar due dates were reckoned; their changes are watched
        "reference.snapshot",         // its key is the digest of its content
        "tenancy.data_protection_key", // secrets of the web nodes
        "tenancy.mail",               // what is on its way out; the messages are kept
        "tenancy.message",            // told by trigger of what is watched
        "tenancy.message_read",       // who has read what
        "tenancy.recovery_code",      // secrets; their use is noted by the use case
        "tenancy.session",            // touched by every page; sign-in and sign-out are noted
        "tenancy.sign_in_attempt",    // itself a log, trimmed by age
        "tenancy.turn",               // part of the schema
    ];

    [Fact]
    public async Task LoginRole_HasNoPowerOfItsOwn() =>
        (await fixture.Database.ColumnAsync("""
            select rolsuper::text || rolcreatedb::text || rolcreaterole::text || rolbypassrls::text || rolreplication::text || rolinherit::text || rolcanlogin::text
            from pg_roles where rolname = 'fundpool_app'
            """)).ShouldHaveSingleItem().ShouldBe("falsefalsefalsefalsefalsefalsetrue");

    [Fact]
    public async Task ScopeRoles_CannotLogInAndBypassNothing() =>
        (await fixture.Database.ColumnAsync("""
            select rolname from pg_roles where rolname like 'fundpool\_%' and rolname <> 'fundpool_app' and (rolsuper or rolbypassrls or rolcanlogin or rolinherit)
            """)).ShouldBeEmpty();

    [Fact]
    public async Task LoginRole_MayTakeTheScopesAndNothingMore() =>
        (await fixture.Database.ColumnAsync("""
            select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles a on a.oid = m.member
            where a.rolname = 'fundpool_app' order by 1
            """)).ShouldBe(["fundpool_auditor", "fundpool_bank", "fundpool_identity", "fundpool_job", "fundpool_platform", "fundpool_pool", "fundpool_public"]);

    [Fact]
    public async Task LoginRole_OwnsNothing() =>
        (await fixture.Database.ColumnAsync("""
            select c.relname from pg_class c where c.relowner = 'fundpool_app'::regrole
            union all select p.proname from pg_proc p where p.proowner = 'fundpool_app'::regrole
            union all select n.nspname from pg_namespace n where n.nspowner = 'fundpool_app'::regrole
            """)).ShouldBeEmpty();

    [Fact]
    public async Task LoginRole_WithoutAScope_ReachesNoTable() =>
        (await fixture.Database.ColumnAsync($"""
            select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname in {Ours}
              and (exists (select from aclexplode(c.relacl) acl where acl.grantee in (0, 'fundpool_app'::regrole))
                   or exists (select from pg_attribute a cross join lateral aclexplode(a.attacl) acl where a.attrelid = c.oid and acl.grantee in (0, 'fundpool_app'::regrole)))
            """)).ShouldBeEmpty();

    [Fact]
    public async Task DefinerFunctions_FixTheirSearchPath() =>
        (await fixture.Database.ColumnAsync($"""
            select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname in {Ours} and p.prosecdef
              and not exists (select from unnest(p.proconfig) setting where setting like 'search\_path=%' and setting not like '%public%' and setting not like '%$user%')
            """)).ShouldBeEmpty();

    [Fact]
    public async Task DefinerFunctions_AreNotForEverybody() =>
        (await fixture.Database.ColumnAsync($"""
            select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname in {Ours} and p.prosecdef
              and (p.proacl is null or exists (select from aclexplode(p.proacl) acl where acl.grantee = 0))
            """)).ShouldBeEmpty();

    [Fact]
    public async Task AuditEvents_NobodyOfThePortalMayWrite() =>
        (await fixture.Database.ColumnAsync("""
            select r.rolname || ' ' || t.name || ' ' || p.privilege
            from pg_roles r cross join (values ('audit.event'), ('audit.head')) t(name)
            cross join (values ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) p(privilege)
            where r.rolname like 'fundpool\_%' and r.rolname <> 'fundpool_owner' and has_table_privilege(r.oid, t.name::regclass, p.privilege)
            """)).ShouldBeEmpty();

    [Fact]
    public async Task AuditAppend_OnlyTriggersAndTheNoteReachIt() =>
        (await fixture.Database.ColumnAsync("""
            select r.rolname || ' ' || p.proname from pg_roles r cross join pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'audit' and p.proname <> 'note' and r.rolname like 'fundpool\_%' and r.rolname <> 'fundpool_owner' and has_function_privilege(r.oid, p.oid, 'EXECUTE')
            """)).ShouldBeEmpty();

    [Fact]
    public async Task Tables_WithoutAuditTriggers_AreListedWithTheirReason()
    {
        List<string?> unwatched = await fixture.Database.ColumnAsync($"""
            select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and n.nspname in {Ours}
              and not (exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'audit_insert' and t.tgenabled = 'O' and (t.tgtype & 4) > 0)
                       and exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'audit_change' and t.tgenabled = 'O' and (t.tgtype & 16) > 0)
                       and exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'audit_delete' and t.tgenabled = 'O' and (t.tgtype & 8) > 0))
            order by 1
            """);

        unwatched.ShouldBe(Unwatched);
    }

    [Fact]
    public async Task WatchedTables_NobodyOfThePortalMayTruncate() =>
        (await fixture.Database.ColumnAsync($"""
            select r.rolname || ' ' || n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join pg_roles r
            where c.relkind in ('r', 'p') and n.nspname in {Ours} and r.rolname like 'fundpool\_%' and r.rolname <> 'fundpool_owner' and has_table_privilege(r.oid, c.oid, 'TRUNCATE')
            """)).ShouldBeEmpty();

    [Theory]
    [InlineData("select count(*) from loan.loan")]
    [InlineData("select count(*) from tenancy.organisation")]
    [InlineData("select count(*) from tenancy.person")]
    [InlineData("select count(*) from audit.event")]
    [InlineData("select count(*) from reference.calendar_day")]
    [InlineData("insert into loan.draft (pool_id, bank_id, person_id, kind, key, body) values (1, 1, 1, 'register', '', '{}')")]
    [InlineData("select audit.append('x', 'x', array[1], array[1], array['1'], array[null::text], array['x'])")]
    [InlineData("create table public.mine (x int)")]
    [InlineData("set role fundpool_owner")]
    [InlineData("set role fundpool_search")]
    [InlineData("set role pg_read_all_data")]
    [InlineData("set session_replication_role = replica")]
    public async Task LoginRole_WithoutAScope_IsRefused(string sql)
    {
        await using NpgsqlCommand command = fixture.Database.App.CreateCommand();
#pragma warning disable CA2100 // the statements stand above
        command.CommandText = sql;
#pragma warning restore CA2100

        PostgresException refused = await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }
}
