using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Ledger;
using FundPool.Domain.Rulebooks;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>A bank's claims of one plan on their way to the money: documents, filings, orders.</summary>
public static class ShowPayout
{
    [Requires(Permission.ReadPayments)]
    public sealed record Query(int Bank, long Plan) : IRequest<Outcome<Answer>>;

    /// <param name="Checklist">The documents of a.19(3), each with what lies there now.</param>
    /// <param name="Filings">The latest first.</param>
    /// <param name="Account">The whole number of the last filing's account, for those who pay into it and the bank itself.</param>
    public sealed record Answer(int Bank, string BankName, Plan Plan, DateOnly Due, IReadOnlyList<Item> Items, IReadOnlyList<Paper> Checklist, IReadOnlyList<Payout> Filings,
        IReadOnlyList<PaymentOrder> Orders, string? Account)
    {
        /// <summary>The free money reaches at least one of the claims; told to those who prepare orders.</summary>
        public bool IsCovered { get; init; }
    }

    public sealed record Item(Claim Claim, string NoteNo);

    public sealed record Paper(MaterialRule Rule, PayoutPaper? Uploaded, string? Name);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IPersonalNumbers numbers) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = query.Bank;
            var items = await (from c in db.Claims.AsNoTracking()
                               where c.PoolId == pool && c.BankId == bank && c.PlanId == query.Plan
                               join l in db.Loans on new { c.PoolId, c.BankId, Id = c.LoanId } equals new { l.PoolId, l.BankId, l.Id }
                               orderby c.AcceptedAt, c.Id
                               select new { Claim = c, l.NoteNo }).ToListAsync(cancellationToken);
            Plan? plan = await db.Plans.AsNoTracking().FirstOrDefaultAsync(p => p.PoolId == pool && p.Id == query.Plan && p.State == "issued", cancellationToken);
            if (items.Count == 0 || plan is null)
            {
                return default(NotFound);
            }

            string name = await db.Organisations.Where(o => o.PoolId == pool && o.Id == bank).Select(o => o.Name).FirstAsync(cancellationToken);
            List<PayoutPaper> papers = await db.PayoutPapers.AsNoTracking().Where(p => p.PoolId == pool && p.BankId == bank && p.PlanId == plan.Id && p.WithdrawnAt == null).ToListAsync(cancellationToken);
            long[] fileIds = [.. papers.Select(p => p.FileId)];
            Dictionary<long, string> files = await db.Files.Where(f => f.PoolId == pool && f.BankId == bank && fileIds.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => f.Name, cancellationToken);
            List<Payout> filings = await db.Payouts.AsNoTracking().Where(p => p.PoolId == pool && p.BankId == bank && p.PlanId == plan.Id).OrderByDescending(p => p.Id).ToListAsync(cancellationToken);
            List<PaymentOrder> orders = await db.PaymentOrders.AsNoTracking().Where(o => o.PoolId == pool && o.BankId == bank && o.PlanId == plan.Id).OrderByDescending(o => o.Id).ToListAsync(cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            return new Answer(bank, name, plan, plan.DocumentsDue ?? at.Deadlines.Due("payment_documents", plan.IssuedOn!.Value).Due, [.. items.Select(i => new Item(i.Claim, i.NoteNo))],
                [.. at.Rulebooks.Home.Materials.Where(m => m.ForPayment).Select(m => papers.Find(p => p.Code == m.Code) is var paper && paper is null ? new Paper(m, null, null) : new Paper(m, paper, files.GetValueOrDefault(paper!.FileId)))],
                filings, orders, filings.Count > 0 && SeesAccount(actor) ? numbers.Reveal(filings[0].AccountCipher) : null)
            {
                IsCovered = actor.May(Permission.PreparePayments) && PaymentQueue.Places(await db.QueueAsync(cancellationToken), await db.FreeMoneyAsync(cancellationToken))
                    .Any(place => place.IsCovered && place.Claim.Bank == bank && items.Exists(item => item.Claim.Id == place.Claim.Claim)),
            };
        }
    }

    internal static bool SeesAccount(IActor actor) => actor.Acting.Bank is not null || actor.May(Permission.PreparePayments) || actor.May(Permission.ReleasePayments);
}
