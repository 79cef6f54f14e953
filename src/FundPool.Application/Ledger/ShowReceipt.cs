using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Ledger;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Ledger;

/// <summary>One receipt with what it reverses or what reversed it.</summary>
public static class ShowReceipt
{
    [Requires(Permission.ReadLedger)]
    public sealed record Query(long Receipt) : IRequest<Outcome<Answer>>;

    /// <param name="Unit">The organisation that entered it.</param>
    /// <param name="Reversal">Its reversal, posted or waiting.</param>
    /// <param name="IsOwn">Whether the asker entered it.</param>
    public sealed record Answer(Receipt Receipt, string Unit, Receipt? Reverses, Receipt? Reversal, bool IsOwn);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Receipt? receipt = await db.Receipts.AsNoTracking().FirstOrDefaultAsync(r => r.PoolId == pool && r.Id == query.Receipt, cancellationToken);
            if (receipt is null)
            {
                return default(NotFound);
            }

            string unit = await db.Organisations.Where(o => o.PoolId == pool && o.Id == receipt.MadeByUnit).Select(o => o.Name).FirstOrDefaultAsync(cancellationToken) ?? "";
            Receipt? reverses = receipt.ReversesId is null ? null : await db.Receipts.AsNoTracking().FirstAsync(r => r.PoolId == pool && r.Id == receipt.ReversesId, cancellationToken);
            Receipt? reversal = await db.Receipts.AsNoTracking().FirstOrDefaultAsync(r => r.PoolId == pool && r.ReversesId == receipt.Id && (r.State == "entered" || r.State == "posted"), cancellationToken);
            return new Answer(receipt, unit, reverses, reversal, receipt.MadeBy == actor.Acting.Person);
        }
    }
}
