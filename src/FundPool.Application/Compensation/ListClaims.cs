using System.Globalization;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>A page of claims, the newest first, with the totals of everything that the filter holds and the numbers of each group of states.</summary>
public static class ListClaims
{
    public const int PageSize = 50;

    /// <param name="Group">The code of a <see cref="ClaimGroup"/>; null for all.</param>
    /// <param name="State">The code of one state inside the group.</param>
    /// <param name="Text">Looked for in the claim's number, the note's and the borrower's name.</param>
    /// <param name="DueSoon">Only those whose review ends within ten days or is late.</param>
    /// <param name="After">The claim to go on from; <paramref name="Before"/> the one to go back from.</param>
    [Requires(Permission.ReadClaims)]
    public sealed record Query(string? Group = null, string? State = null, int? Bank = null, string? Text = null, bool DueSoon = false, string? After = null, string? Before = null)
        : IRequest<Page>;

    /// <param name="Counts">How many claims each group of states holds, by its code, whatever group is looked at.</param>
    /// <param name="Banks">The pool's banks by id, for who sees several.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, string? Next, string? Previous, int Total, long AmountFen, IReadOnlyDictionary<string, int> Counts, IReadOnlyDictionary<int, string> Banks);

    /// <param name="Due">The reviewer's day, while there is one.</param>
    /// <param name="ClockStands">The claim lies with the bank, or its bank is suspended.</param>
    public sealed record Row(int BankId, long Id, string Number, string State, int RowVersion, string NoteNo, string BorrowerName, long? BasisFen, int? ShareBp, long? AmountFen,
        long? ApprovedFen, string? Outcome, DateOnly? NplDate, DateTime? AcceptedAt, DateOnly? Due, bool DueProvisional, bool ClockStands, DateTime StateSince, string MadeByName);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Page>
    {
        public async Task<Page> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank ?? query.Bank;
            var all = Joined(pool, bank, query);
            Dictionary<string, int> byState = await all.GroupBy(row => row.Claim.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            if (ClaimGroup.Find(query.Group) is { } group)
            {
                string[] codes = query.State is { } one && group.Codes.Contains(one) ? [one] : group.Codes;
                all = all.Where(row => codes.Contains(row.Claim.State));
            }

            var totals = await all.GroupBy(row => 1).Select(g => new { Count = g.Count(), Fen = g.Sum(row => row.Claim.ApprovedFen ?? row.Claim.AmountFen ?? 0) }).FirstOrDefaultAsync(cancellationToken);
            (List<Joint> rows, bool first, bool last) = await PageAsync(all, query, cancellationToken);
            Dictionary<long, Refusal> held = await HeldClaims.OfAsync(db, await rules.InAsync(db, cancellationToken), pool, rules.Today, cancellationToken);
            return new Page([.. rows.Select(row => Shown(row, held.ContainsKey(row.Claim.Id)))],
                last || rows.Count == 0 ? null : rows[^1].Claim.Id.ToString(CultureInfo.InvariantCulture),
                first || rows.Count == 0 ? null : rows[0].Claim.Id.ToString(CultureInfo.InvariantCulture),
                totals?.Count ?? 0, totals?.Fen ?? 0,
                ClaimGroup.All.ToDictionary(g => g.Code, g => g.Codes.Sum(code => byState.GetValueOrDefault(code))),
                actor.Acting.Bank is not null ? new Dictionary<int, string>()
                    : await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Kind == "bank").OrderBy(o => o.Code).ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken));
        }

        // What a bank never submitted is its own; nobody else sees it.
        private IQueryable<Joint> Joined(int pool, int? bank, Query query)
        {
            bool own = actor.Acting.Bank is not null;
            IQueryable<Joint> rows =
                from claim in db.Claims.AsNoTracking()
                where claim.PoolId == pool && (bank == null || claim.BankId == bank) && (own || claim.Version > 0)
                join loan in db.Loans on new { claim.PoolId, claim.BankId, Id = claim.LoanId } equals new { loan.PoolId, loan.BankId, loan.Id }
                select new Joint { Claim = claim, Loan = loan };
            if (query.Text?.Trim() is { Length: > 0 } text)
            {
                rows = rows.Where(row => row.Claim.Number.Contains(text) || row.Loan.NoteNo.Contains(text) || ((own || row.Loan.BorrowerKind != "owner") && row.Loan.BorrowerName.Contains(text)));
            }

            if (query.DueSoon)
            {
                DateOnly soon = rules.Today.AddDays(10);
                string[] waiting = [.. ClaimGroup.Find("review")!.Codes];
                rows = rows.Where(row => waiting.Contains(row.Claim.State) && row.Claim.ReviewDue <= soon);
            }

            return rows;
        }

        private static async Task<(List<Joint> Rows, bool IsFirst, bool IsLast)> PageAsync(IQueryable<Joint> all, Query query, CancellationToken ct)
        {
            long? after = Key(query.After);
            long? before = after is null ? Key(query.Before) : null;
            IQueryable<Joint> part = after is not null ? all.Where(row => row.Claim.Id < after) : before is not null ? all.Where(row => row.Claim.Id > before) : all;
            part = before is null ? part.OrderByDescending(row => row.Claim.Id) : part.OrderBy(row => row.Claim.Id);
            List<Joint> rows = await part.Take(PageSize + 1).ToListAsync(ct);
            bool more = rows.Count > PageSize;
            if (more)
            {
                rows.RemoveAt(PageSize);
            }

            if (before is not null)
            {
                rows.Reverse();
            }

            return (rows, before is null ? after is null : !more, before is null && !more);
        }

        private static long? Key(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;

        private Row Shown(Joint row, bool held) => new(row.Claim.BankId, row.Claim.Id, row.Claim.Number, row.Claim.State, row.Claim.RowVersion, row.Loan.NoteNo, Masking.Name(actor, row.Loan),
            row.Claim.BasisFen, row.Claim.ShareBp, row.Claim.AmountFen, row.Claim.ApprovedFen, row.Claim.Outcome, row.Claim.NplDate, row.Claim.AcceptedAt,
            row.Claim.State switch { "submitted" or "proposed" or "returned" or "supplementing" => row.Claim.ReviewDue, "re_review" or "re_proposed" => row.Claim.ReReviewDue, _ => null },
            row.Claim.ReviewDueProvisional && row.Claim.State is not ("re_review" or "re_proposed"), held || row.Claim.State is "returned" or "supplementing", row.Claim.StateSince, row.Claim.MadeByName);

        private sealed class Joint
        {
            public required Claim Claim { get; init; }

            public required Loan Loan { get; init; }
        }
    }
}
