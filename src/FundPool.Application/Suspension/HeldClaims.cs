using FundPool.Application.Compensation;
using FundPool.Application.Reference;
using FundPool.Application.Reviews;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using FundPool.Domain.Suspension;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Suspension;

/// <summary>Claims that were accepted while their bank is suspended and wait for it to resume (a.17).</summary>
public static class HeldClaims
{
    /// <summary>Why a submitted claim is not reviewed now; null where it is.</summary>
    public static async Task<Refusal?> WhyAsync(FundPoolDb db, RuleBase at, BankStanding standing, Claim claim, CancellationToken ct)
    {
        if (standing.Standing != Standing.Suspended || claim.AppliedOn is not { } day)
        {
            return null;
        }

        // Only on the day of the crossing itself does it take the first ruling to tell which came first.
        string? ruling = day != standing.Since ? null : await db.ClaimVersions.AsNoTracking()
            .Where(v => v.PoolId == claim.PoolId && v.BankId == claim.BankId && v.ClaimId == claim.Id && v.N == 1).Select(v => v.Ruling).FirstOrDefaultAsync(ct);
        return Halt.BeforeReview(at.Rulebooks.Home, standing, day, ReviewContent.OutcomeOf(ruling) == "halted");
    }

    /// <summary>All of a pool, or one bank's, by the claim's number, each with why.</summary>
    public static async Task<Dictionary<long, Refusal>> OfAsync(FundPoolDb db, RuleBase at, int pool, DateOnly today, CancellationToken ct)
    {
        Dictionary<int, BankStanding> standings = await BankStandings.OfAllAsync(db, pool, today, ct);
        int[] suspended = [.. standings.Where(s => s.Value.Standing == Standing.Suspended).Select(s => s.Key)];
        Dictionary<long, Refusal> held = [];
        foreach (Claim claim in suspended.Length == 0 ? [] : await db.Claims.AsNoTracking().Where(c => c.PoolId == pool && suspended.Contains(c.BankId) && c.State == "submitted").ToListAsync(ct))
        {
            if (await WhyAsync(db, at, standings[claim.BankId], claim, ct) is { } why)
            {
                held[claim.Id] = why;
            }
        }

        return held;
    }

    /// <summary>The bank resumes: what was held is reviewed from here on, and the reviewer's clock stood on the days before.</summary>
    internal static async Task ResumeAsync(FundPoolDb db, RuleBase at, int pool, int bank, BankStanding before, DateOnly today, CancellationToken ct)
    {
        List<Claim> waiting = await db.Claims
            .FromSql($"select * from compensation.claim where pool_id = {pool} and bank_id = {bank} and state = 'submitted' order by id for update").ToListAsync(ct);
        foreach (Claim claim in waiting)
        {
            if (await WhyAsync(db, at, before, claim, ct) is not null)
            {
                ClaimStops.Enter(claim, claim.AppliedOn!.Value, today);
                Deadline due = at.Deadlines.Due("review", claim.AppliedOn!.Value, ClaimStops.Of(claim, today));
                // A clock that stood never ends earlier than it was promised.
                if (claim.ReviewDue is not { } promised || due.Due >= promised)
                {
                    (claim.ReviewDue, claim.ReviewDueProvisional) = (due.Due, due.Provisional);
                    await db.Database.ExecuteSqlAsync($"select tenancy.move_due({claim.Id}, {due.Due}, {due.Provisional})", ct);
                }

                claim.RowVersion++;
            }
        }
    }
}
