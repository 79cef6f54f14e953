using FundPool.Application.Ledger;
using FundPool.Application.Payments;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Ledger;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Home;

/// <summary>What the treasurer and the finance department see first: the balance, what waits for them, what is due.</summary>
public static class ShowMoneyHome
{
    private const int Shown = 6;

    [Requires(Permission.ReadLedger)]
    public sealed record Query : IRequest<Answer>;

    public sealed record Answer(ShowLedger.Answer Ledger, IReadOnlyList<Receipt> Receipts, IReadOnlyList<ListPayouts.Row> ToCheck, IReadOnlyList<ListPayouts.Row> ToOrder, IReadOnlyList<ListPaymentOrders.Row> ToRelease);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            ShowLedger.Answer ledger = await new ShowLedger.Handler(db, actor).Handle(new ShowLedger.Query(new LedgerFilter()), cancellationToken);
            List<Receipt> receipts = await db.Receipts.AsNoTracking().Where(r => r.PoolId == pool && r.State == "entered").OrderBy(r => r.Id).Take(Shown).ToListAsync(cancellationToken);
            IReadOnlyList<ListPayouts.Row> open = await new ListPayouts.Handler(db, actor).Handle(new ListPayouts.Query(OpenOnly: true), cancellationToken);
            IReadOnlyList<ListPaymentOrders.Row> orders = await new ListPaymentOrders.Handler(db, actor).Handle(new ListPaymentOrders.Query("prepared", Shown), cancellationToken);
            return new Answer(ledger, receipts, [.. open.Where(r => r.Filed > 0).Take(Shown)], [.. open.Where(r => r.Payable > 0).OrderBy(r => r.Payout?.PaymentDue).Take(Shown)], orders);
        }
    }
}
