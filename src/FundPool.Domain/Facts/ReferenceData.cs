using System.Runtime.CompilerServices;
using FundPool.Domain.Calendar;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Facts;

/// <summary>The facts that rulings rest on and that an administrator can correct: calendar, LPR, size classes, risk classes.</summary>
public sealed class ReferenceData
{
    private static readonly Lazy<ReferenceData> Shipped = new(() =>
        new ReferenceData(new WorkingCalendar(HolidayRow.Embedded()), LprTable.Embedded(), SizeClasses.Embedded, RiskClassTable.Embedded()));

    private readonly ConditionalWeakTable<Rulebook, Deadlines> deadlines = [];
    private readonly Lazy<SizeClasses> sizes;
    private Rulebook? lastBook;
    private Deadlines? lastDeadlines;

    /// <summary>Facts from tables of one's own, for example the portal's.</summary>
    public ReferenceData(WorkingCalendar calendar, LprTable lpr, SizeClasses sizes, RiskClassTable riskClasses)
        : this(calendar, lpr, () => sizes, riskClasses)
    {
    }

    private ReferenceData(WorkingCalendar calendar, LprTable lpr, Func<SizeClasses> sizes, RiskClassTable riskClasses)
    {
        Calendar = calendar;
        Lpr = lpr;
        RiskClasses = riskClasses;
        this.sizes = new Lazy<SizeClasses>(sizes);
    }

    /// <summary>The facts that the portal ships with.</summary>
    public static ReferenceData Embedded => Shipped.Value;

    /// <summary>Which days are worked.</summary>
    public WorkingCalendar Calendar { get; }

    /// <summary>Loan prime rates.</summary>
    public LprTable Lpr { get; }

    /// <summary>Size classes by industry.</summary>
    public SizeClasses Sizes => sizes.Value;

    /// <summary>Which classes are non-performing.</summary>
    public RiskClassTable RiskClasses { get; }

    /// <summary>The deadlines of a rulebook on this calendar, made once.</summary>
    public Deadlines DeadlinesOf(Rulebook rulebook)
    {
        // Nearly always the first rulebook that asks is the only one.
        if (ReferenceEquals(Volatile.Read(ref lastBook), rulebook))
        {
            return lastDeadlines!;
        }

        Deadlines found = deadlines.GetValue(rulebook, book => new Deadlines(Calendar, book.Deadlines));
        if (Volatile.Read(ref lastBook) is null)
        {
            lock (deadlines)
            {
                if (lastBook is null)
                {
                    lastDeadlines = found;
                    Volatile.Write(ref lastBook, rulebook);
                }
            }
        }

        return found;
    }
}
