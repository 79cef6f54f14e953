using Microsoft.EntityFrameworkCore;

namespace FundPool.Data.Compensation;

internal static class PaymentModel
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Payout>(e =>
        {
            e.ToTable("payout", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.FiledAt).ValueGeneratedOnAdd();
            e.Property(x => x.Papers).HasColumnType("jsonb");
            e.Property(x => x.RowVersion).IsConcurrencyToken();
        });
        model.Entity<PayoutPaper>(e =>
        {
            e.ToTable("payout_paper", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.UploadedAt).ValueGeneratedOnAdd();
        });
        model.Entity<PaymentOrder>(e =>
        {
            e.ToTable("payment_order", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.PreparedAt).ValueGeneratedOnAdd();
            e.Property(x => x.RowVersion).IsConcurrencyToken();
        });
        model.Entity<PaymentItem>().ToTable("payment_item", "compensation").HasKey(x => new { x.PoolId, x.BankId, x.OrderId, x.N });
    }
}
