using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Reference;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reference;

/// <summary>The working-day calendar: the years that are loaded, and one year's days that differ from the plain week.</summary>
public static class ShowCalendar
{
    [Requires(Permission.ManageReferenceData)]
    public sealed record Query(int? Year = null) : IRequest<Answer>;

    /// <param name="Chosen">The year shown; the last loaded one unless another was asked for.</param>
    /// <param name="Days">Its days, with those of the December before that came with its notice.</param>
    /// <param name="Lacking">The next year, once its notice should be out and it is not loaded; else null.</param>
    public sealed record Answer(IReadOnlyList<CalendarYear> Years, int Chosen, IReadOnlyList<CalendarDay> Days, int? Lacking);

    internal sealed class Handler(FundPoolDb db, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            List<CalendarYear> years = await db.CalendarYears.AsNoTracking().OrderByDescending(y => y.Year).ToListAsync(cancellationToken);
            int chosen = query.Year ?? years.Select(y => y.Year).FirstOrDefault(rules.Today.Year);
            List<CalendarDay> days = await db.CalendarDays.AsNoTracking().Where(d => d.NoticeYear == chosen).OrderBy(d => d.Date).ToListAsync(cancellationToken);
            return new Answer(years, chosen, days, CalendarGap.Lacking([.. years.Select(y => y.Year)], rules.Today));
        }
    }
}

/// <summary>Whether a calendar year is missing that deadlines already reach into.</summary>
internal static class CalendarGap
{
    /// <summary>
    /// This year if it is missing; next year from November on, when the State Council's notice comes out and deadlines begin to
    /// reach into it.
    /// </summary>
    public static int? Lacking(IReadOnlyCollection<int> loaded, DateOnly today) =>
        !loaded.Contains(today.Year) ? today.Year
        : today.Month >= 11 && !loaded.Contains(today.Year + 1) ? today.Year + 1
        : null;
}
