using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>Takes a document off a claim that lies with its maker. The file and its history stay, and so do the versions that had it.</summary>
public static class WithdrawMaterial
{
    [Requires(Permission.MakeClaims)]
    [UnderArticle("19(2)")]
    public sealed record Command(long Claim, long File) : IRequest<Outcome<long>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Claims.LockAsync(actor.Pool(), actor.Bank(), command.Claim, cancellationToken) is not { } claim)
            {
                return default(NotFound);
            }

            Material? material = await db.Materials.FirstOrDefaultAsync(
                m => m.PoolId == claim.PoolId && m.BankId == claim.BankId && m.ClaimId == claim.Id && m.FileId == command.File && m.WithdrawnAt == null, cancellationToken);
            if (material is null)
            {
                return default(NotFound);
            }

            if (SaveClaim.WhyNotEdited(claim) is { } elsewhere)
            {
                return elsewhere;
            }

            material.WithdrawnAt = clock.GetUtcNow().UtcDateTime;
            claim.TouchedBy(actor.Person());
            await db.SaveChangesAsync(cancellationToken);
            return claim.Id;
        }
    }
}
