using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Plans;

/// <summary>A funding plan with its items and where each is now. A bank sees its own items of an issued plan.</summary>
public static class ShowPlan
{
    [Requires(Permission.ReadPayments)]
    public sealed record Query(long Plan) : IRequest<Outcome<Answer>>;

    /// <param name="Content">As issued, or as it would be issued today; without the other banks' items for a bank.</param>
    /// <param name="HadAHand">Whether the reader drafted or edited it, and so can't issue it.</param>
    public sealed record Answer(Plan Plan, PlanContent Content, string PoolCode, IReadOnlyList<Item> Items, bool HadAHand);

    public sealed record Item(int N, BatchLine Line, long AmountFen, DateTime? LeftAt);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, FrozenPapers papers) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            if (await db.Plans.AsNoTracking().FirstOrDefaultAsync(p => p.PoolId == pool && p.Id == query.Plan && (bank == null || p.State == "issued"), cancellationToken) is not { } plan)
            {
                return default(NotFound);
            }

            var items = await db.PlanItems.AsNoTracking().Where(i => i.PoolId == pool && i.PlanId == plan.Id && (bank == null || i.BankId == bank)).ToDictionaryAsync(i => (i.BankId, i.ClaimId), cancellationToken);
            if (bank is not null && items.Count == 0)
            {
                return default(NotFound);
            }

            long[] ids = [.. items.Keys.Select(key => key.ClaimId)];
            List<BatchLine> lines = await db.LinesAsync(pool, db.Claims.Where(c => ids.Contains(c.Id) && (bank == null || c.BankId == bank)), rules.Today, cancellationToken);
            PlanContent content = plan.Sha256 is { } sha256
                ? papers.Read<PlanContent>(plan.Content!, sha256)
                : (await new PlanDesk(db, rules).WriteAsync(plan, NoticeDesk.NoNumber, cancellationToken)).Content;
            return new Answer(plan, content, await db.Pools.Where(p => p.Id == pool).Select(p => p.Code).FirstAsync(cancellationToken),
                [.. lines.Select(line => (Line: line, Item: items[(line.Claim.BankId, line.Claim.Id)])).Select(x => new Item(x.Item.N, x.Line, x.Item.AmountFen, x.Item.LeftAt)).OrderBy(item => item.N)],
                plan.Hands.Contains(actor.Acting.Person ?? 0));
        }
    }
}
