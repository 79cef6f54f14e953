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

/// <summary>Every bank's ratio against the thresholds of a.17; a bank sees its own alone.</summary>
public static class ListStandings
{
    [Requires(Permission.ReadStandings)]
    public sealed record Query : IRequest<Answer>;

    public sealed record Answer(SuspensionRule Rule, IReadOnlyList<Row> Rows);

    /// <param name="Since">The day of the last crossing; null where none was ever crossed.</param>
    public sealed record Row(int Bank, string Code, string Name, StandingFigures Figures, Standing Standing, DateOnly? Since);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? own = actor.Acting.Bank;
            SuspensionRule rule = (await rules.InAsync(db, cancellationToken)).Suspension;
            List<Organisation> banks = await db.Organisations.AsNoTracking()
                .Where(o => o.PoolId == pool && o.Kind == "bank" && (own == null || o.Id == own)).OrderBy(o => o.Code).ToListAsync(cancellationToken);
            MeasureStanding measure = new(db);
            Dictionary<int, StandingFigures> figures = await measure.FiguresOfAllAsync(pool, cancellationToken);
            Dictionary<int, StandingCrossing> last = await measure.LastOfAllAsync(pool, cancellationToken);
            StandingFigures none = new(0, default, 0, default);
            return new Answer(rule, [.. banks.Select(bank => new Row(bank.Id, bank.Code, bank.Name, figures.GetValueOrDefault(bank.Id, none),
                MeasureStanding.StandingOf(last.GetValueOrDefault(bank.Id)),
                last.GetValueOrDefault(bank.Id)?.MeasuredOn))]);
        }
    }
}
