using FundPool.Application.Pipeline;
using FundPool.Application.Plans;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Home;

/// <summary>What waits for the organisation, as the numbers beside the menu's entries.</summary>
public static class CountWaiting
{
    [Requires(Permission.ReadStandings)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="Imports">Checked files that wait for the bank's decision.</param>
    /// <param name="Corrections">Corrections that wait for the reviewer.</param>
    /// <param name="Reviews">Claims for the reviewer's officer that can be looked at now: not those that a suspension holds.</param>
    /// <param name="Decisions">Proposals for the reviewer's chief.</param>
    public sealed record Answer(int Imports, int Corrections, int Reviews = 0, int Decisions = 0)
    {
        /// <summary>The bank's claims that lie with its own people: to be supplemented, or to be checked and submitted.</summary>
        public int Claims { get; init; }

        /// <summary>The authority's batches to make: approved claims in none.</summary>
        public int Approved { get; init; }

        /// <summary>The authority's notices to publish.</summary>
        public int Notices { get; init; }

        /// <summary>What the public said and nobody at the authority has answered.</summary>
        public int Objections { get; init; }

        /// <summary>The authority's claims that are clear and in no plan, and its plans to issue.</summary>
        public int Plans { get; init; }

        /// <summary>The treasurer's documents to check and orders to release; the bank's plans to file documents for and payments to confirm.</summary>
        public int Payments { get; init; }

        /// <summary>Receipts that wait for the treasurer's chief.</summary>
        public int Receipts { get; init; }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            int imports = bank is null ? 0
                : await db.ImportBatches.CountAsync(b => b.PoolId == pool && b.BankId == bank && b.State == "checked", cancellationToken);
            int corrections = await db.Corrections.CountAsync(c => c.PoolId == pool && (bank == null || c.BankId == bank) && c.State == "proposed", cancellationToken);
            int reviews = actor.Kind != OrganisationKind.Reviewer ? 0
                : await db.Claims.CountAsync(c => c.PoolId == pool && (c.State == "submitted" || c.State == "re_review" || c.State == "objected"), cancellationToken)
                    - (await HeldClaims.OfAsync(db, await rules.InAsync(db, cancellationToken), pool, rules.Today, cancellationToken)).Count;
            int decisions = actor.Kind != OrganisationKind.Reviewer ? 0
                : await db.Claims.CountAsync(c => c.PoolId == pool && (c.State == "proposed" || c.State == "re_proposed" || c.State == "re_examined"), cancellationToken);
            int claims = bank is null ? 0
                : await db.Claims.CountAsync(c => c.PoolId == pool && c.BankId == bank && (c.State == "checking" || c.State == "supplementing" || c.State == "returned"), cancellationToken);
            Answer answer = new(imports, corrections, reviews, decisions)
            {
                Claims = claims,
                Payments = await PaymentsAsync(pool, bank, cancellationToken),
                Receipts = actor.Kind != OrganisationKind.Treasurer ? 0 : await db.Receipts.CountAsync(r => r.PoolId == pool && r.State == "entered", cancellationToken),
            };
            return actor.Kind != OrganisationKind.Authority ? answer : answer with
            {
                Approved = await db.Claims.CountAsync(c => c.PoolId == pool && c.State == "approved", cancellationToken),
                Notices = await db.Notices.CountAsync(n => n.PoolId == pool && n.State == "draft", cancellationToken),
                Objections = await db.Objections.CountAsync(o => o.PoolId == pool && (o.State == "received" || o.State == "taken_up"), cancellationToken),
                Plans = await new PlanDesk(db, rules).Free(pool, 0).CountAsync(cancellationToken) + await db.Plans.CountAsync(p => p.PoolId == pool && p.State == "draft", cancellationToken),
            };
        }

        private async Task<int> PaymentsAsync(int pool, int? bank, CancellationToken ct) =>
            bank is not null
                ? await db.Claims.Where(c => c.PoolId == pool && c.BankId == bank && c.State == "planned").Select(c => c.PlanId).Distinct().CountAsync(ct)
                    + await db.PaymentOrders.CountAsync(o => o.PoolId == pool && o.BankId == bank && o.State == "released" && o.ConfirmedBy == null, ct)
            : actor.Kind == OrganisationKind.Treasurer
                ? await db.Payouts.CountAsync(p => p.PoolId == pool && p.State == "filed", ct) + await db.PaymentOrders.CountAsync(o => o.PoolId == pool && o.State == "prepared", ct)
            : 0;
    }
}
