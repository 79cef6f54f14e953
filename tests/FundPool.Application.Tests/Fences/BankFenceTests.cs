using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Fences;

/// <summary>The second fence, without the first: plain SQL in a bank's scope over tables in which another bank has rows everywhere.</summary>
public sealed class BankFenceTests(BankFenceTests.Fixture fixture) : IClassFixture<BankFenceTests.Fixture>
{
    private TestDatabase Database => fixture.Portal.Database;

    private int Other => fixture.Portal.Bank("B002");

    public static TheoryData<string> BankTables => ["file", "file_chunk", "import_batch", "import_progress", "import_error", "loan", "classification", "correction", "document", "draft", "summary", "standing"];

    [Theory]
    [MemberData(nameof(BankTables))]
    public async Task Bank_ReadingATable_SeesItsOwnRowsOnly(string table)
    {
        (await Database.ScalarAsync<long>($"select count(*) from loan.{table} where bank_id = $1", Other)).ShouldBeGreaterThan(0, "the other bank has rows here");

        List<string?> banks = await Database.ColumnAsync(fixture.Maker.Acting, $"select distinct bank_id from loan.{table}");

        banks.ShouldHaveSingleItem().ShouldBe(fixture.Portal.Bank("B001").ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(BankTables))]
    public async Task Bank_OfAnotherPool_SeesNothing(string table)
    {
        Acting stranger = fixture.Maker.Acting with { Pool = Database.Pool + 1000 };

        (await Database.ColumnAsync(stranger, $"select 1 from loan.{table}")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BankTables))]
    public async Task PoolInstitution_OfAnotherPool_SeesNothing(string table)
    {
        Acting stranger = new(Scope.Pool, Database.Pool + 1000, null, 1, 1, "别池");

        (await Database.ColumnAsync(stranger, $"select 1 from loan.{table}")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BankTables))]
    public async Task BankScope_WithoutATenant_SeesNothing(string table)
    {
        Acting nobody = new(Scope.Bank, null, null, null, null, "");

        (await Database.ColumnAsync(nobody, $"select 1 from loan.{table}")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BankTables))]
    public async Task PlatformAndIdentityAndJobs_ReadingLoanTables_AreRefusedOrSeeWaitingBatchesOnly(string table)
    {
        foreach (Scope scope in (Scope[])[Scope.Platform, Scope.Identity, Scope.Job])
        {
            Acting acting = new(scope, Database.Pool, Other, Other, null, "");
            if (scope == Scope.Job && table == "import_batch")
            {
                (await Database.ColumnAsync(acting, "select 1 from loan.import_batch")).ShouldBeEmpty("nothing waits");
                continue;
            }

            PostgresException refused = await Should.ThrowAsync<PostgresException>(() => Database.ColumnAsync(acting, $"select 1 from loan.{table}"));
            refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    [Theory]
    [InlineData("update loan.loan set branch = '改'")]
    [InlineData("update loan.import_batch set failure_zh = '改'")]
    [InlineData("update loan.correction set opinion = '改'")]
    [InlineData("update loan.document set title = '改'")]
    [InlineData("update loan.draft set body = '[]'")]
    [InlineData("delete from loan.draft")]
    [InlineData("delete from loan.import_error")]
    public async Task Bank_WritingAnotherBanksRows_TouchesNone(string sql)
    {
        int touched = await Database.ExecuteAsync(fixture.Maker.Acting, $"{sql} where bank_id = {Other}");

        touched.ShouldBe(0);
    }

    [Theory]
    [InlineData("insert into loan.file (pool_id, bank_id, sha256, size, content_type, name) values ($1, $2, sha256(''), 0, 'text/plain', 'x')")]
    [InlineData("insert into loan.standing (pool_id, bank_id, standing, npl_principal_fen, principal_fen, npl_loans, loans, cause, measured_on) values ($1, $2, 'suspended', 1, 1, 1, 1, 'x', '2026-03-18')")]
    [InlineData("insert into loan.draft (pool_id, bank_id, person_id, kind, key, body) values ($1, $2, 1, 'register', 'x', '{}')")]
    [InlineData("insert into loan.classification (pool_id, bank_id, loan_id, risk_class, value_date, booked_on, outstanding_fen) select $1, $2, 1, 'loss', '2026-03-01', '2026-03-01', 1")]
    [InlineData("update loan.draft set bank_id = $2 where pool_id = $1")]
    [InlineData("update loan.loan set bank_id = $2 where pool_id = $1")]
    public async Task Bank_WritingRowsForAnotherBank_IsRefusedByThePolicy(string sql)
    {
        PostgresException refused = await Should.ThrowAsync<PostgresException>(() => Database.ExecuteAsync(fixture.Maker.Acting, sql, Database.Pool, Other));

        refused.MessageText.ShouldContain("row-level security");
    }

    [Theory]
    [InlineData("delete from loan.loan")]
    [InlineData("delete from loan.classification")]
    [InlineData("update loan.classification set risk_class = 'normal'")]
    [InlineData("update loan.standing set standing = 'good'")]
    [InlineData("update loan.summary set loans = 0")]
    [InlineData("insert into loan.summary values (1, 1, 20261, 'loan', 'normal', 1, 1)")]
    [InlineData("update loan.file set name = 'x'")]
    [InlineData("delete from loan.document")]
    [InlineData("delete from audit.event")]
    [InlineData("update audit.event set reason = 'x'")]
    [InlineData("truncate audit.event")]
    [InlineData("insert into audit.head values (999, 0, '')")]
    [InlineData("update tenancy.organisation set removed_from = null")]
    [InlineData("insert into tenancy.pool (code, name, name_en) values ('mine', 'x', 'x')")]
    [InlineData("update reference.loan_prime_rate set one_year = 0.9")]
    public async Task Bank_ChangingWhatNobodyMayChange_HasNoGrant(string sql)
    {
        PostgresException refused = await Should.ThrowAsync<PostgresException>(() => Database.ExecuteAsync(fixture.Maker.Acting, sql));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Auditor_WritingAnything_HasNoGrant()
    {
        TestActor auditor = await fixture.Portal.AuditorAsync();
        foreach (string sql in (string[])["update loan.loan set branch = 'x'", "insert into loan.draft (pool_id, bank_id, person_id, kind, key, body) values (1, 1, 1, 'register', 'x', '{}')", "delete from loan.draft"])
        {
            (await Should.ThrowAsync<PostgresException>(() => Database.ExecuteAsync(auditor.Acting, sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    [Fact]
    public async Task Bank_AskingForOrganisations_SeesItselfAndTheInstitutions() =>
        (await Database.ColumnAsync(fixture.Maker.Acting, "select code from tenancy.organisation order by code")).ShouldBe(["B001", "CZJ", "GXJ", "GXT", "JRZX", "SJJ"]);

    [Fact]
    public async Task Bank_AskingForPeopleAndViews_SeesItsOwn()
    {
        (await Database.ColumnAsync(fixture.Maker.Acting, "select distinct organisation_id from tenancy.person")).ShouldBe([Text(fixture.Portal.Bank("B001"))]);
        (await Database.ColumnAsync(fixture.Maker.Acting, "select distinct organisation_id from tenancy.saved_view")).ShouldBe([Text(fixture.Portal.Bank("B001"))]);
    }

    [Fact]
    public async Task Bank_ReadingTheRecord_SeesNothingOfTheOtherBank() =>
        (await Database.ColumnAsync(fixture.Maker.Acting, "select entity from audit.event where bank_id = $1 or organisation_id = $1", Other)).ShouldBeEmpty();

    [Fact]
    public async Task Bank_PointingAtAnotherBanksLoan_IsStoppedByTheKey()
    {
        long foreign = await Database.ScalarAsync<long>("select id from loan.loan where bank_id = $1 limit 1", Other);

        PostgresException refused = await Should.ThrowAsync<PostgresException>(() => Database.ExecuteAsync(fixture.Maker.Acting,
            "insert into loan.classification (pool_id, bank_id, loan_id, risk_class, value_date, booked_on, outstanding_fen) values ($1, $2, $3, 'loss', '2026-03-01', '2026-03-01', 1)",
            Database.Pool, fixture.Portal.Bank("B001"), foreign));

        refused.SqlState.ShouldBe(PostgresErrorCodes.ForeignKeyViolation);
    }

    [Fact]
    public async Task TwoBanks_WithTheSameNoteNumber_DoNotLearnOfEachOther()
    {
        TestActor other = await fixture.Portal.MakerAsync("B002");
        await fixture.Portal.RegisterAsync(other, "SAME-NUMBER");

        (await fixture.Portal.RegisterAsync(fixture.Maker, "SAME-NUMBER")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Platform_ReadingTheRecord_SeesNoLoan()
    {
        TestActor platform = await fixture.Portal.PersonAsync("PLATFORM", OrganisationKind.Platform, Role.PlatformAdministrator);

        (await Database.ColumnAsync(platform.Acting, "select distinct split_part(entity, '.', 1) from audit.event order by 1")).ShouldBe(["reference", "tenancy"]);
    }

    private static string Text(int id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public sealed class Fixture : IAsyncLifetime
    {
        public TestPortal Portal { get; private set; } = null!;

        public TestActor Maker { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Portal = await TestPortal.OpenAsync();
            Maker = await Portal.FillAsync("B001");
            await Portal.FillAsync("B002");
        }

        public async Task DisposeAsync() => await Portal.DisposeAsync();
    }
}
