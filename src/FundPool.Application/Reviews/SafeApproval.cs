using FundPool.Application.Compensation;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>One of many that was not done, with why.</summary>
public sealed record Skipped(int Bank, long Claim, string Number, Words Why);

/// <summary>What was done of many at once: how many, what they come to in fen, and what was left with its reason.</summary>
public sealed record ManyDone(int Count, long SumFen, IReadOnlyList<Skipped> Left);

/// <summary>When a whole approval needs no page of its own: eligible on the day, as submitted, and nothing that a person should look at.</summary>
internal static class SafeApproval
{
    /// <summary>As many as one press may move.</summary>
    public const int Most = 200;

    /// <summary>In the order in which claims are locked, each once.</summary>
    public static IEnumerable<ClaimRef> InOrder(IEnumerable<ClaimRef> claims) => claims.Distinct().OrderBy(claim => claim.Bank).ThenBy(claim => claim.Id);

    /// <summary>Why the claim asks for a page of its own; null where it is safe.</summary>
    public static async Task<Words?> WhyNotAsync(FundPoolDb db, ReviewDesk desk, CancellationToken ct)
    {
        Claim claim = desk.Claim;
        if (desk.Held is { } held)
        {
            return held.Words;
        }

        if (desk.Changes.Count > 0)
        {
            return desk.Changes[0].Words;
        }

        if (desk.Ruling.Outcome != RulingOutcome.Eligible)
        {
            return desk.Ruling.FirstRefusal?.Words ?? new Words("裁定有待认定的条件，请打开单独审核", "A condition can't be told yet; open the claim");
        }

        if (desk.Ruling.Steps.Where(step => step.IsCondition && step.Effect == "warning").Select(step => (Words?)step.Words).FirstOrDefault() is { } warning)
        {
            return warning;
        }

        if (await db.Reviews.AsNoTracking().AnyAsync(r => r.PoolId == claim.PoolId && r.BankId == claim.BankId && r.ClaimId == claim.Id && r.State != "proposed", ct))
        {
            return new Words("该申请此前有审核意见（退回补正或退回初审），请打开单独审核", "The claim has been reviewed before; open it");
        }

        bool elsewhere = await (
            from other in db.Loans.AsNoTracking()
            where other.PoolId == claim.PoolId && other.BorrowerKey == desk.Loan.BorrowerKey && (other.BankId != claim.BankId || other.Id != claim.LoanId)
            join another in db.Claims on new { other.PoolId, other.BankId, LoanId = other.Id } equals new { another.PoolId, another.BankId, another.LoanId }
            where another.Version > 0 && another.State != "withdrawn"
            select another.Id).AnyAsync(ct);
        return elsewhere ? new Words("同一借款人另有补偿申请，请打开核对", "The borrower has another claim; open it")
            : (await new ReviewWarnings(db).OfAsync(claim, desk.Loan, [], ct)).Select(notable => (Words?)notable.Words).FirstOrDefault();
    }
}
