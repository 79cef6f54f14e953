using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Papers;

/// <summary>The opinion of a decided review, made when it is first asked for. Taking it out is written down.</summary>
public static class OpenReviewOpinion
{
    [Requires(Permission.ReadClaims)]
    public sealed record Command(int Bank, long Review) : IRequest<Outcome<PaperFile>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, PaperShelf shelf) : IRequestHandler<Command, Outcome<PaperFile>>
    {
        public async Task<Outcome<PaperFile>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Review? review = await db.Reviews.AsNoTracking()
                .FirstOrDefaultAsync(r => r.PoolId == pool && r.BankId == command.Bank && r.Id == command.Review && r.State == "decided", cancellationToken);
            if (review is null)
            {
                return default(NotFound);
            }

            if (await shelf.WhyNotAsync(actor, pool, command.Bank, review.ClaimId, cancellationToken) is { } personal)
            {
                return personal;
            }

            PaperSubject subject = new(pool, command.Bank, PaperKinds.ReviewOpinion, command.Review);
            IssuedPaper? paper = await shelf.FindAsync(subject, cancellationToken);
            if (paper is null)
            {
                if (actor.Acting.Scope == Scope.Auditor)
                {
                    return PaperShelf.NotMadeYet("20(1)");
                }

                paper = await shelf.IssueAsync(subject, await MakeAsync(pool, review, cancellationToken), cancellationToken);
            }

            await db.NoteAsync(nameof(OpenReviewOpinion), "compensation.paper", $"{pool}/{command.Bank}/{review.ClaimId}", paper.Code, cancellationToken);
            return PaperFile.Of(paper);
        }

        private async Task<Paper> MakeAsync(int pool, Review review, CancellationToken ct)
        {
            Claim claim = await db.Claims.AsNoTracking().FirstAsync(c => c.PoolId == pool && c.BankId == review.BankId && c.Id == review.ClaimId, ct);
            ClaimVersion version = await db.ClaimVersions.AsNoTracking()
                .FirstAsync(v => v.PoolId == pool && v.BankId == review.BankId && v.ClaimId == review.ClaimId && v.N == review.ClaimVersion, ct);
            Loan loan = await db.Loans.AsNoTracking().FirstAsync(l => l.PoolId == pool && l.BankId == review.BankId && l.Id == claim.LoanId, ct);
            int ordinal = await db.Reviews.CountAsync(r => r.PoolId == pool && r.BankId == review.BankId && r.ClaimId == review.ClaimId && r.State == "decided" && r.Id <= review.Id, ct);
            // The unit that decided, as the history has it: a bank does not read the institutions' own rows.
            string? office = await db.ClaimSteps.Where(s => s.PoolId == pool && s.BankId == review.BankId && s.ClaimId == review.ClaimId && s.PersonId == review.Chief)
                .OrderByDescending(s => s.Id).Select(s => s.UnitName).FirstOrDefaultAsync(ct);
            (string bank, string name) = await shelf.NamesAsync(pool, review.BankId, ct);
            RuleBase at = await rules.InAsync(db, ct);
            return ReviewPaper.Of(claim, review, await BaseAsync(version, review, ct), ordinal, loan, bank, office ?? "项目库管理机构", name, at.Rulebooks);
        }

        // What the decision was taken from: for an objection what had been approved before, else what the submission came to.
        private async Task<Money> BaseAsync(ClaimVersion version, Review review, CancellationToken ct)
        {
            long? approved = review.Kind != "re_examination" ? null : await db.Reviews
                .Where(r => r.PoolId == review.PoolId && r.BankId == review.BankId && r.ClaimId == review.ClaimId && r.State == "decided" && r.Proposal == "approve" && r.Id < review.Id)
                .OrderByDescending(r => r.Id).Select(r => r.ApprovedFen).FirstOrDefaultAsync(ct);
            return approved is { } fen ? new Money(fen) : (await ClaimRuling.AgainAsync(db, version, ct)).Ruling.Amount;
        }
    }
}
