using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>
/// The reviewer's page for one claim: ruled today step by step, what changed since it was submitted, what the same borrower
/// and the same note have elsewhere, and every review before. For the pool's institutions and auditors; a bank reads the claim's own page.
/// </summary>
public static class ShowReview
{
    private const int Most = 50;

    [Requires(Permission.ReadClaims)]
    public sealed record Query(int Bank, long Claim) : IRequest<Outcome<Answer>>;

    /// <param name="WhyNotMe">Why the reader can't take the step that waits, if it is a matter of persons.</param>
    /// <param name="Waiting">The proposal that waits for a chief.</param>
    public sealed record Answer(ReviewDesk Desk, string BankName, string BorrowerName, IReadOnlyList<Elsewhere> Elsewhere,
        IReadOnlyList<Notable> Warnings, IReadOnlyList<Review> Reviews, IReadOnlyList<Deficiency> Deficiencies, Refusal? WhyNotMe)
    {
        public Review? Waiting => Reviews.FirstOrDefault(review => review.State == "proposed");
    }

    /// <summary>Another loan of the same borrower, at whatever bank of the pool, with its claim if it has one.</summary>
    public sealed record Elsewhere(int Bank, string BankName, long Loan, string NoteNo, long PrincipalFen, DateOnly LoanDate, string RiskClass, string Library,
        long? Claim, string? ClaimNumber, string? ClaimState, long? ClaimFen);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Claim? claim = actor.Kind == OrganisationKind.Bank ? null : await db.Claims.AsNoTracking()
                .FirstOrDefaultAsync(c => c.PoolId == pool && c.BankId == query.Bank && c.Id == query.Claim && c.Version > 0, cancellationToken);
            if (claim is null)
            {
                return default(NotFound);
            }

            ReviewDesk desk = await ReviewDesk.OpenAsync(db, rules, claim, cancellationToken);
            Loan loan = desk.Loan;
            string bank = await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Id == claim.BankId).Select(o => o.Name).FirstAsync(cancellationToken);
            List<Elsewhere> elsewhere = await ElsewhereAsync(pool, loan, cancellationToken);
            List<Review> reviews = await db.Reviews.AsNoTracking().Where(r => r.PoolId == pool && r.BankId == claim.BankId && r.ClaimId == claim.Id)
                .OrderByDescending(r => r.Id).ToListAsync(cancellationToken);
            List<Deficiency> deficiencies = await db.Deficiencies.AsNoTracking().Where(d => d.PoolId == pool && d.BankId == claim.BankId && d.ClaimId == claim.Id)
                .OrderByDescending(d => d.Id).ToListAsync(cancellationToken);
            bool waits = reviews.Exists(r => r.State == "proposed");
            Refusal? whyNotMe = actor.Acting.Person is { } person && actor.May(waits ? Permission.DecideReviews : Permission.ReviewClaims)
                ? await ReviewPeople.WhyNotAsync(db, claim, desk.Kind, person, asChief: waits, cancellationToken) : null;
            return new Answer(desk, bank, Masking.Name(actor, loan), elsewhere,
                await new ReviewWarnings(db).OfAsync(claim, loan, elsewhere, cancellationToken), reviews, deficiencies, whyNotMe);
        }

        private async Task<List<Elsewhere>> ElsewhereAsync(int pool, Loan loan, CancellationToken ct)
        {
            var rows = await (
                from other in db.Loans.AsNoTracking()
                where other.PoolId == pool && other.BorrowerKey == loan.BorrowerKey && (other.BankId != loan.BankId || other.Id != loan.Id)
                join bank in db.Organisations on new { other.PoolId, Id = other.BankId } equals new { bank.PoolId, bank.Id }
                from claim in db.Claims.Where(c => c.PoolId == other.PoolId && c.BankId == other.BankId && c.LoanId == other.Id && c.Version > 0 && c.State != "withdrawn").DefaultIfEmpty()
                orderby other.LoanDate descending, other.Id descending
                select new { other, bank.Name, claim }).Take(Most).ToListAsync(ct);
            return [.. rows.Select(r => new Elsewhere(r.other.BankId, r.Name, r.other.Id, r.other.NoteNo, r.other.PrincipalFen, r.other.LoanDate, r.other.RiskClass, r.other.Library,
                r.claim?.Id, r.claim?.Number, r.claim?.State, r.claim?.PaidFen ?? r.claim?.ApprovedFen ?? r.claim?.AmountFen))];
        }
    }
}
