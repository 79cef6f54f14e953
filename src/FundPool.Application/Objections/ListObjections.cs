using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Objections;

/// <summary>What the public said, those waiting first, oldest first among them. Who said it stands on the page of each alone.</summary>
public static class ListObjections
{
    [Requires(Permission.HandleObjections)]
    public sealed record Query(string? Kind = null, bool OpenOnly = false, int Most = 200) : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(long Id, string Receipt, string Kind, string State, DateTime ReceivedAt, string? Notice, int? Item, string? About, string? ClaimState);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            return await (
                from o in db.Objections.AsNoTracking()
                where o.PoolId == pool && (query.Kind == null || o.Kind == query.Kind) && (!query.OpenOnly || o.State == "received" || o.State == "taken_up")
                join n in db.Notices on new { o.PoolId, Id = o.NoticeId } equals new { n.PoolId, Id = (long?)n.Id } into notices
                from n in notices.DefaultIfEmpty()
                join c in db.Claims on new { o.PoolId, BankId = o.ClaimBankId, Id = o.ClaimId } equals new { c.PoolId, BankId = (int?)c.BankId, Id = (long?)c.Id } into claims
                from c in claims.DefaultIfEmpty()
                orderby o.State == "received" descending, o.State == "taken_up" descending, o.State == "received" || o.State == "taken_up" ? o.Id : -o.Id
                select new Row(o.Id, o.Receipt, o.Kind, o.State, o.ReceivedAt, n.Number, o.Item, o.About, c.State)).Take(query.Most).ToListAsync(cancellationToken);
        }
    }
}
