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

/// <summary>Rules on a version once more from the case, rulebooks, calendar and rates that it rested on, and says whether the figures are the same.</summary>
public static class ReplayRuling
{
    [Requires(Permission.ReadClaims)]
    public sealed record Query(int Bank, long Claim, int Version) : IRequest<Outcome<Answer>>;

    public sealed record Answer(Claim Claim, int Version, DateTime SubmittedAt, ClaimRuling.Replay Replay);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Claim? claim = await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.PoolId == pool && c.BankId == query.Bank && c.Id == query.Claim, cancellationToken);
            ClaimVersion? version = await db.ClaimVersions.AsNoTracking()
                .FirstOrDefaultAsync(v => v.PoolId == pool && v.BankId == query.Bank && v.ClaimId == query.Claim && v.N == query.Version, cancellationToken);
            return claim is null || version is null ? default(NotFound)
                : new Answer(claim, version.N, version.SubmittedAt, await ClaimRuling.AgainAsync(db, version, cancellationToken));
        }
    }
}
