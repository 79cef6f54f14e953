using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>A notice as the pool works with it: a draft with what the public would see today, a published one with its claims and where each is now.</summary>
public static class ShowNotice
{
    [Requires(Permission.ReadClaims)]
    public sealed record Query(long Notice) : IRequest<Outcome<Answer>>;

    /// <param name="BatchVersion">The batch as it is shown; 0 for a bank, which publishes nothing.</param>
    /// <param name="Replaces">The notice that this one corrects.</param>
    /// <param name="ReplacedBy">The correction, also where it is only drafted.</param>
    /// <param name="HadAHand">Whether the reader drafted or edited it or its batch, and so can't publish it.</param>
    public sealed record Answer(Notice Notice, NoticeContent Content, string PoolCode, int BatchVersion, bool Provisional, IReadOnlyList<Item> Items, ListBatches.NoticeLine? Replaces, ListBatches.NoticeLine? ReplacedBy, bool HadAHand);

    /// <param name="N">Its number in the notice; null where it left before the publication of this one.</param>
    public sealed record Item(int? N, BatchLine Line, DateTime? LeftAt, string? LeftBecause);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, FrozenPapers papers) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            if (await db.Notices.AsNoTracking().FirstOrDefaultAsync(n => n.PoolId == pool && n.Id == query.Notice && (bank == null || n.State != "draft"), cancellationToken) is not { } notice)
            {
                return default(NotFound);
            }

            var items = await db.BatchItems.AsNoTracking().Where(i => i.PoolId == pool && i.BatchId == notice.BatchId && (bank == null || i.BankId == bank))
                .ToDictionaryAsync(i => (i.BankId, i.ClaimId), cancellationToken);
            if (bank is not null && items.Count == 0)
            {
                return default(NotFound);
            }

            long[] ids = [.. items.Keys.Select(key => key.ClaimId)];
            List<BatchLine> lines = await db.LinesAsync(pool, db.Claims.Where(c => ids.Contains(c.Id) && (bank == null || c.BankId == bank)), rules.Today, cancellationToken);
            Batch? batch = bank is null ? await db.Batches.AsNoTracking().FirstAsync(b => b.PoolId == pool && b.Id == notice.BatchId, cancellationToken) : null;
            bool provisional = notice.EndsProvisional;
            NoticeContent content;
            if (notice.Sha256 is { } sha256)
            {
                content = papers.Read<NoticeContent>(notice.Content!, sha256);
            }
            else
            {
                (content, var ends, _) = await new NoticeDesk(db, rules).WriteAsync(notice, NoticeDesk.NoNumber, cancellationToken);
                provisional = ends.Provisional;
            }

            var other = await ListBatches.LinesOf(db.Notices.Where(n => n.PoolId == pool && (n.Id == notice.ReplacesId || n.ReplacesId == notice.Id) && (bank == null || n.State != "draft"))).ToListAsync(cancellationToken);
            return new Answer(notice, content, await db.Pools.Where(p => p.Id == pool).Select(p => p.Code).FirstAsync(cancellationToken), batch?.RowVersion ?? 0, provisional,
                [.. lines.Select(line => (Line: line, Item: items[(line.Claim.BankId, line.Claim.Id)])).Select(x => new Item(x.Item.N, x.Line, x.Item.LeftAt, x.Item.LeftBecause)).OrderBy(i => i.LeftAt is not null).ThenBy(i => i.N)],
                other.Find(n => n.Id == notice.ReplacesId), other.Find(n => n.Id != notice.ReplacesId),
                notice.Hands.Concat(batch?.Hands ?? []).Contains(actor.Acting.Person ?? 0));
        }
    }
}
