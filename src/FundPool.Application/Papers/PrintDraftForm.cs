using System.Text.Json;
using FundPool.Application.Compensation;
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

namespace FundPool.Application.Papers;

/// <summary>
/// The claim form as the bank prints, seals and encloses it before it submits (a.19(2)). It has no code and is not kept: nothing was submitted yet,
/// and what is submitted becomes a paper of its own.
/// </summary>
public static class PrintDraftForm
{
    [Requires(Permission.ReadClaims)]
    public sealed record Query(long Claim) : IRequest<Outcome<PaperFile>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, PaperShelf shelf, TimeProvider clock) : IRequestHandler<Query, Outcome<PaperFile>>
    {
        public async Task<Outcome<PaperFile>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Claim? claim = actor.Acting.Bank is not { } bank ? null
                : await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.PoolId == pool && c.BankId == bank && c.Id == query.Claim, cancellationToken);
            if (claim is null)
            {
                return default(NotFound);
            }

            Loan loan = await db.LoanOfAsync(claim, cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            ClaimReadiness readiness = await ClaimReadiness.OfAsync(db, claim, loan, at, rules.Today, cancellationToken);
            if (readiness.Ruling is not { } ruled)
            {
                return readiness.Refusal ?? new Refusal(new Article("19(2)"), new Words(
                    "申请内容尚未填完，填完后再打印申请表", "The claim is not filled in yet; print its form after that"));
            }

            ClaimVersion draft = new()
            {
                PoolId = pool,
                BankId = claim.BankId,
                ClaimId = claim.Id,
                N = claim.Version + 1,
                Stated = ClaimContent.Stated(claim),
                RuledCase = CaseJson.Write(claim.Number, readiness.Case!),
                FactsHash = at.Text.Hash,
                Ruling = ClaimRuling.Write(claim.Number, ruled.Ruling, at.Rulebooks),
                Materials = JsonSerializer.Serialize(readiness.Materials.Where(line => line.Rule.Code != "claim_form").SelectMany(line => line.Files)
                    .Select(file => new VersionMaterial(file.Code, file.File, file.Name, file.Sha256)), ClaimContent.Json),
                SubmittedAt = clock.GetUtcNow().UtcDateTime,
                SubmittedByName = "",
            };
            (string name, string fund) = await shelf.NamesAsync(pool, claim.BankId, cancellationToken);
            Paper paper = ClaimPaper.Of(claim, draft, ruled, loan, name, fund, at.Rulebooks);
            return new PaperFile(paper, DocxRenderer.Render(paper), "");
        }
    }
}
