using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FundPool.Data.Schema;

/// <summary>A step of the schema. The .sql file is the truth; it is embedded, applied once and never edited afterwards.</summary>
public abstract class SqlMigration(string file) : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(Text(file));
    }

    internal static string Text(string file)
    {
        using Stream stream = typeof(SqlMigration).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The schema file {file} is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}

[DbContext(typeof(FundPoolDb)), Migration("0001_foundation")]
internal sealed class Foundation() : SqlMigration("0001_foundation.sql");

[DbContext(typeof(FundPoolDb)), Migration("0002_audit")]
internal sealed class Audit() : SqlMigration("0002_audit.sql");

[DbContext(typeof(FundPoolDb)), Migration("0003_tenancy")]
internal sealed class Tenancy() : SqlMigration("0003_tenancy.sql");

[DbContext(typeof(FundPoolDb)), Migration("0004_reference")]
internal sealed class Reference() : SqlMigration("0004_reference.sql");

[DbContext(typeof(FundPoolDb)), Migration("0005_loan")]
internal sealed class Loan() : SqlMigration("0005_loan.sql");

[DbContext(typeof(FundPoolDb)), Migration("0006_identity")]
internal sealed class Identity() : SqlMigration("0006_identity.sql");

[DbContext(typeof(FundPoolDb)), Migration("0007_compensation")]
internal sealed class Compensation() : SqlMigration("0007_compensation.sql");

[DbContext(typeof(FundPoolDb)), Migration("0009_review")]
internal sealed class Review() : SqlMigration("0009_review.sql");

[DbContext(typeof(FundPoolDb)), Migration("0010_notice")]
internal sealed class Notice() : SqlMigration("0010_notice.sql");

[DbContext(typeof(FundPoolDb)), Migration("0011_ledger")]
internal sealed class Ledger() : SqlMigration("0011_ledger.sql");

[DbContext(typeof(FundPoolDb)), Migration("0012_payment")]
internal sealed class Payment() : SqlMigration("0012_payment.sql");

[DbContext(typeof(FundPoolDb)), Migration("0013_message")]
internal sealed class Message() : SqlMigration("0013_message.sql");

[DbContext(typeof(FundPoolDb)), Migration("0014_quartz")]
internal sealed class Quartz() : SqlMigration("0014_quartz.sql");

[DbContext(typeof(FundPoolDb)), Migration("0015_paper")]
internal sealed class PaperStore() : SqlMigration("0015_paper.sql");

[DbContext(typeof(FundPoolDb)), Migration("0016_demonstration")]
internal sealed class Demonstration() : SqlMigration("0016_demonstration.sql");

[DbContext(typeof(FundPoolDb)), Migration("0017_set_based")]
internal sealed class SetBased() : SqlMigration("0017_set_based.sql");

[DbContext(typeof(FundPoolDb)), Migration("0018_fences")]
internal sealed class Fences() : SqlMigration("0018_fences.sql");

[DbContext(typeof(FundPoolDb)), Migration("0019_demonstration_date")]
internal sealed class DemonstrationDate() : SqlMigration("0019_demonstration_date.sql");
