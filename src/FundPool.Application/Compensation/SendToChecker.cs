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

namespace FundPool.Application.Compensation;

/// <summary>The maker hands a whole claim to the bank's checker: every field filled in, every needed document there, every deficiency answered.</summary>
public static class SendToChecker
{
    [Requires(Permission.MakeClaims)]
    [UnderArticle("19(2)")]
    public sealed record Command(long Claim) : IRequest<Outcome<long>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Claims.LockAsync(actor.Pool(), actor.Bank(), command.Claim, cancellationToken) is not { } claim)
            {
                return default(NotFound);
            }

            if (SaveClaim.WhyNotEdited(claim) is { } elsewhere)
            {
                return elsewhere;
            }

            Loan loan = await db.LoanOfAsync(claim, cancellationToken);
            ClaimReadiness readiness = await ClaimReadiness.OfAsync(db, claim, loan, await rules.InAsync(db, cancellationToken), rules.Today, cancellationToken);
            if (readiness.Problems.Count > 0)
            {
                return readiness.Problems.ToList();
            }

            if (readiness.Refusal is { } refusal)
            {
                return refusal;
            }

            claim.TouchedBy(actor.Person());
            if (claim.Move(ClaimAction.SendToChecker, "19(2)") is { } no)
            {
                return no;
            }

            await db.SaveChangesAsync(cancellationToken);
            return claim.Id;
        }
    }
}
