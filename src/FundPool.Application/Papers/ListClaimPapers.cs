using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Papers;

/// <summary>The papers of one claim, made already or to be made when they are opened: its forms, its opinions, the notice, the plan, the payment order.</summary>
public static class ListClaimPapers
{
    [Requires(Permission.ReadClaims)]
    public sealed record Query(int Bank, long Claim) : IRequest<IReadOnlyList<Row>>;

    /// <param name="Kind">One of <see cref="PaperKinds"/>.</param>
    /// <param name="N">The submission of a form.</param>
    /// <param name="Pool">The pool's code for a published paper.</param>
    public sealed record Row(string Kind, long Subject, int N, string? Number, DateOnly? Day, string? Pool = null);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            (int bank, long claim) = (query.Bank, query.Claim);
            string code = await db.Pools.Where(p => p.Id == pool).Select(p => p.Code).FirstAsync(cancellationToken);
            List<Row> rows = [];
            rows.AddRange((await db.ClaimVersions.Where(v => v.PoolId == pool && v.BankId == bank && v.ClaimId == claim).OrderBy(v => v.N)
                .Select(v => new { v.N, v.SubmittedAt }).ToListAsync(cancellationToken)).Select(v => new Row(PaperKinds.ClaimForm, claim, v.N, null, ClaimPaper.DayOf(v.SubmittedAt))));
            rows.AddRange((await db.Reviews.Where(r => r.PoolId == pool && r.BankId == bank && r.ClaimId == claim && r.State == "decided").OrderBy(r => r.Id)
                .Select(r => new { r.Id, r.DecidedAt }).ToListAsync(cancellationToken)).Select(r => new Row(PaperKinds.ReviewOpinion, r.Id, 0, null, ClaimPaper.DayOf(r.DecidedAt!.Value))));
            rows.AddRange(await (
                from item in db.BatchItems
                join notice in db.Notices on new { item.PoolId, item.BatchId } equals new { notice.PoolId, notice.BatchId }
                where item.PoolId == pool && item.BankId == bank && item.ClaimId == claim && notice.State != "draft"
                    && db.Papers.Any(p => p.PoolId == pool && p.BankId == 0 && p.Kind == PaperKinds.Notice && p.SubjectId == notice.Id)
                orderby notice.Id
                select new Row(PaperKinds.Notice, notice.Id, 0, notice.Number, notice.PublishedOn, code)).ToListAsync(cancellationToken));
            rows.AddRange(await (
                from item in db.PlanItems
                join plan in db.Plans on new { item.PoolId, Id = item.PlanId } equals new { plan.PoolId, plan.Id }
                where item.PoolId == pool && item.BankId == bank && item.ClaimId == claim && plan.State == "issued"
                    && db.Papers.Any(p => p.PoolId == pool && p.BankId == 0 && p.Kind == PaperKinds.Plan && p.SubjectId == plan.Id)
                orderby plan.Id
                select new Row(PaperKinds.Plan, plan.Id, 0, plan.Number, plan.IssuedOn, code)).ToListAsync(cancellationToken));
            rows.AddRange(await (
                from item in db.PaymentItems
                join order in db.PaymentOrders on new { item.PoolId, item.BankId, Id = item.OrderId } equals new { order.PoolId, order.BankId, order.Id }
                where item.PoolId == pool && item.BankId == bank && item.ClaimId == claim && order.State == "released"
                orderby order.Id
                select new Row(PaperKinds.PaymentOrder, order.Id, 0, order.Number, order.ReleasedOn, null)).ToListAsync(cancellationToken));
            return rows;
        }
    }
}
