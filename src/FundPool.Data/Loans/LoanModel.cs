using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FundPool.Data.Loans;

internal static class LoanModel
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Loan>(e =>
        {
            e.ToTable("loan", "loan").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.Quarter).ValueGeneratedOnAddOrUpdate();
            e.Property(x => x.RegisteredAt).ValueGeneratedOnAdd();
            e.Property(x => x.Version).IsConcurrencyToken();
        });
        model.Entity<Classification>(e =>
        {
            e.ToTable("classification", "loan").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.ReportedAt).ValueGeneratedOnAdd();
        });
        model.Entity<Correction>(e =>
        {
            e.ToTable("correction", "loan").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.ProposedAt).ValueGeneratedOnAdd();
            Json(e.Property(x => x.Changes));
            Json(e.Property(x => x.Facts));
            Json(e.Property(x => x.FindingsAfter));
        });
        model.Entity<ImportBatch>(e =>
        {
            e.ToTable("import_batch", "loan").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
        });
        model.Entity<ImportProgress>().ToTable("import_progress", "loan").HasKey(x => new { x.PoolId, x.BankId, x.BatchId });
        model.Entity<ImportError>().ToTable("import_error", "loan").HasKey(x => new { x.PoolId, x.BankId, x.BatchId, x.N });
        model.Entity<StoredFile>(e =>
        {
            e.ToTable("file", "loan").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
        });
        model.Entity<Document>(e =>
        {
            e.ToTable("document", "loan").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.UploadedAt).ValueGeneratedOnAdd();
        });
        model.Entity<Draft>(e =>
        {
            e.ToTable("draft", "loan").HasKey(x => new { x.PoolId, x.BankId, x.PersonId, x.Kind, x.Key });
            Json(e.Property(x => x.Body));
        });
        model.Entity<Summary>().ToTable("summary", "loan").HasKey(x => new { x.PoolId, x.BankId, x.Quarter, x.Library, x.RiskClass });
        model.Entity<StandingCrossing>(e =>
        {
            e.ToTable("standing", "loan").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.MeasuredAt).ValueGeneratedOnAdd();
            e.Property(x => x.Value).HasColumnName("standing");
        });
    }

    private static void Json(PropertyBuilder<string> property) => property.HasColumnType("jsonb");
}
