using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Ledger;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Ledger;

/// <summary>Whoever entered a receipt takes it back before it is approved.</summary>
public static class DropReceipt
{
    [Requires(Permission.EnterReceipts)]
    [UnderArticle("10(1)")]
    public sealed record Command(long Receipt) : IRequest<Outcome<long>>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Receipt? receipt = await db.Receipts.LockAsync(pool, command.Receipt, cancellationToken);
            if (receipt is null)
            {
                return default(NotFound);
            }

            if (receipt.State != "entered" || receipt.MadeBy != actor.Person())
            {
                return new Refusal(new Article("10(1)"), new Words("只有录入人能撤回尚未审核的收款", "Only who entered a receipt can take it back, and only before it is decided"));
            }

            receipt.State = "dropped";
            receipt.RowVersion++;
            await db.SaveChangesAsync(cancellationToken);
            return receipt.Id;
        }
    }
}

internal static class ReceiptLock
{
    /// <summary>The receipt, locked until the transaction ends.</summary>
    public static Task<Receipt?> LockAsync(this DbSet<Receipt> receipts, int pool, long id, CancellationToken ct) => receipts
        .FromSql($"select * from ledger.receipt where pool_id = {pool} and id = {id} for update")
        .FirstOrDefaultAsync(ct);
}
