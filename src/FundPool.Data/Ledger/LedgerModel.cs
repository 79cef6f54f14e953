using Microsoft.EntityFrameworkCore;

namespace FundPool.Data.Ledger;

internal static class LedgerModel
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<LedgerEntry>().ToTable("entry", "ledger").HasKey(x => new { x.PoolId, x.Id });
        model.Entity<LedgerPosting>().ToTable("posting", "ledger").HasKey(x => new { x.PoolId, x.EntryId, x.N });
        model.Entity<LedgerBalance>().ToTable("balance", "ledger").HasKey(x => new { x.PoolId, x.Account });
        model.Entity<Receipt>(e =>
        {
            e.ToTable("receipt", "ledger").HasKey(x => new { x.PoolId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.MadeAt).ValueGeneratedOnAdd();
            e.Property(x => x.RowVersion).IsConcurrencyToken();
        });
    }
}
