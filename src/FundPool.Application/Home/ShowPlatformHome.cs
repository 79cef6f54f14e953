using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Home;

/// <summary>What the platform's administrator sees first: organisations, people, and reference data that is missing or old.</summary>
public static class ShowPlatformHome
{
    [Requires(Permission.ManageReferenceData)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="WithoutAdministrator">Organisations in use that nobody can manage.</param>
    /// <param name="NeverSignedIn">People who were entered and have not set a password yet.</param>
    /// <param name="LackingYear">A calendar year that is needed and not loaded.</param>
    /// <param name="RatesKnownBefore">From this day on no prime rate is known.</param>
    public sealed record Answer(int Pools, int Organisations, int Banks, int People, IReadOnlyList<Lone> WithoutAdministrator, int NeverSignedIn,
        int? LackingYear, int LastYear, DateOnly RatesKnownBefore, bool RatesStale, DateOnly? LastRate, int UnconfirmedRates);

    public sealed record Lone(int Pool, int Id, string Name);

    internal sealed class Handler(FundPoolDb db, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            string administrator = Membership.CodeOf(Role.OrganisationAdministrator);
            var organisations = await db.Organisations.AsNoTracking().Where(o => o.PoolId != 0 && o.DisabledAt == null).OrderBy(o => o.Code)
                .Select(o => new
                {
                    o.PoolId, o.Id, o.Kind, o.Name,
                    Managed = db.PersonRoles.Any(r => r.PoolId == o.PoolId && r.OrganisationId == o.Id && r.Role == administrator
                        && db.People.Any(p => p.PoolId == r.PoolId && p.OrganisationId == r.OrganisationId && p.Id == r.PersonId && p.DisabledAt == null)),
                }).ToListAsync(cancellationToken);
            var people = await db.People.Where(p => p.DisabledAt == null).GroupBy(p => 1)
                .Select(g => new { All = g.Count(), Waiting = g.Count(p => p.MustSetPassword) }).FirstOrDefaultAsync(cancellationToken);
            int pools = await db.Pools.CountAsync(p => p.Id != 0, cancellationToken);
            int[] years = await db.CalendarYears.Select(y => y.Year).ToArrayAsync(cancellationToken);
            List<string> notes = await db.LoanPrimeRates.Select(r => r.Note).ToListAsync(cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            return new Answer(pools, organisations.Count, organisations.Count(o => o.Kind == "bank"), people?.All ?? 0,
                [.. organisations.Where(o => !o.Managed).Select(o => new Lone(o.PoolId, o.Id, o.Name))], people?.Waiting ?? 0,
                CalendarGap.Lacking(years, rules.Today), years.Length == 0 ? 0 : years.Max(), at.Facts.Lpr.KnownBefore, rules.Today >= at.Facts.Lpr.KnownBefore,
                at.Facts.Lpr.Rows.Count == 0 ? null : at.Facts.Lpr.Rows[^1].PublishedOn, notes.Count(ListPrimeRates.IsUnconfirmed));
        }
    }
}
