using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FundPool.Data.Compensation;

internal static class CompensationModel
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Claim>(e =>
        {
            e.ToTable("claim", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.StateSince).ValueGeneratedOnAddOrUpdate();
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
            e.Property(x => x.RowVersion).IsConcurrencyToken();
            Json(e.Property(x => x.Stops));
        });
        model.Entity<ClaimVersion>(e =>
        {
            e.ToTable("claim_version", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.ClaimId, x.N });
            e.Property(x => x.SubmittedAt).ValueGeneratedOnAdd();
            Json(e.Property(x => x.Stated));
            Json(e.Property(x => x.RuledCase));
            Json(e.Property(x => x.Ruling));
            Json(e.Property(x => x.Materials));
        });
        model.Entity<FactsSnapshot>(e =>
        {
            e.ToTable("snapshot", "reference").HasKey(x => x.Hash);
            e.Property(x => x.TakenAt).ValueGeneratedOnAdd();
            Json(e.Property(x => x.Content));
        });
        model.Entity<Material>(e =>
        {
            e.ToTable("material", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.UploadedAt).ValueGeneratedOnAdd();
        });
        model.Entity<Review>(e =>
        {
            e.ToTable("review", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.ProposedAt).ValueGeneratedOnAdd();
            Json(e.Property(x => x.Deductions));
            Json(e.Property(x => x.Marks));
            Json(e.Property(x => x.Grounds));
            Json(e.Property(x => x.Deficiencies));
            e.Property(x => x.Ruling).HasColumnType("jsonb");
        });
        model.Entity<Deficiency>(e =>
        {
            e.ToTable("deficiency", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.RaisedAt).ValueGeneratedOnAdd();
        });
        model.Entity<ClaimStep>().ToTable("step", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.Id });
        model.Entity<Reminder>().ToTable("reminder", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.Code, x.About, x.AboutId, x.Due, x.Band });
        model.Entity<Batch>(e =>
        {
            e.ToTable("batch", "compensation").HasKey(x => new { x.PoolId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
            e.Property(x => x.RowVersion).IsConcurrencyToken();
        });
        model.Entity<BatchItem>().ToTable("batch_item", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.BatchId, x.ClaimId });
        model.Entity<Notice>(e =>
        {
            e.ToTable("notice", "compensation").HasKey(x => new { x.PoolId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
            e.Property(x => x.RowVersion).IsConcurrencyToken();
        });
        model.Entity<Plan>(e =>
        {
            e.ToTable("plan", "compensation").HasKey(x => new { x.PoolId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
            e.Property(x => x.RowVersion).IsConcurrencyToken();
        });
        model.Entity<IssuedPaper>(e =>
        {
            e.ToTable("paper", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.Kind, x.SubjectId, x.SubjectN });
            e.Property(x => x.MadeAt).ValueGeneratedOnAdd();
        });
        model.Entity<PlanItem>().ToTable("plan_item", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.PlanId, x.ClaimId });
        model.Entity<Objection>(e =>
        {
            e.ToTable("objection", "compensation").HasKey(x => new { x.PoolId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.ReceivedAt).ValueGeneratedOnAdd();
            e.Property(x => x.Proposal).HasColumnType("jsonb");
            e.Property(x => x.RowVersion).IsConcurrencyToken();
        });
        model.Entity<Objector>().ToTable("objector", "compensation").HasKey(x => new { x.PoolId, x.OrganisationId, x.ObjectionId });
        model.Entity<BankStatusChange>(e =>
        {
            e.ToTable("bank_status", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.ProposedAt).ValueGeneratedOnAdd();
        });
    }

    private static void Json(PropertyBuilder<string> property) => property.HasColumnType("jsonb");
}
