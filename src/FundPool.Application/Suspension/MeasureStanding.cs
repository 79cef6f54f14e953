using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Suspension;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Suspension;

/// <summary>A bank's figures of a.17: numbers and disbursed principal, all registered and the non-performing part.</summary>
public sealed record StandingFigures(long Loans, Money Principal, long NplLoans, Money NplPrincipal)
{
    public NplRatio Ratio => new(NplPrincipal, Principal);

    /// <summary>How much more may turn non-performing before the threshold is passed; negative once it is.</summary>
    public Money RoomTo(Share threshold) => new((long)((Int128)Principal.Fen * threshold.BasisPoints / 10_000) - NplPrincipal.Fen);
}

/// <summary>Measures a bank against the thresholds of a.17 and keeps each crossing with its figures. Part of every write that can move the ratio.</summary>
public sealed class MeasureStanding(FundPoolDb db)
{
    private const int Measuring = 1_000_000;

    /// <summary>The stored codes of the classes that count as non-performing.</summary>
    public static readonly IReadOnlyList<string> NonPerforming =
        [.. LoanCodes.RiskClasses.Entries.Where(entry => entry.Value >= RiskClass.Substandard).Select(entry => entry.Code)];

    /// <summary>The figures as they stand inside this transaction. Closed loans stay in the sum and leave the non-performing part.</summary>
    public async Task<StandingFigures> FiguresAsync(int pool, int bank, CancellationToken ct)
    {
        List<Summary> rows = await db.Summaries.AsNoTracking().Where(row => row.PoolId == pool && row.BankId == bank).ToListAsync(ct);
        return Add(rows);
    }

    /// <summary>The figures of every bank of the pool that registered anything.</summary>
    public async Task<Dictionary<int, StandingFigures>> FiguresOfAllAsync(int pool, CancellationToken ct)
    {
        List<Summary> rows = await db.Summaries.AsNoTracking().Where(row => row.PoolId == pool).ToListAsync(ct);
        return rows.GroupBy(row => row.BankId).ToDictionary(bank => bank.Key, bank => Add([.. bank]));
    }

    /// <summary>Where the bank stood at the last crossing.</summary>
    public async Task<Standing> LastAsync(int pool, int bank, CancellationToken ct)
    {
        string? last = await db.StandingCrossings.AsNoTracking().Where(row => row.PoolId == pool && row.BankId == bank)
            .OrderByDescending(row => row.Id).Select(row => row.Value).FirstOrDefaultAsync(ct);
        return last is null ? Standing.Good : Enum.Parse<Standing>(last, ignoreCase: true);
    }

    /// <summary>The last crossing of every bank of the pool that ever crossed a threshold.</summary>
    public Task<Dictionary<int, StandingCrossing>> LastOfAllAsync(int pool, CancellationToken ct) =>
        db.StandingCrossings.AsNoTracking().Where(row => row.PoolId == pool)
            .GroupBy(row => row.BankId).Select(bank => bank.OrderByDescending(row => row.Id).First())
            .ToDictionaryAsync(row => row.BankId, ct);

    /// <summary>The standing that a crossing led to; good where there never was one.</summary>
    public static Standing StandingOf(StandingCrossing? crossing) =>
        crossing is null ? Standing.Good : Enum.Parse<Standing>(crossing.Value, ignoreCase: true);

    /// <summary>Measures, and writes down a crossing when there is one; a bank that resumes has its held claims reviewed again.</summary>
    public async Task<Standing> MeasureAsync(int pool, int bank, RuleBase at, string cause, DateOnly today, CancellationToken ct)
    {
        // One at a time for a bank, to the commit: of two writes that only together pass a threshold the second sees the first.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Measuring + pool}, {bank})", ct);
        StandingFigures figures = await FiguresAsync(pool, bank, ct);
        StandingCrossing? last = await db.StandingCrossings.AsNoTracking().Where(row => row.PoolId == pool && row.BankId == bank)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        Standing before = StandingOf(last);
        Standing after = at.Suspension.After(figures.Ratio, before == Standing.Suspended);
        if (after != before)
        {
            db.StandingCrossings.Add(new StandingCrossing
            {
                PoolId = pool,
                BankId = bank,
                Value = after.ToString().ToLowerInvariant(),
                Loans = figures.Loans,
                PrincipalFen = figures.Principal.Fen,
                NplLoans = figures.NplLoans,
                NplPrincipalFen = figures.NplPrincipal.Fen,
                Cause = cause,
                MeasuredOn = today,
            });
            if (before == Standing.Suspended)
            {
                await HeldClaims.ResumeAsync(db, at, pool, bank, new BankStanding(before, figures.Ratio, last!.MeasuredOn, false, false), today, ct);
            }

            await db.SaveChangesAsync(ct);
        }

        return after;
    }

    // What was struck out was never validly registered; what is closed stays registered and is no longer non-performing.
    private static StandingFigures Add(List<Summary> all)
    {
        List<Summary> rows = all.FindAll(row => row.Library != "struck_out");
        List<Summary> bad = rows.FindAll(row => row.Library != "closed" && NonPerforming.Contains(row.RiskClass));
        return new StandingFigures(rows.Sum(row => row.Loans), new Money(rows.Sum(row => row.PrincipalFen)),
            bad.Sum(row => row.Loans), new Money(bad.Sum(row => row.PrincipalFen)));
    }
}
