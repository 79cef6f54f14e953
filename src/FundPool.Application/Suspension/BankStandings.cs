using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Suspension;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Suspension;

/// <summary>How banks stand today: by ratio, on the dishonesty list, removed. What follows from it is the domain's <see cref="Halt"/>.</summary>
public static class BankStandings
{
    /// <summary>One bank inside this transaction.</summary>
    public static async Task<BankStanding> OfAsync(FundPoolDb db, int pool, int bank, DateOnly today, CancellationToken ct)
    {
        StandingFigures figures = await new MeasureStanding(db).FiguresAsync(pool, bank, ct);
        StandingCrossing? last = await db.StandingCrossings.AsNoTracking().Where(row => row.PoolId == pool && row.BankId == bank)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        return Of(await db.Organisations.AsNoTracking().FirstAsync(o => o.PoolId == pool && o.Id == bank, ct), figures, last, today);
    }

    /// <summary>Every bank of the pool.</summary>
    public static async Task<Dictionary<int, BankStanding>> OfAllAsync(FundPoolDb db, int pool, DateOnly today, CancellationToken ct)
    {
        MeasureStanding measure = new(db);
        Dictionary<int, StandingFigures> figures = await measure.FiguresOfAllAsync(pool, ct);
        Dictionary<int, StandingCrossing> last = await measure.LastOfAllAsync(pool, ct);
        List<Organisation> banks = await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Kind == "bank").ToListAsync(ct);
        return banks.ToDictionary(bank => bank.Id, bank => Of(bank, figures.GetValueOrDefault(bank.Id), last.GetValueOrDefault(bank.Id), today));
    }

    private static BankStanding Of(Organisation bank, StandingFigures? figures, StandingCrossing? last, DateOnly today) => new(
        MeasureStanding.StandingOf(last), figures?.Ratio ?? default, last?.MeasuredOn,
        bank.DishonestFrom <= today && (bank.DishonestUntil is null || bank.DishonestUntil >= today), bank.IsRemovedOn(today));
}
