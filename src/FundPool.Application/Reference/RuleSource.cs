using FundPool.Application.Loans;
using FundPool.Data;
using FundPool.Domain.Calendar;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using FundPool.Domain.Suspension;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reference;

/// <summary>The rules and facts that a moment's rulings rest on: a pool's rulebooks, the calendar and rates as the administrator keeps them.</summary>
public sealed record RuleBase(RulebookSet Rulebooks, ReferenceData Facts, Deadlines Deadlines)
{
    /// <summary>All of it as a text with its digest, for what is kept with a ruling.</summary>
    public required FactsText Text { get; init; }

    /// <summary>When a bank is suspended; every rulebook of a bank pool says it.</summary>
    public SuspensionRule Suspension => Rulebooks.Home.Suspension ?? throw new InvalidOperationException($"{Rulebooks.Home.Code} has no suspension rule.");
}

/// <summary>Loads the rule base of the transaction's pool from the database and keeps it until the reference data changes.</summary>
public sealed class RuleSource(TimeProvider clock)
{
    private readonly Lock guard = new();
    private readonly Dictionary<string, (string Stamp, RuleBase Rules)> known = [];

    /// <summary>This moment by the clock of the call.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Today in Asia/Shanghai, by the clock of the call.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.ToOffset(TimeSpan.FromHours(8)).DateTime);

    /// <summary>The rules as the database has them now; one small query where nothing changed.</summary>
    public async Task<RuleBase> InAsync(FundPoolDb db, CancellationToken ct)
    {
        // The platform has no rulebook; what it reads here is the calendar and the rates.
        string stamp = await db.Database.SqlQuery<string>($"""
            select coalesce((select code from tenancy.pool where id = tenancy.pool() and id <> 0), '') || '/' || (select count(*) || '@' || coalesce(max(loaded_at)::text, '') from reference.calendar_year)
                || '/' || (select count(*) || '@' || coalesce(sum(hashtext(d::text)), 0) from reference.calendar_day d)
                || '/' || (select count(*) || '@' || coalesce(sum(hashtext(r::text)), 0) from reference.loan_prime_rate r) as "Value"
            """).SingleAsync(ct);
        string pool = stamp[..stamp.IndexOf('/', StringComparison.Ordinal)];
        lock (guard)
        {
            if (known.TryGetValue(pool, out (string Stamp, RuleBase Rules) kept) && kept.Stamp == stamp)
            {
                return kept.Rules;
            }
        }

        RuleBase rules = await LoadAsync(db, pool, ct);
        lock (guard)
        {
            known[pool] = (stamp, rules);
        }

        return rules;
    }

    /// <summary>The events whose deadline falls on today or the ten days after it; null for a filter without one.</summary>
    internal async Task<(DateOnly From, DateOnly To)?> EventsDueSoonAsync(FundPoolDb db, LoanDue due, CancellationToken ct)
    {
        if (due == LoanDue.Any)
        {
            return null;
        }

        RuleBase rules = await InAsync(db, ct);
        Func<DateOnly, Deadline> deadline = rules.Deadlines.Of(due == LoanDue.Claim ? "claim" : "good_closure");
        DateOnly today = Today;
        // A later event never has an earlier deadline, so that the events in question are days in a row.
        DateOnly[] events = [.. Enumerable.Range(0, 140).Select(back => today.AddDays(-back))
            .Where(day => deadline(day).Due is var end && end >= today && end <= today.AddDays(10))];
        return events.Length == 0 ? (DateOnly.MaxValue, DateOnly.MaxValue) : (events[^1], events[0]);
    }

    private static async Task<RuleBase> LoadAsync(FundPoolDb db, string pool, CancellationToken ct)
    {
        List<HolidayRow> days = [.. (await db.CalendarDays.AsNoTracking().ToListAsync(ct))
            .Select(d => new HolidayRow(d.Date, d.Kind == "workday", d.Name, d.NoticeYear, d.Source))];
        List<LprRow> rates = [.. (await db.LoanPrimeRates.AsNoTracking().ToListAsync(ct))
            .Select(r => new LprRow(r.PublishedOn, Rate.Of(r.OneYear), Rate.Of(r.FiveYear)))];
        WorkingCalendar calendar = new(days);
        RulebookSet rulebooks = RulebookSet.Embedded(pool.Length == 0 ? RulebookSet.EmbeddedPools[0] : pool)
            ?? throw new InvalidOperationException($"The pool {pool} has no rulebook.");
        ReferenceData facts = new(calendar, new LprTable(rates), SizeClasses.Embedded(), RiskClassTable.Embedded());
        return new RuleBase(rulebooks, facts, facts.DeadlinesOf(rulebooks.Home)) { Text = FactsText.Of(rulebooks, days, rates) };
    }
}
