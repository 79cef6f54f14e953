using FundPool.Application.Loans;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Suspension;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>What the rules ask about the bank itself on a day (a.17, a.24, a.30).</summary>
public sealed record BankFacts(bool Suspended, bool Dishonest, bool Removed)
{
    /// <summary>As it stands inside this transaction.</summary>
    public static async Task<BankFacts> OfAsync(FundPoolDb db, int pool, int bank, DateOnly today, CancellationToken ct)
    {
        Standing standing = await new MeasureStanding(db).LastAsync(pool, bank, ct);
        var listed = await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Id == bank)
            .Select(o => new
            {
                Dishonest = o.DishonestFrom <= today && (o.DishonestUntil == null || o.DishonestUntil >= today),
                Removed = o.RemovedFrom <= today,
            }).FirstAsync(ct);
        return new BankFacts(standing == Standing.Suspended, listed.Dishonest, listed.Removed);
    }
}

/// <summary>The case that a claim is ruled on: the registered loan, what the bank states, and the bank's own standing.</summary>
public static class ClaimCase
{
    /// <summary>The case of a loan and a claim's facts.</summary>
    public static Case Of(Loan loan, ClaimFacts claim, BankFacts bank) => new()
    {
        Loan = LoanMapping.FactsOf(loan).Terms,
        RegisteredOn = loan.RegisteredOn,
        Legacy = loan.LegacyReason is not null,
        Claim = claim,
        BankSuspended = bank.Suspended,
        BankDishonest = bank.Dishonest,
        BankRemoved = bank.Removed,
    };
}
