using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Calendar;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.DueDates;

/// <summary>Every deadline that runs and concerns the reader, the nearest first; and those that were missed in the last year.</summary>
public static class ListDeadlines
{
    /// <summary>So many lines are shown; the counts are of all.</summary>
    public const int Most = 200;

    [Requires(Permission.ReadClaims)]
    public sealed record Query(string? Code = null, CountdownBand? Band = null) : IRequest<Answer>;

    /// <param name="Codes">The deadlines that run, with how many of each.</param>
    /// <param name="Missed">What was missed, the latest first.</param>
    public sealed record Answer(IReadOnlyList<DeadlineLine> Lines, int Found, IReadOnlyList<(DeadlineRule Rule, int Count)> Codes, IReadOnlyDictionary<CountdownBand, int> Bands,
        IReadOnlyList<Reminder> Missed, IReadOnlyDictionary<string, DeadlineRule> Rules, IReadOnlyDictionary<int, string> Names);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            DateOnly today = rules.Today, year = today.AddYears(-1);
            // A loan's number is for those who may read loans.
            IReadOnlyList<DeadlineLine> all = [.. (await new RunningDeadlines(db, rules, pool, bank).ReadAsync(today, cancellationToken))
                .Where(line => line.About is not ("loan" or "quarter") || actor.May(Permission.ReadLoans))];
            List<DeadlineLine> found = [.. all.Where(line => (query.Code is null || line.Rule.Code == query.Code)
                && (query.Band is null || (!line.Stopped && line.Deadline.On(today).Band == query.Band)))];
            List<Reminder> missed = await db.Reminders.AsNoTracking()
                .Where(r => r.PoolId == pool && (bank == null || r.BankId == bank) && r.Band == "missed" && r.GivenOn >= year && (query.Code == null || r.Code == query.Code))
                .OrderByDescending(r => r.Due).ThenByDescending(r => r.Number).Take(Most).ToListAsync(cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            return new Answer([.. found.Take(Most)], found.Count,
                [.. all.GroupBy(line => line.Rule).Select(group => (group.Key, group.Count()))],
                all.Where(line => !line.Stopped).GroupBy(line => line.Deadline.On(today).Band).ToDictionary(group => group.Key, group => group.Count()),
                [.. missed.Where(r => r.About != "loan" || actor.May(Permission.ReadLoans))],
                at.Rulebooks.Home.Deadlines.ToDictionary(rule => rule.Code),
                (await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool).Select(o => new { o.Id, o.Name }).ToListAsync(cancellationToken)).ToDictionary(o => o.Id, o => o.Name));
        }
    }
}
