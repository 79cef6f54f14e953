using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Imports;

/// <summary>What a bank needs before it sends a file: which quarters it may still register, until when, and what stands in them (a.19(1)).</summary>
public static class ShowUpload
{
    // The year in which the loans lie that may be loaded without their window (domain.md section 8).
    private static readonly int[] LegacyQuarters = [20233, 20234];

    [Requires(Permission.RegisterLoans)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="Quarters">The quarters whose window is open or has just closed, the newest first.</param>
    /// <param name="Legacy">The quarters whose loans are loaded with a reason, without a window.</param>
    public sealed record Answer(IReadOnlyList<QuarterWindow> Quarters, IReadOnlyList<int> Legacy);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken) =>
            new(await QuarterWindow.ReadAsync(db, rules, actor.Pool(), actor.Bank(), cancellationToken), LegacyQuarters);
    }
}

/// <summary>A quarter of a bank: until when its loans may be registered, and what is.</summary>
/// <param name="Quarter">Year × 10 + quarter.</param>
/// <param name="IsOpen">Whether a loan of the quarter may still be registered today.</param>
public sealed record QuarterWindow(int Quarter, DateOnly FirstDay, DateOnly LastDay, Deadline Due, bool IsOpen, long Loans, Money Principal)
{
    /// <summary>The present quarter and the one before it, with what the bank has registered of each.</summary>
    public static async Task<IReadOnlyList<QuarterWindow>> ReadAsync(FundPoolDb db, RuleSource rules, int pool, int bank, CancellationToken ct)
    {
        RuleBase at = await rules.InAsync(db, ct);
        DateOnly today = rules.Today;
        DateOnly present = new(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1);
        int[] quarters = [Number(present), Number(present.AddMonths(-3))];
        var sums = await db.Summaries.AsNoTracking()
            .Where(s => s.PoolId == pool && s.BankId == bank && quarters.Contains(s.Quarter) && s.Library != "struck_out")
            .GroupBy(s => s.Quarter).Select(g => new { g.Key, Loans = g.Sum(s => s.Loans), Fen = g.Sum(s => s.PrincipalFen) })
            .ToDictionaryAsync(s => s.Key, ct);
        return [.. from quarter in quarters
                   let first = LoanConditions.FirstDay(quarter)!.Value
                   let due = at.Deadlines.Due("register", first)
                   let sum = sums.GetValueOrDefault(quarter)
                   select new QuarterWindow(quarter, first, first.AddMonths(3).AddDays(-1), due, today <= due.Due, sum?.Loans ?? 0, new Money(sum?.Fen ?? 0))];
    }

    private static int Number(DateOnly day) => (day.Year * 10) + ((day.Month + 2) / 3);
}
