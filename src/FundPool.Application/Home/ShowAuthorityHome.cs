using FundPool.Application.Notices;
using FundPool.Application.Objections;
using FundPool.Application.Pipeline;
using FundPool.Application.Plans;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Home;

/// <summary>What the authority's officer and chief see first: claims on their way through batch, notice and plan, and what the public said.</summary>
public static class ShowAuthorityHome
{
    private const int Shown = 6;

    [Requires(Permission.HandleObjections)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="Approved">Claims that wait for a batch.</param>
    /// <param name="Clear">Claims that are clear and stand in no plan.</param>
    /// <param name="Drafts">Notices that wait for the chief, the oldest first.</param>
    /// <param name="Running">Notices whose period runs, the next to end first.</param>
    /// <param name="Plans">Plans that wait for the chief, the oldest first.</param>
    /// <param name="Open">How many objections, reports and complaints are not answered.</param>
    /// <param name="Objections">The first of them, those that nobody has taken up before the others.</param>
    /// <param name="StatusChanges">Changes of a bank's status that wait for the chief.</param>
    public sealed record Answer(Heap Approved, Heap Clear, IReadOnlyList<ListBatches.NoticeLine> Drafts, IReadOnlyList<ListBatches.NoticeLine> Running, IReadOnlyList<ListPlans.PlanHead> Plans,
        int Open, IReadOnlyList<ListObjections.Row> Objections, int StatusChanges);

    /// <summary>So many claims, together so much.</summary>
    public sealed record Heap(int Claims, long Fen);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            DateOnly today = rules.Today;
            IQueryable<Notice> notices = db.Notices.Where(n => n.PoolId == pool);
            List<ListBatches.NoticeLine> drafts = await ListBatches.LinesOf(notices.Where(n => n.State == "draft")).ToListAsync(cancellationToken);
            List<ListBatches.NoticeLine> running = await ListBatches.LinesOf(notices.Where(n => n.State == "published" && n.OverAt == null && n.EndsOn >= today)).ToListAsync(cancellationToken);
            return new Answer(
                await HeapAsync(db.Claims.Where(claim => claim.PoolId == pool && claim.State == "approved"), cancellationToken),
                await HeapAsync(new PlanDesk(db, rules).Free(pool, 0), cancellationToken),
                [.. drafts.OrderBy(n => n.Id)],
                [.. running.OrderBy(n => n.EndsOn).ThenBy(n => n.Id)],
                await ListPlans.HeadsOf(db.Plans.Where(p => p.PoolId == pool && p.State == "draft").OrderBy(p => p.Id)).ToListAsync(cancellationToken),
                await db.Objections.CountAsync(o => o.PoolId == pool && (o.State == "received" || o.State == "taken_up"), cancellationToken),
                await new ListObjections.Handler(db, actor).Handle(new ListObjections.Query(OpenOnly: true, Most: Shown), cancellationToken),
                await db.BankStatusChanges.CountAsync(c => c.PoolId == pool && c.State == "proposed", cancellationToken));
        }

        private static async Task<Heap> HeapAsync(IQueryable<Claim> claims, CancellationToken ct) =>
            await claims.GroupBy(claim => 1).Select(g => new Heap(g.Count(), g.Sum(claim => claim.ApprovedFen ?? 0))).FirstOrDefaultAsync(ct) ?? new Heap(0, 0);
    }
}
