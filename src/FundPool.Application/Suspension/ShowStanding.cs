using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Suspension;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Suspension;

/// <summary>One bank's ratio: the figures, what they are made of by quarter and class, and every crossing with the figures of its moment (a.17).</summary>
public static class ShowStanding
{
    [Requires(Permission.ReadStandings)]
    public sealed record Query(int Bank) : IRequest<Outcome<Answer>>;

    public sealed record Answer(Organisation Bank, SuspensionRule Rule, StandingFigures Figures, Standing Standing,
        IReadOnlyList<Summary> Parts, IReadOnlyList<StandingCrossing> Crossings, IReadOnlyList<HeldClaim> Held);

    /// <summary>A claim that the standing keeps from going on: from review, or from a batch.</summary>
    public sealed record HeldClaim(long Claim, string Number, string State, DateTime? AcceptedAt, long? AmountFen, bool BeforeReview);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        private const int Most = 500;
        private static readonly string[] Waiting = ["submitted", "approved"];

        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Organisation? bank = await db.Organisations.AsNoTracking()
                .FirstOrDefaultAsync(o => o.PoolId == pool && o.Kind == "bank" && o.Id == query.Bank, cancellationToken);
            if (bank is null)
            {
                return default(NotFound);
            }

            MeasureStanding measure = new(db);
            List<Summary> parts = await db.Summaries.AsNoTracking()
                .Where(s => s.PoolId == pool && s.BankId == bank.Id && s.Loans > 0).OrderBy(s => s.Quarter).ToListAsync(cancellationToken);
            List<StandingCrossing> crossings = await db.StandingCrossings.AsNoTracking()
                .Where(s => s.PoolId == pool && s.BankId == bank.Id).OrderByDescending(s => s.Id).Take(100).ToListAsync(cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            return new Answer(bank, at.Suspension, await measure.FiguresAsync(pool, bank.Id, cancellationToken), await measure.LastAsync(pool, bank.Id, cancellationToken), parts, crossings,
                actor.May(Permission.ReadClaims) ? await HeldAsync(at, pool, bank.Id, cancellationToken) : []);
        }

        private async Task<List<HeldClaim>> HeldAsync(RuleBase at, int pool, int bank, CancellationToken ct)
        {
            BankStanding standing = await BankStandings.OfAsync(db, pool, bank, rules.Today, ct);
            if (Halt.BeforeBatch(at.Rulebooks.Home, standing) is null)
            {
                return [];
            }

            List<HeldClaim> held = [];
            foreach (Claim claim in await db.Claims.AsNoTracking().Where(c => c.PoolId == pool && c.BankId == bank && Waiting.Contains(c.State))
                .OrderBy(c => c.AcceptedAt).ThenBy(c => c.Id).Take(Most).ToListAsync(ct))
            {
                bool beforeReview = claim.State == "submitted" && await HeldClaims.WhyAsync(db, at, standing, claim, ct) is not null;
                if (beforeReview || claim.State == "approved")
                {
                    held.Add(new HeldClaim(claim.Id, claim.Number, claim.State, claim.AcceptedAt, claim.ApprovedFen ?? claim.AmountFen, beforeReview));
                }
            }

            return held;
        }
    }
}
