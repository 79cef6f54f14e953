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

/// <summary>The claim form of one submission, made when it is first asked for. Taking it out is written down.</summary>
public static class OpenClaimForm
{
    /// <param name="N">Which submission, from 1.</param>
    [Requires(Permission.ReadClaims)]
    public sealed record Command(int Bank, long Claim, int N) : IRequest<Outcome<PaperFile>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, PaperShelf shelf) : IRequestHandler<Command, Outcome<PaperFile>>
    {
        public async Task<Outcome<PaperFile>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            ClaimVersion? version = await db.ClaimVersions.AsNoTracking()
                .FirstOrDefaultAsync(v => v.PoolId == pool && v.BankId == command.Bank && v.ClaimId == command.Claim && v.N == command.N, cancellationToken);
            if (version is null)
            {
                return default(NotFound);
            }

            if (await shelf.WhyNotAsync(actor, pool, command.Bank, command.Claim, cancellationToken) is { } personal)
            {
                return personal;
            }

            PaperSubject subject = new(pool, command.Bank, PaperKinds.ClaimForm, command.Claim, command.N);
            IssuedPaper? paper = await shelf.FindAsync(subject, cancellationToken);
            if (paper is null)
            {
                if (actor.Acting.Scope == Scope.Auditor)
                {
                    return PaperShelf.NotMadeYet("19(2)");
                }

                Claim claim = await db.Claims.AsNoTracking().FirstAsync(c => c.PoolId == pool && c.BankId == command.Bank && c.Id == command.Claim, cancellationToken);
                Loan loan = await db.Loans.AsNoTracking().FirstAsync(l => l.PoolId == pool && l.BankId == command.Bank && l.Id == claim.LoanId, cancellationToken);
                (string bank, string name) = await shelf.NamesAsync(pool, command.Bank, cancellationToken);
                RuleBase at = await rules.InAsync(db, cancellationToken);
                ClaimRuling ruled = (await ClaimRuling.AgainAsync(db, version, cancellationToken)).Ruling;
                paper = await shelf.IssueAsync(subject, ClaimPaper.Of(claim, version, ruled, loan, bank, name, at.Rulebooks), cancellationToken);
            }

            await db.NoteAsync(nameof(OpenClaimForm), "compensation.paper", $"{pool}/{command.Bank}/{command.Claim}/{command.N}", paper.Code, cancellationToken);
            return PaperFile.Of(paper);
        }
    }
}
