using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
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
        IReadOnlyList<Summary> Parts, IReadOnlyList<StandingCrossing> Crossings);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
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
            return new Answer(bank, (await rules.InAsync(db, cancellationToken)).Suspension,
                await measure.FiguresAsync(pool, bank.Id, cancellationToken), await measure.LastAsync(pool, bank.Id, cancellationToken), parts, crossings);
        }
    }
}
