using FundPool.Application.Imports;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using FundPool.Domain.Suspension;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Home;

/// <summary>What a bank's people see first: what is due, what is at risk, what changed.</summary>
public static class ShowBankHome
{
    private const int Shown = 5;
    private const int Recent = 30;

    [Requires(Permission.ReadLoans)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="Imports">Files that wait for a decision, run, or failed lately.</param>
    /// <param name="Claims">Bad loans that may still be claimed, the nearest deadline first.</param>
    /// <param name="Corrections">Waiting corrections, then those decided lately.</param>
    /// <param name="Drafts">What this person began and did not send.</param>
    public sealed record Answer(IReadOnlyList<QuarterWindow> Quarters, SuspensionRule Rule, StandingFigures Figures, Standing Standing,
        IReadOnlyList<(ImportBatch Batch, string FileName)> Imports, ClaimsDue Claims, IReadOnlyList<CorrectionLine> Corrections, IReadOnlyList<Draft> Drafts, NewNpl NewNpl)
    {
        /// <summary>Claims that lie on this person's desk: a maker's to fill in and supplement, a checker's to check; the nearest end of the three months first.</summary>
        public IReadOnlyList<DeskLine> Desk { get; init; } = [];
    }

    /// <param name="Deadline">The end of the three months, while nothing was submitted.</param>
    public sealed record DeskLine(long Claim, string Number, string Borrower, string State, Deadline? Deadline);

    /// <param name="Open">Bad loans whose three months run.</param>
    /// <param name="Soon">Of these, those with ten days or fewer left.</param>
    public sealed record ClaimsDue(int Open, int Soon, IReadOnlyList<ClaimLine> First);

    public sealed record ClaimLine(long Loan, string NoteNo, string BorrowerName, long PrincipalFen, DateOnly NplSince, Deadline Deadline);

    public sealed record CorrectionLine(long Id, long Loan, string NoteNo, string BorrowerName, string State, DateTime At);

    /// <summary>What turned bad in the last thirty days.</summary>
    public sealed record NewNpl(int Loans, Money Principal);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank(), person = actor.Person();
            RuleBase at = await rules.InAsync(db, cancellationToken);
            MeasureStanding measure = new(db);
            List<Draft> drafts = actor.May(Permission.RegisterLoans)
                ? await db.Drafts.AsNoTracking().Where(d => d.PoolId == pool && d.BankId == bank && d.PersonId == person)
                    .OrderByDescending(d => d.SavedAt).Take(Shown).ToListAsync(cancellationToken)
                : [];
            DateOnly month = rules.Today.AddDays(-Recent);
            var fresh = await db.Loans.Where(l => l.PoolId == pool && l.BankId == bank && l.NplSince >= month)
                .GroupBy(l => 1).Select(g => new { Loans = g.Count(), Fen = g.Sum(l => l.PrincipalFen) }).FirstOrDefaultAsync(cancellationToken);
            return new Answer(
                await QuarterWindow.ReadAsync(db, rules, pool, bank, cancellationToken),
                at.Suspension,
                await measure.FiguresAsync(pool, bank, cancellationToken),
                await measure.LastAsync(pool, bank, cancellationToken),
                await ImportsAsync(pool, bank, cancellationToken),
                await ClaimsAsync(pool, bank, at, cancellationToken),
                await CorrectionsAsync(pool, bank, cancellationToken),
                drafts,
                new NewNpl(fresh?.Loans ?? 0, new Money(fresh?.Fen ?? 0)))
            {
                Desk = await DeskAsync(pool, bank, at, cancellationToken),
            };
        }

        private async Task<IReadOnlyList<DeskLine>> DeskAsync(int pool, int bank, RuleBase at, CancellationToken ct)
        {
            string[] mine = [.. actor.May(Permission.MakeClaims) ? ["draft", "returned"] : (string[])[], .. actor.May(Permission.CheckClaims) ? ["checking", "supplementing"] : (string[])[]];
            var rows = await (
                from claim in db.Claims.AsNoTracking()
                where claim.PoolId == pool && claim.BankId == bank && mine.Contains(claim.State)
                join loan in db.Loans on new { claim.PoolId, claim.BankId, Id = claim.LoanId } equals new { loan.PoolId, loan.BankId, loan.Id }
                orderby claim.AppliedOn != null, loan.NplSince, claim.Id
                select new { claim.Id, claim.Number, loan.BorrowerName, claim.State, claim.AppliedOn, Since = claim.NplDate ?? loan.NplSince }).Take(10).ToListAsync(ct);
            return [.. rows.Select(row => new DeskLine(row.Id, row.Number, row.BorrowerName, row.State, row.AppliedOn is null && row.Since is { } since ? at.Deadlines.Due("claim", since) : null))];
        }

        private async Task<IReadOnlyList<(ImportBatch, string)>> ImportsAsync(int pool, int bank, CancellationToken ct)
        {
            DateTime lately = clock.GetUtcNow().UtcDateTime.AddDays(-7);
            var rows = await (
                from batch in db.ImportBatches.AsNoTracking()
                where batch.PoolId == pool && batch.BankId == bank
                    && (batch.State == "checked" || batch.State == "checking" || batch.State == "registering" || (batch.State == "failed" && batch.CreatedAt > lately))
                join file in db.Files on new { batch.PoolId, batch.BankId, Id = batch.FileId } equals new { file.PoolId, file.BankId, file.Id }
                orderby batch.Id descending
                select new { batch, file.Name }).Take(Shown).ToListAsync(ct);
            return [.. rows.Select(r => (r.batch, r.Name))];
        }

        private async Task<ClaimsDue> ClaimsAsync(int pool, int bank, RuleBase at, CancellationToken ct)
        {
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

            IQueryable<Loan> open = Compensation.ListAwaitingClaims.Awaiting(db, pool, bank).Where(l => l.NplSince >= first);
            int count = await open.CountAsync(ct);
            var rows = await open.OrderBy(l => l.NplSince).ThenBy(l => l.Id).Take(Shown)
                .Select(l => new { l.Id, l.NoteNo, l.BorrowerName, l.PrincipalFen, Since = l.NplSince!.Value }).ToListAsync(ct);
            return new ClaimsDue(count, await open.CountAsync(l => l.NplSince < soon, ct),
                [.. rows.Select(l => new ClaimLine(l.Id, l.NoteNo, l.BorrowerName, l.PrincipalFen, l.Since, claim(l.Since)))]);
        }

        private async Task<IReadOnlyList<CorrectionLine>> CorrectionsAsync(int pool, int bank, CancellationToken ct)
        {
            DateTime lately = clock.GetUtcNow().UtcDateTime.AddDays(-14);
            return await (
                from correction in db.Corrections.AsNoTracking()
                where correction.PoolId == pool && correction.BankId == bank && (correction.State == "proposed" || correction.DecidedAt > lately)
                join loan in db.Loans on new { correction.PoolId, correction.BankId, Id = correction.LoanId } equals new { loan.PoolId, loan.BankId, loan.Id }
                orderby correction.State == "proposed" descending, correction.Id descending
                select new CorrectionLine(correction.Id, correction.LoanId, loan.NoteNo, loan.BorrowerName, correction.State, correction.DecidedAt ?? correction.ProposedAt))
                .Take(Shown).ToListAsync(ct);
        }
    }
}
