using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Rulebooks;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Plans;

/// <summary>What the form of a plan begins with: every clear claim that stands in no other plan, and the words; or a draft as it is.</summary>
public static class OpenPlanForm
{
    [Requires(Permission.PreparePlans)]
    public sealed record Query(long? Plan) : IRequest<Outcome<Answer>>;

    public sealed record Answer(PlanFields Fields, IReadOnlyList<BatchLine> Clear);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            PlanDesk desk = new(db, rules);
            List<BatchLine> clear = await db.LinesAsync(pool, desk.Free(pool, query.Plan ?? 0), rules.Today, cancellationToken);
            if (query.Plan is not { } id)
            {
                PapersRule papers = NoticeDesk.PapersOf(await rules.InAsync(db, cancellationToken));
                return new Answer(new PlanFields(papers.PlanTitle, papers.PlanBasis, [.. clear.Select(line => new ClaimRef(line.Claim.BankId, line.Claim.Id))]), clear);
            }

            if (await db.Plans.AsNoTracking().FirstOrDefaultAsync(p => p.PoolId == pool && p.Id == id && p.State == "draft", cancellationToken) is not { } plan)
            {
                return default(NotFound);
            }

            List<Claim> inside = await desk.ClaimsOf(pool, id).AsNoTracking().ToListAsync(cancellationToken);
            return new Answer(new PlanFields(plan.Title, plan.Basis, [.. inside.Select(claim => new ClaimRef(claim.BankId, claim.Id))]), clear);
        }
    }
}
