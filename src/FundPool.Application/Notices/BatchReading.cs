using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Suspension;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>A claim as a batch or plan shows it: natural persons masked, with what stands against its entering.</summary>
/// <param name="WhyNot">Every reason why it may not go before the public today; none where it may.</param>
public sealed record BatchLine(Claim Claim, string BankName, string Borrower, IReadOnlyList<Refusal> WhyNot)
{
    /// <summary>What the claim is called in a list of several.</summary>
    public Words WhyNotTogether => new(
        $"{Claim.Number}：{string.Join("；", WhyNot.Select(reason => $"{reason.Words.Zh}（{reason.Article.Zh}）"))}",
        $"{Claim.Number}: {string.Join("; ", WhyNot.Select(reason => $"{reason.Words.En} ({reason.Article.En})"))}");
}

/// <summary>Claims with their loan and bank, in the order in which they are locked and listed: bank, then claim.</summary>
internal static class BatchReading
{
    public static async Task<List<BatchLine>> LinesAsync(this FundPoolDb db, int pool, IQueryable<Claim> claims, DateOnly today, CancellationToken ct)
    {
        var rows = await (
            from claim in claims.AsNoTracking()
            join loan in db.Loans on new { claim.PoolId, claim.BankId, Id = claim.LoanId } equals new { loan.PoolId, loan.BankId, loan.Id }
            join bank in db.Organisations on new { claim.PoolId, Id = claim.BankId } equals new { bank.PoolId, bank.Id }
            where claim.PoolId == pool
            orderby claim.BankId, claim.Id
            select new
            {
                claim,
                loan.BorrowerName,
                Person = loan.BorrowerKind == "owner" || loan.BorrowerIdCipher != null,
                loan.RiskClass,
                loan.Library,
                bank.Name,
                Dishonest = bank.DishonestFrom <= today && (bank.DishonestUntil == null || bank.DishonestUntil >= today),
                Removed = bank.RemovedFrom <= today,
            }).ToListAsync(ct);
        Dictionary<int, StandingCrossing> standings = await new MeasureStanding(db).LastOfAllAsync(pool, ct);
        return [.. rows.Select(row => new BatchLine(row.claim, row.Name, row.Person ? Mask.PersonName(row.BorrowerName) : row.BorrowerName, BatchAdmission.WhyNot(new BatchFacts
        {
            Suspended = MeasureStanding.StandingOf(standings.GetValueOrDefault(row.claim.BankId)) == Standing.Suspended,
            Dishonest = row.Dishonest,
            Removed = row.Removed,
            RiskClass = LoanCodes.RiskClasses.TryCode(row.RiskClass, out RiskClass riskClass) ? riskClass : throw new InvalidOperationException($"The stored class {row.RiskClass} is unknown."),
            InLoanLibrary = row.Library == "loan",
        })))];
    }

    /// <summary>The batch, locked until the transaction ends; whoever changes its items takes it first.</summary>
    public static Task<Batch?> LockAsync(this DbSet<Batch> batches, int pool, long id, CancellationToken ct) => batches
        .FromSql($"select * from compensation.batch where pool_id = {pool} and id = {id} for update").FirstOrDefaultAsync(ct);

    /// <summary>The notice, locked until the transaction ends.</summary>
    public static Task<Notice?> LockAsync(this DbSet<Notice> notices, int pool, long id, CancellationToken ct) => notices
        .FromSql($"select * from compensation.notice where pool_id = {pool} and id = {id} for update").FirstOrDefaultAsync(ct);

    /// <summary>Locks the claims of a batch that are still in it, in their order, without loading them.</summary>
    public static Task LockItemsAsync(this FundPoolDb db, int pool, long batch, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        select from compensation.claim c join compensation.batch_item i on i.pool_id = c.pool_id and i.bank_id = c.bank_id and i.claim_id = c.id
        where i.pool_id = {pool} and i.batch_id = {batch} and i.left_at is null order by c.bank_id, c.id for update of c
        """, ct);

    /// <summary>The claims that are in the batch now.</summary>
    public static IQueryable<Claim> ClaimsOf(this FundPoolDb db, int pool, long batch) =>
        from item in db.BatchItems
        where item.PoolId == pool && item.BatchId == batch && item.LeftAt == null
        join claim in db.Claims on new { item.PoolId, item.BankId, Id = item.ClaimId } equals new { claim.PoolId, claim.BankId, claim.Id }
        select claim;

    /// <summary>Adds the person to those who had a hand in it.</summary>
    public static int[] With(this int[] hands, int person) => hands.Contains(person) ? hands : [.. hands, person];
}
