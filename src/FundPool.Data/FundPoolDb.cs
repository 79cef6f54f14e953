using System.Data;
using FundPool.Data.Audit;
using FundPool.Data.Compensation;
using FundPool.Data.Ledger;
using FundPool.Data.Loans;
using FundPool.Data.Reference;
using FundPool.Data.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Data;

/// <summary>
/// The portal's database. Everything happens inside a transaction that <see cref="BeginAsync"/> opened: it takes the scope's
/// role and sets the tenant locally, so that nothing survives the transaction on a pooled connection.
/// </summary>
public sealed class FundPoolDb(DbContextOptions<FundPoolDb> options) : DbContext(options)
{
    public DbSet<Pool> Pools => Set<Pool>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<PersonRole> PersonRoles => Set<PersonRole>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<SignInAttempt> SignInAttempts => Set<SignInAttempt>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<CalendarYear> CalendarYears => Set<CalendarYear>();
    public DbSet<CalendarDay> CalendarDays => Set<CalendarDay>();
    public DbSet<LoanPrimeRate> LoanPrimeRates => Set<LoanPrimeRate>();
    public DbSet<Loan> Loans => Set<Loan>();
    public DbSet<Classification> Classifications => Set<Classification>();
    public DbSet<Correction> Corrections => Set<Correction>();
    public DbSet<ImportBatch> ImportBatches => Set<ImportBatch>();
    public DbSet<ImportProgress> ImportProgress => Set<ImportProgress>();
    public DbSet<ImportError> ImportErrors => Set<ImportError>();
    public DbSet<StoredFile> Files => Set<StoredFile>();
    public DbSet<Document> Documents => Set<Document>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<Summary> Summaries => Set<Summary>();
    public DbSet<StandingCrossing> StandingCrossings => Set<StandingCrossing>();
    public DbSet<Claim> Claims => Set<Claim>();
    public DbSet<ClaimVersion> ClaimVersions => Set<ClaimVersion>();
    public DbSet<Material> Materials => Set<Material>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<Deficiency> Deficiencies => Set<Deficiency>();
    public DbSet<ClaimStep> ClaimSteps => Set<ClaimStep>();
    public DbSet<Batch> Batches => Set<Batch>();
    public DbSet<BatchItem> BatchItems => Set<BatchItem>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<Plan> Plans => Set<Plan>();
    public DbSet<PlanItem> PlanItems => Set<PlanItem>();
    public DbSet<Payout> Payouts => Set<Payout>();
    public DbSet<PayoutPaper> PayoutPapers => Set<PayoutPaper>();
    public DbSet<PaymentOrder> PaymentOrders => Set<PaymentOrder>();
    public DbSet<PaymentItem> PaymentItems => Set<PaymentItem>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<LedgerPosting> LedgerPostings => Set<LedgerPosting>();
    public DbSet<LedgerBalance> LedgerBalances => Set<LedgerBalance>();
    public DbSet<Receipt> Receipts => Set<Receipt>();
    public DbSet<IssuedPaper> Papers => Set<IssuedPaper>();
    public DbSet<Objection> Objections => Set<Objection>();
    public DbSet<Objector> Objectors => Set<Objector>();
    public DbSet<BankStatusChange> BankStatusChanges => Set<BankStatusChange>();
    public DbSet<FactsSnapshot> FactsSnapshots => Set<FactsSnapshot>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<MessageRead> MessageReads => Set<MessageRead>();
    public DbSet<Mail> Mails => Set<Mail>();
    public DbSet<Reminder> Reminders => Set<Reminder>();
    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    /// <summary>Options for a connection string, the same for the web, the command line and the tests.</summary>
    public static DbContextOptions<FundPoolDb> Options(NpgsqlDataSource source) =>
        new DbContextOptionsBuilder<FundPoolDb>().UseFundPool(source).Options as DbContextOptions<FundPoolDb>
        ?? throw new InvalidOperationException("The options builder changed its type.");

    /// <summary>The connection under the current transaction, for bulk work and hand-written queries.</summary>
    public NpgsqlConnection Connection => (NpgsqlConnection)Database.GetDbConnection();

    /// <summary>Opens a transaction as <paramref name="acting"/>. Two round trips: begin with the role, and the settings.</summary>
    public async Task<IDbContextTransaction> BeginAsync(Acting acting, Cause cause, CancellationToken ct = default)
    {
        IDbContextTransaction transaction = await Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        try
        {
            await using NpgsqlBatch batch = new(Connection, (NpgsqlTransaction)transaction.GetDbTransaction());
            batch.BatchCommands.Add(new($"set local role {RoleOf(acting.Scope)}"));
            NpgsqlBatchCommand settings = new("""
                select set_config('app.pool', $1, true), set_config('app.bank', $2, true), set_config('app.organisation', $3, true),
                       set_config('app.person', $4, true), set_config('app.person_name', $5, true), set_config('app.action', $6, true),
                       set_config('app.reason', $7, true), set_config('app.article', $8, true), set_config('app.trace', $9, true),
                       set_config('app.at', $10, true)
                """);
            foreach (string? value in (string?[])[Text(acting.Pool), Text(acting.Bank), Text(acting.Organisation), Text(acting.Person),
                         acting.PersonName, cause.Action, cause.Reason, cause.Article, cause.Trace, cause.At?.ToString("O", System.Globalization.CultureInfo.InvariantCulture)])
            {
                settings.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value ?? "" });
            }

            batch.BatchCommands.Add(settings);
            await batch.ExecuteNonQueryAsync(ct);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes a public transaction into the pool whose page is asked for; an unknown code leads nowhere.</summary>
    public Task EnterPoolAsync(string code, CancellationToken ct = default) =>
        Database.ExecuteSqlAsync($"select set_config('app.pool', coalesce((select id::text from tenancy.pool where code = {code} and id <> 0), ''), true)", ct);

    /// <summary>Changes the reason and article that are written beside the transaction's changes from here on.</summary>
    public Task BecauseAsync(string? reason, string? article, CancellationToken ct = default) =>
        Database.ExecuteSqlAsync($"select set_config('app.reason', {reason ?? ""}, true), set_config('app.article', {article ?? ""}, true)", ct);

    /// <summary>Writes down what happened without a row changing.</summary>
    public Task NoteAsync(string action, string entity, string entityId, string? detail, CancellationToken ct = default) =>
        Database.ExecuteSqlAsync($"select audit.note({action}, {entity}, {entityId}, {detail})", ct);

    private static string Text(int? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static string RoleOf(Scope scope) => scope switch
    {
        Scope.Bank => "fundpool_bank",
        Scope.Pool => "fundpool_pool",
        Scope.Auditor => "fundpool_auditor",
        Scope.Platform => "fundpool_platform",
        Scope.Identity => "fundpool_identity",
        Scope.Job => "fundpool_job",
        Scope.Public => "fundpool_public",
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        TenancyModel.Map(modelBuilder);
        ReferenceModel.Map(modelBuilder);
        LoanModel.Map(modelBuilder);
        CompensationModel.Map(modelBuilder);
        PaymentModel.Map(modelBuilder);
        LedgerModel.Map(modelBuilder);
        MessageModel.Map(modelBuilder);
        AuditModel.Map(modelBuilder);
        SnakeCase.Apply(modelBuilder);
    }
}

public static class FundPoolDbOptions
{
    /// <summary>The one place that says how the context talks to PostgreSQL.</summary>
    public static DbContextOptionsBuilder UseFundPool(this DbContextOptionsBuilder builder, NpgsqlDataSource source) => builder
        .UseNpgsql(source, npgsql => npgsql.MigrationsHistoryTable("schema_version", "public").CommandTimeout(120))
        // The schema comes from hand-written files; a test compares it with the model, so EF's own snapshot is not kept.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
}
