using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Kernel;
using FundPool.Domain.Ledger;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>The queue for the money: the institutions see everybody in it, a bank its own claims with their place and the sum ahead, and no other bank.</summary>
public static class ShowPaymentQueue
{
    [Requires(Permission.ReadPayments)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="Free">What orders can still be prepared for; null for a bank.</param>
    /// <param name="Waiting">The sum of all that wait and are not held; null for a bank.</param>
    /// <param name="IsShort">Whether the money reaches not everybody shown.</param>
    public sealed record Answer(IReadOnlyList<Row> Rows, Money? Free, Money? Waiting, bool IsShort);

    public sealed record Row(int Bank, string BankName, long Claim, string Number, long Plan, string PlanNumber, DateTime AcceptedAt, Money Sum, int Place, Money Ahead, bool IsCovered, QueueHold? Held, DateOnly? Due);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            Money? free = bank is null ? await db.FreeMoneyAsync(cancellationToken) : null;
            Dictionary<(int Bank, long Claim), (int Place, Money Ahead, bool Covered, QueueHold? Held)> places = free is { } money
                ? PaymentQueue.Places(await db.QueueAsync(cancellationToken), money).ToDictionary(p => (p.Claim.Bank, p.Claim.Claim), p => (p.Place, p.Ahead, p.IsCovered, p.Claim.Held))
                : (await db.Database.SqlQuery<OwnPlace>($"""
                    select claim_id as "ClaimId", place as "Place", ahead_fen as "AheadFen", covered as "Covered", held as "Held" from compensation.queue_places()
                    """).ToListAsync(cancellationToken))
                    .ToDictionary(p => (bank!.Value, p.ClaimId), p => (p.Place, new Money(p.AheadFen), p.Covered, PaymentBook.HoldOf(p.Held)));
            var claims = await (from c in db.Claims.AsNoTracking()
                                where c.PoolId == pool && (bank == null || c.BankId == bank) && c.State == "payable"
                                join o in db.Organisations on new { c.PoolId, Id = c.BankId } equals new { o.PoolId, o.Id }
                                select new
                                {
                                    Claim = c, o.Name,
                                    Plan = db.Plans.Where(p => p.PoolId == pool && p.Id == c.PlanId).Select(p => p.Number).FirstOrDefault(),
                                    Due = db.Payouts.Where(p => p.PoolId == pool && p.BankId == c.BankId && p.PlanId == c.PlanId && p.State == "complete").Max(p => p.PaymentDue),
                                }).ToListAsync(cancellationToken);
            List<Row> rows = [.. from c in claims
                                 where places.ContainsKey((c.Claim.BankId, c.Claim.Id))
                                 let place = places[(c.Claim.BankId, c.Claim.Id)]
                                 orderby c.Claim.AcceptedAt, c.Claim.BankId, c.Claim.Id
                                 select new Row(c.Claim.BankId, c.Name, c.Claim.Id, c.Claim.Number, c.Claim.PlanId!.Value, c.Plan ?? "", c.Claim.AcceptedAt!.Value, new Money(c.Claim.ApprovedFen!.Value),
                                     place.Place, place.Ahead, place.Covered, place.Held, c.Due)];
            Money? waiting = free is null ? null : new Money(rows.Where(r => r.Held is null).Sum(r => r.Sum.Fen));
            return new Answer(rows, free, waiting, rows.Exists(r => !r.IsCovered && r.Held is null));
        }

        internal sealed class OwnPlace
        {
            public long ClaimId { get; set; }
            public int Place { get; set; }
            public long AheadFen { get; set; }
            public bool Covered { get; set; }
            public string? Held { get; set; }
        }
    }
}
