using FluentValidation;
using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Tenancy;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Plans;

/// <summary>What an officer writes into a plan.</summary>
public sealed record PlanFields(string? Title, string? Basis, IReadOnlyList<ClaimRef> Claims);

/// <summary>The checks of those fields, for every use case that takes them.</summary>
public sealed class PlanFieldsValidator : AbstractValidator<PlanFields>
{
    public PlanFieldsValidator()
    {
        RuleFor(fields => fields.Title).NotEmpty().MaximumLength(200).OverridePropertyName("title")
            .Saying("required", "请填写资助计划标题，200 字以内", "Write the plan's title, up to 200 characters");
        RuleFor(fields => fields.Basis).NotEmpty().MaximumLength(1000).OverridePropertyName("basis")
            .Saying("required", "请填写下达依据", "Write what the plan rests on");
        RuleFor(fields => fields.Claims).NotEmpty().OverridePropertyName("claims")
            .Saying("required", "请至少勾选一笔公示无异议的申请", "Tick at least one claim that is clear");
    }
}

/// <summary>The items of a plan, and what it would say if it were issued today.</summary>
internal sealed class PlanDesk(FundPoolDb db, RuleSource rules)
{
    public static Task<Plan?> LockAsync(FundPoolDb db, int pool, long id, CancellationToken ct) => db.Plans
        .FromSql($"select * from compensation.plan where pool_id = {pool} and id = {id} for update").FirstOrDefaultAsync(ct);

    /// <summary>The claims that stand in the plan now.</summary>
    public IQueryable<Claim> ClaimsOf(int pool, long plan) =>
        from item in db.PlanItems
        where item.PoolId == pool && item.PlanId == plan && item.LeftAt == null
        join claim in db.Claims on new { item.PoolId, item.BankId, Id = item.ClaimId } equals new { claim.PoolId, claim.BankId, claim.Id }
        select claim;

    /// <summary>Claims that are clear and stand in no other plan.</summary>
    public IQueryable<Claim> Free(int pool, long plan) => db.Claims.Where(claim => claim.PoolId == pool && claim.State == "clear"
        && !db.PlanItems.Any(item => item.PoolId == pool && item.BankId == claim.BankId && item.ClaimId == claim.Id && item.PlanId != plan && item.LeftAt == null));

    /// <summary>Makes these the plan's items, in the order of bank and claim; or says which can't be.</summary>
    public async Task<Refusal?> PutAsync(Plan plan, IReadOnlyList<ClaimRef> claims, CancellationToken ct)
    {
        int pool = plan.PoolId;
        ClaimRef[] wanted = [.. claims.Distinct().OrderBy(claim => claim.Bank).ThenBy(claim => claim.Id)];
        long[] ids = [.. wanted.Select(claim => claim.Id)];
        List<BatchLine> lines = await db.LinesAsync(pool, Free(pool, plan.Id).Where(claim => ids.Contains(claim.Id)), rules.Today, ct);
        if (lines.Count != wanted.Length || lines.Any(line => !wanted.Contains(new ClaimRef(line.Claim.BankId, line.Claim.Id))))
        {
            return new Refusal(new Article("20(2)"), new Words("所选申请中有的已不是“公示无异议”，或已在另一份计划中；请刷新后重选", "Some chosen claims are not clear any more or stand in another plan; reload and choose again"));
        }

        await db.PlanItems.Where(item => item.PoolId == pool && item.PlanId == plan.Id).ExecuteDeleteAsync(ct);
        int n = 0;
        foreach (BatchLine line in lines)
        {
            db.PlanItems.Add(new PlanItem { PoolId = pool, BankId = line.Claim.BankId, PlanId = plan.Id, ClaimId = line.Claim.Id, N = ++n, AmountFen = line.Claim.ApprovedFen!.Value });
        }

        plan.TotalFen = lines.Sum(line => line.Claim.ApprovedFen!.Value);
        await db.SaveChangesAsync(ct);
        return null;
    }

    public async Task<(PlanContent Content, Deadline Due, List<BatchLine> Lines)> WriteAsync(Plan plan, string number, CancellationToken ct)
    {
        RuleBase at = await rules.InAsync(db, ct);
        Pool pool = await db.Pools.AsNoTracking().FirstAsync(p => p.Id == plan.PoolId, ct);
        List<BatchLine> lines = await db.LinesAsync(plan.PoolId, ClaimsOf(plan.PoolId, plan.Id), rules.Today, ct);
        Deadline due = at.Deadlines.Due("payment_documents", rules.Today);
        return (PlanContent.Of(plan, number, pool.Name, NoticeDesk.PapersOf(at), rules.Today, due.Due, lines), due, lines);
    }
}
