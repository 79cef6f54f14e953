using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>The one place where a claim's state is set. The database writes the step of the history itself and refuses what the table of moves does not know.</summary>
internal static class ClaimMoves
{
    /// <summary>The state that is stored.</summary>
    public static ClaimState StateOf(this Claim claim) =>
        ClaimStates.All.TryCode(claim.State, out ClaimState state) ? state : throw new InvalidOperationException($"The stored state {claim.State} is unknown.");

    /// <summary>Moves the claim, or says why it can't be moved from where it is.</summary>
    public static Refusal? Move(this Claim claim, ClaimAction action, string article)
    {
        ClaimState from = claim.StateOf();
        if (ClaimFlow.Next(from, action) is not { } to)
        {
            return new Refusal(new Article(article), ClaimFlow.WhyNot(from));
        }

        claim.State = ClaimStates.All.Code(to);
        claim.RowVersion++;
        return null;
    }

    /// <summary>The claim, locked until the transaction ends; another bank's claim is not there.</summary>
    public static Task<Claim?> LockAsync(this DbSet<Claim> claims, int pool, int bank, long id, CancellationToken ct) => claims
        .FromSql($"select * from compensation.claim where pool_id = {pool} and bank_id = {bank} and id = {id} for update")
        .FirstOrDefaultAsync(ct);

    /// <summary>The loan that a claim is for.</summary>
    public static Task<Loan> LoanOfAsync(this FundPoolDb db, Claim claim, CancellationToken ct) =>
        db.Loans.FirstAsync(l => l.PoolId == claim.PoolId && l.BankId == claim.BankId && l.Id == claim.LoanId, ct);
}
