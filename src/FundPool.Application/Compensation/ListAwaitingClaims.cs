using System.Globalization;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>Non-performing loans for which nothing was claimed yet, with the three months counting down (a.19(2)); the nearest deadline first.</summary>
public static class ListAwaitingClaims
{
    public const int PageSize = 50;

    /// <param name="Missed">Those whose three months are over instead of those that run.</param>
    [Requires(Permission.ReadClaims)]
    public sealed record Query(bool Missed = false, int? Bank = null, string? After = null) : IRequest<Answer>;

    /// <param name="Running">How many may still be claimed for.</param>
    /// <param name="Soon">Of these, those with ten days or fewer left.</param>
    /// <param name="Over">How many can't be claimed for any more.</param>
    public sealed record Answer(IReadOnlyList<Row> Rows, int Running, int Soon, int Over, long PrincipalFen, string? Next, IReadOnlyDictionary<int, string> Banks);

    /// <param name="RateTooHigh">Known since the registration: a claim for it can't be met (a.15(3)).</param>
    /// <param name="Rejected">An earlier claim for it was rejected or withdrawn.</param>
    public sealed record Row(int BankId, long Loan, string NoteNo, string BorrowerName, string RiskClass, long OutstandingFen, int ExpectedShareBp, DateOnly NplSince, Deadline Deadline, bool Rejected, bool RateTooHigh);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank ?? query.Bank;
            RuleBase at = await rules.InAsync(db, cancellationToken);
            Func<DateOnly, Deadline> claim = at.Deadlines.Of("claim");
            DateOnly today = rules.Today;
            // A later event never has an earlier deadline, so that what is still in time begins on one day.
            DateOnly first = today;
            while (claim(first.AddDays(-1)).Due >= today)
            {
                first = first.AddDays(-1);
            }

            DateOnly soon = first;
            while (soon <= today && claim(soon).Due <= today.AddDays(10))
            {
                soon = soon.AddDays(1);
            }

            IQueryable<Loan> awaiting = Awaiting(db, pool, bank);
            var counts = await awaiting.GroupBy(l => 1).Select(g => new
            {
                Running = g.Count(l => l.NplSince >= first),
                Soon = g.Count(l => l.NplSince >= first && l.NplSince < soon),
                Over = g.Count(l => l.NplSince < first),
            }).FirstOrDefaultAsync(cancellationToken);
            IQueryable<Loan> asked = query.Missed ? awaiting.Where(l => l.NplSince < first) : awaiting.Where(l => l.NplSince >= first);
            long principal = await asked.SumAsync(l => l.OutstandingFen ?? l.PrincipalFen, cancellationToken);
            IQueryable<Loan> page = asked;
            if (Cursor(query.After) is { } after)
            {
                page = page.Where(l => l.NplSince > after.Day || (l.NplSince == after.Day && l.Id > after.Id));
            }

            List<Loan> rows = await page.OrderBy(l => l.NplSince).ThenBy(l => l.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
            bool more = rows.Count > PageSize;
            rows = [.. rows.Take(PageSize)];
            long[] ids = [.. rows.Select(l => l.Id)];
            HashSet<(int, long)> before = [.. (await db.Claims.AsNoTracking().Where(c => c.PoolId == pool && (bank == null || c.BankId == bank) && ids.Contains(c.LoanId))
                .Select(c => new { c.BankId, c.LoanId }).ToListAsync(cancellationToken)).Select(c => (c.BankId, c.LoanId))];
            return new Answer(
                [.. rows.Select(l => new Row(l.BankId, l.Id, l.NoteNo, Masking.Name(actor, l), l.RiskClass, l.OutstandingFen ?? l.PrincipalFen, l.ExpectedShareBp,
                    l.NplSince!.Value, claim(l.NplSince.Value), before.Contains((l.BankId, l.Id)), l.Warnings.Contains("rate")))],
                counts?.Running ?? 0, counts?.Soon ?? 0, counts?.Over ?? 0, principal,
                more ? string.Create(CultureInfo.InvariantCulture, $"{rows[^1].NplSince:yyyy-MM-dd}_{rows[^1].Id}") : null,
                actor.Acting.Bank is not null ? new Dictionary<int, string>()
                    : await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Kind == "bank").OrderBy(o => o.Code).ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken));
        }

        private static (DateOnly Day, long Id)? Cursor(string? text) => text?.Split('_') is [var day, var id]
            && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly since)
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? (since, number) : null;
    }

    /// <summary>The loans that are non-performing, in the loan library, and without a claim that is under way or was paid.</summary>
    internal static IQueryable<Loan> Awaiting(FundPoolDb db, int pool, int? bank)
    {
        string[] ended = [ClaimStates.All.Code(ClaimState.Rejected), ClaimStates.All.Code(ClaimState.Withdrawn)];
        return db.Loans.AsNoTracking().Where(l => l.PoolId == pool && (bank == null || l.BankId == bank) && l.Library == "loan" && l.NplSince != null
            && !db.Claims.Any(c => c.PoolId == l.PoolId && c.BankId == l.BankId && c.LoanId == l.Id && !ended.Contains(c.State)));
    }
}
