using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Rulebooks;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>A notice exactly as the public would see it if what is typed were published today. Nothing is kept.</summary>
public static class PreviewNotice
{
    /// <param name="Fields">Null for the fields that a new notice begins with.</param>
    [Requires(Permission.PrepareNotices)]
    public sealed record Query(long Batch, NoticeFields? Fields) : IRequest<Outcome<Answer>>;

    public sealed record Answer(Batch Batch, NoticeFields Fields, NoticeContent Content, bool Provisional);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (await db.Batches.AsNoTracking().FirstOrDefaultAsync(b => b.PoolId == pool && b.Id == query.Batch, cancellationToken) is not { } batch)
            {
                return default(NotFound);
            }

            PapersRule papers = NoticeDesk.PapersOf(await rules.InAsync(db, cancellationToken));
            NoticeFields fields = query.Fields ?? new NoticeFields($"{papers.NoticeTitle}（{batch.Name}）", papers.NoticeBasis, papers.Consult, papers.Object, 7);
            Notice notice = new()
            {
                PoolId = pool,
                BatchId = batch.Id,
                Title = fields.Title ?? "",
                Basis = fields.Basis ?? "",
                Consult = fields.Consult ?? "",
                Object = fields.Object ?? "",
                WorkingDays = Math.Clamp(fields.WorkingDays ?? 7, 7, 60),
                MadeByName = "",
            };
            (NoticeContent content, var ends, _) = await new NoticeDesk(db, rules).WriteAsync(notice, NoticeDesk.NoNumber, cancellationToken);
            return new Answer(batch, fields, content, ends.Provisional);
        }
    }
}
