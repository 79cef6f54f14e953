using FundPool.Application.Imports;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>Which of the reviewer's trays.</summary>
public enum ReviewTray
{
    /// <summary>For the officer: submitted, asked to look again, objected to.</summary>
    Officer,

    /// <summary>For the chief: what an officer proposed.</summary>
    Chief,

    /// <summary>Accepted while the bank is suspended: not reviewed now.</summary>
    Held,

    /// <summary>With the bank for supplement: the clock stands.</summary>
    Returned,
}

/// <summary>The reviewer's inbox: what is due first stands first.</summary>
public static class ListReviews
{
    public const int PageSize = 50;

    /// <param name="Band">Only what is due within so many days; 0 is overdue.</param>
    /// <param name="Mine">Only claims in which the reader proposed or decided before.</param>
    [Requires(Permission.ReadClaims)]
    public sealed record Query(ReviewTray Tray, int? Bank = null, string? State = null, int? Band = null, decimal? Min = null, decimal? Max = null,
        bool Mine = false, int Page = 1, int Size = PageSize) : IRequest<Answer>;

    /// <param name="Sum">What is claimed or approved in all rows of the tray together, in fen.</param>
    public sealed record Answer(IReadOnlyList<Row> Rows, IReadOnlyDictionary<ReviewTray, int> Counts, int Found, long Sum, IReadOnlyList<(int Id, string Name)> Banks);

    /// <param name="WorkingDays">Working days left, the due day included; negative once it is past, null while the clock stands.</param>
    public sealed record Row(Claim Claim, string BankName, string NoteNo, string BorrowerName, DateOnly? Due, bool Provisional, int? WorkingDays, Refusal? Held, Review? Proposed);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        private static readonly string[] ForOfficers = ["submitted", "re_review", "objected"];
        private static readonly string[] ForChiefs = ["proposed", "re_proposed", "re_examined"];
        private static readonly string[] WithBanks = ["returned", "supplementing"];

        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            DateOnly today = rules.Today;
            // A bank has no tray here; its claims have pages of their own.
            int? fence = actor.Acting.Bank;
            RuleBase at = await rules.InAsync(db, cancellationToken);
            Dictionary<long, Refusal> held = await HeldClaims.OfAsync(db, at, pool, today, cancellationToken);
            long[] heldIds = [.. held.Keys];
            IQueryable<Claim> all = db.Claims.AsNoTracking().Where(c => c.PoolId == pool && fence == null);
            IQueryable<Claim> In(ReviewTray tray) => tray switch
            {
                ReviewTray.Officer => all.Where(c => ForOfficers.Contains(c.State) && !heldIds.Contains(c.Id)),
                ReviewTray.Chief => all.Where(c => ForChiefs.Contains(c.State)),
                ReviewTray.Held => all.Where(c => c.State == "submitted" && heldIds.Contains(c.Id)),
                _ => all.Where(c => WithBanks.Contains(c.State)),
            };
            Dictionary<ReviewTray, int> counts = [];
            foreach (ReviewTray tray in Enum.GetValues<ReviewTray>())
            {
                counts[tray] = await In(tray).CountAsync(cancellationToken);
            }

            IQueryable<Claim> wanted = Filter(In(query.Tray), query, pool, today);
            int found = await wanted.CountAsync(cancellationToken);
            long sum = await wanted.SumAsync(c => c.ApprovedFen ?? c.AmountFen ?? 0, cancellationToken);
            var rows = await (
                from claim in wanted
                join loan in db.Loans on new { claim.PoolId, claim.BankId, Id = claim.LoanId } equals new { loan.PoolId, loan.BankId, loan.Id }
                join bank in db.Organisations on new { claim.PoolId, Id = claim.BankId } equals new { bank.PoolId, bank.Id }
                let due = claim.State == "re_review" || claim.State == "re_proposed" ? claim.ReReviewDue : claim.ReviewDue
                orderby due == null, due, claim.AcceptedAt, claim.Id
                select new { claim, loan.NoteNo, loan.BorrowerName, loan.BorrowerKind, BankName = bank.Name, due })
                .Skip((Math.Max(1, query.Page) - 1) * query.Size).Take(query.Size).ToListAsync(cancellationToken);
            long[] shown = [.. rows.Select(r => r.claim.Id)];
            Dictionary<long, Review> proposed = await db.Reviews.AsNoTracking().Where(r => r.PoolId == pool && shown.Contains(r.ClaimId) && r.State == "proposed")
                .ToDictionaryAsync(r => r.ClaimId, cancellationToken);
            return new Answer(
                [.. rows.Select(r =>
                {
                    // An objection has no due day in the rule; the clock stands while a claim lies with its bank or is held.
                    bool stands = query.Tray is ReviewTray.Held or ReviewTray.Returned || r.claim.State is "objected" or "re_examined";
                    return new Row(r.claim, r.BankName, r.NoteNo, Masking.Name(actor, r.claim.BankId, r.BorrowerKind, r.BorrowerName),
                        stands ? null : r.due, r.claim.ReviewDueProvisional, stands || r.due is null ? null : WorkingDays(at, today, r.due.Value),
                        held.GetValueOrDefault(r.claim.Id), proposed.GetValueOrDefault(r.claim.Id));
                })],
                counts, found, sum, await BankChoices.ReadAsync(db, pool, cancellationToken));
        }

        private IQueryable<Claim> Filter(IQueryable<Claim> claims, Query query, int pool, DateOnly today)
        {
            if (query.Bank is { } bank)
            {
                claims = claims.Where(c => c.BankId == bank);
            }

            if (query.State is { Length: > 0 } state)
            {
                claims = claims.Where(c => c.State == state);
            }

            if (query.Band is { } days)
            {
                DateOnly until = days == 0 ? today.AddDays(-1) : today.AddDays(days);
                claims = claims.Where(c => (c.State == "re_review" || c.State == "re_proposed" ? c.ReReviewDue : c.ReviewDue) <= until && c.State != "objected" && c.State != "re_examined");
            }

            if (FenOf(query.Min) is { } min)
            {
                claims = claims.Where(c => c.AmountFen >= min);
            }

            if (FenOf(query.Max) is { } max)
            {
                claims = claims.Where(c => c.AmountFen <= max);
            }

            if (query.Mine)
            {
                int? me = actor.Acting.Person;
                claims = claims.Where(c => db.Reviews.Any(r => r.PoolId == pool && r.BankId == c.BankId && r.ClaimId == c.Id && (r.Officer == me || r.Chief == me)));
            }

            return claims;
        }

        private static long? FenOf(decimal? yuan) => yuan is >= 0 and < 1_000_000_000_000m ? (long)(yuan.Value * 100) : null;

        private static int WorkingDays(RuleBase at, DateOnly today, DateOnly due)
        {
            int days = 0;
            for (DateOnly day = due < today ? due : today; day < (due < today ? today : due); day = day.AddDays(1))
            {
                days += at.Facts.Calendar.IsWorkingDay(day.AddDays(1)) ? 1 : 0;
            }

            return due < today ? -days : days;
        }
    }
}
