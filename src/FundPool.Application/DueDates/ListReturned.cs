using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.DueDates;

/// <summary>Claims that lie with their bank for supplement, the oldest first: the queue that nobody's clock pushes.</summary>
public static class ListReturned
{
    [Requires(Permission.ReadClaims)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <param name="Days">Since the return, today not counted.</param>
    /// <param name="WithChecker">The bank's maker has answered, its checker has not.</param>
    public sealed record Row(int Bank, long Claim, string Number, string BankName, DateOnly ReturnedOn, int Days, int Lacking, bool WithChecker);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken) =>
            await ReadAsync(db, rules.Today, actor.Pool(), actor.Acting.Bank, cancellationToken);
    }

    internal static async Task<IReadOnlyList<Row>> ReadAsync(FundPoolDb db, DateOnly today, int pool, int? bank, CancellationToken ct)
    {
        var rows = await (
            from claim in db.Claims.AsNoTracking()
            where claim.PoolId == pool && (bank == null || claim.BankId == bank) && (claim.State == "returned" || claim.State == "supplementing")
            join organisation in db.Organisations on new { claim.PoolId, Id = claim.BankId } equals new { organisation.PoolId, organisation.Id }
            let returned = db.ClaimSteps.Where(s => s.PoolId == claim.PoolId && s.BankId == claim.BankId && s.ClaimId == claim.Id && s.FromState == "proposed" && s.ToState == "returned").Max(s => (DateTime?)s.At)
            let review = db.Reviews.Where(r => r.PoolId == claim.PoolId && r.BankId == claim.BankId && r.ClaimId == claim.Id).Max(r => (long?)r.Id)
            select new
            {
                claim.BankId, claim.Id, claim.Number, organisation.Name, claim.State, Returned = returned ?? claim.StateSince,
                Lacking = db.Deficiencies.Count(d => d.PoolId == claim.PoolId && d.BankId == claim.BankId && d.ClaimId == claim.Id && d.ReviewId == review),
            }).ToListAsync(ct);
        return [.. rows.Select(r => (Row: r, On: RunningDeadlines.DayOf(r.Returned)))
            .Select(r => new Row(r.Row.BankId, r.Row.Id, r.Row.Number, r.Row.Name, r.On, today.DayNumber - r.On.DayNumber, r.Row.Lacking, r.Row.State == "supplementing"))
            .OrderByDescending(row => row.Days).ThenBy(row => row.Number, StringComparer.Ordinal)];
    }
}
