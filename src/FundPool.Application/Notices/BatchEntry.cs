using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>Puts approved claims into a batch that is locked, or says of each why not; all of them or none.</summary>
internal sealed class BatchEntry(FundPoolDb db, IActor actor, RuleSource rules)
{
    public async Task<Refusal?> PutInAsync(Batch batch, IReadOnlyList<ClaimRef> claims, CancellationToken ct)
    {
        int pool = actor.Pool();
        List<Claim> locked = [];
        foreach (ClaimRef wanted in claims.Distinct().OrderBy(claim => claim.Bank).ThenBy(claim => claim.Id))
        {
            if (await db.Claims.LockAsync(pool, wanted.Bank, wanted.Id, ct) is not { } claim)
            {
                return new Refusal(new Article("20(2)"), new Words("所选申请不存在；请刷新页面后重选", "A chosen claim is not there; reload the page and choose again"));
            }

            locked.Add(claim);
        }

        long[] ids = [.. locked.Select(claim => claim.Id)];
        List<BatchLine> lines = await db.LinesAsync(pool, db.Claims.Where(claim => ids.Contains(claim.Id)), rules.Today, ct);
        BatchLine[] halted = [.. lines.Where(line => line.WhyNot.Count > 0)];
        if (halted.Length > 0)
        {
            return new Refusal(halted[0].WhyNot[0].Article, new Words(
                $"以下申请不能列入批次。{string.Join("　", halted.Select(line => line.WhyNotTogether.Zh))}", $"These can't enter a batch. {string.Join(" · ", halted.Select(line => line.WhyNotTogether.En))}"));
        }

        Dictionary<(int, long), BatchItem> before = await db.BatchItems.Where(item => item.PoolId == pool && item.BatchId == batch.Id).ToDictionaryAsync(item => (item.BankId, item.ClaimId), ct);
        foreach (Claim claim in locked)
        {
            if (claim.Move(ClaimAction.Batch, "20(2)") is { } refusal)
            {
                return new Refusal(refusal.Article, new Words($"{claim.Number}：{refusal.Words.Zh}", $"{claim.Number}: {refusal.Words.En}"));
            }

            claim.BatchId = batch.Id;
            if (before.TryGetValue((claim.BankId, claim.Id), out BatchItem? again))
            {
                (again.LeftAt, again.LeftBecause, again.AmountFen) = (null, null, claim.ApprovedFen!.Value);
                continue;
            }

            db.BatchItems.Add(new BatchItem { PoolId = pool, BankId = claim.BankId, BatchId = batch.Id, ClaimId = claim.Id, AmountFen = claim.ApprovedFen!.Value });
        }

        batch.Hands = batch.Hands.With(actor.Person());
        batch.RowVersion++;
        await db.SaveChangesAsync(ct);
        return null;
    }
}
