using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Tenancy;
using FundPool.Domain.Calendar;
using FundPool.Domain.Rulebooks;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>What a notice of this pool would say if it were published today.</summary>
internal sealed class NoticeDesk(FundPoolDb db, RuleSource rules)
{
    /// <summary>Stands for the number that a draft has not got yet.</summary>
    public const string NoNumber = "（编号在发布时生成）";

    public static PapersRule PapersOf(RuleBase at) => at.Rulebooks.Home.Papers ?? throw new InvalidOperationException($"{at.Rulebooks.Home.Code} heads no papers.");

    public async Task<(NoticeContent Content, Deadline Ends, List<BatchLine> Lines)> WriteAsync(Notice notice, string number, CancellationToken ct)
    {
        RuleBase at = await rules.InAsync(db, ct);
        Pool pool = await db.Pools.AsNoTracking().FirstAsync(p => p.Id == notice.PoolId, ct);
        List<BatchLine> lines = await db.LinesAsync(notice.PoolId, db.ClaimsOf(notice.PoolId, notice.BatchId), rules.Today, ct);
        Deadline ends = at.Deadlines.Due("notice", rules.Today, notice.WorkingDays);
        string? replaces = notice.ReplacesId is { } old ? await db.Notices.Where(n => n.PoolId == notice.PoolId && n.Id == old).Select(n => n.Number).FirstAsync(ct) : null;
        return (NoticeContent.Of(notice, number, pool.Name, PapersOf(at), rules.Today, ends, lines, replaces), ends, lines);
    }
}
