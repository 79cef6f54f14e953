using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Compensation.Conditions;
using FundPool.Domain.Kernel;
using FundPool.Domain.Suspension;

namespace FundPool.Domain.Rulebooks;

/// <summary>Loans or NPL dates of these days are another rulebook's to decide (a.21).</summary>
/// <param name="Days">The days.</param>
/// <param name="Rulebook">The code of the rulebook that decides them.</param>
public sealed record RulebookPointer(DateRange Days, string Rulebook);

/// <summary>How money that comes back is shared (a.19(6)).</summary>
/// <param name="Article">Where it stands.</param>
/// <param name="Costs"><c>gross</c>: costs of recovery are not taken off first; <c>net</c>: they are.</param>
/// <param name="ShareOf">What part of a receipt is due.</param>
/// <param name="Rounding">When it is rounded.</param>
/// <param name="Limit">What all returns together never pass.</param>
public sealed record RecoveryRule(Article Article, string Costs, string ShareOf, string Rounding, string Limit);

/// <summary>The settings of the yearly evaluation (a.22 to a.25).</summary>
/// <param name="Article">Where it stands.</param>
/// <param name="LeadingShare">The share of banks that leads by principal or borrowers.</param>
/// <param name="ExcellentGrowth">The share of banks that leads by growth, for the best grade.</param>
/// <param name="GoodGrowth">The same for the second grade.</param>
/// <param name="YearsToRemoval">Failed years running until membership ends.</param>
/// <param name="YearsOfAbsence">Years until a bank may come back.</param>
public sealed record EvaluationRule(Article Article, Share LeadingShare, Share ExcellentGrowth, Share GoodGrowth, int YearsToRemoval, int YearsOfAbsence);

/// <summary>A dated set of a fund's rules: figures, sentences and articles. A published version never changes. Read from JSON; see docs/rules.</summary>
public sealed class Rulebook
{
    private readonly Dictionary<string, Condition> byCode;

    internal Rulebook(RulebookParts parts)
    {
        Code = parts.Code;
        Pool = parts.Pool;
        Name = parts.Name;
        Source = parts.Source;
        IsComplete = parts.IsComplete;
        InForce = parts.InForce;
        LoanDatePointers = parts.LoanDatePointers;
        NplDatePointers = parts.NplDatePointers;
        Conditions = parts.Conditions;
        Scale = parts.Scale;
        Suspension = parts.Suspension;
        Deadlines = parts.Deadlines;
        Recovery = parts.Recovery;
        Evaluation = parts.Evaluation;
        Materials = parts.Materials;
        Deficiencies = parts.Deficiencies;
        Deductions = parts.Deductions;
        Papers = parts.Papers;
        Incomplete = parts.Incomplete;
        byCode = Conditions.ToDictionary(condition => condition.Code, StringComparer.Ordinal);
        if (IsComplete && (Scale is null || Conditions.Count == 0 || Deadlines.Count == 0))
        {
            throw new FormatException($"Rulebook {Code} says that it is complete and lacks conditions, a share or deadlines.");
        }
    }

    /// <summary>The outward code, for example <c>shenzhen-2024</c>.</summary>
    public string Code { get; }

    /// <summary>The pool whose rules these are.</summary>
    public string Pool { get; }

    /// <summary>The regulation's name.</summary>
    public Words Name { get; }

    /// <summary>The text it was made from.</summary>
    public string Source { get; }

    /// <summary>False while figures are missing: then nothing is ruled by it, because nothing is paid on a guess.</summary>
    public bool IsComplete { get; }

    /// <summary>When it is in force, where known.</summary>
    public DateRange? InForce { get; }

    /// <summary>Which other rulebook says who is eligible, by loan date.</summary>
    public IReadOnlyList<RulebookPointer> LoanDatePointers { get; }

    /// <summary>Which other rulebook says how much is borne, by NPL date.</summary>
    public IReadOnlyList<RulebookPointer> NplDatePointers { get; }

    /// <summary>The conditions in the order in which a ruling names them.</summary>
    public IReadOnlyList<Condition> Conditions { get; }

    /// <summary>How the share is made; null while incomplete.</summary>
    public ShareScale? Scale { get; }

    /// <summary>When a bank is suspended; null where the fund knows none.</summary>
    public SuspensionRule? Suspension { get; }

    /// <summary>The deadlines.</summary>
    public IReadOnlyList<DeadlineRule> Deadlines { get; }

    /// <summary>How recoveries are shared; null while incomplete.</summary>
    public RecoveryRule? Recovery { get; }

    /// <summary>The yearly evaluation; null while incomplete.</summary>
    public EvaluationRule? Evaluation { get; }

    /// <summary>The material checklist of claims and of payment documents.</summary>
    public IReadOnlyList<MaterialRule> Materials { get; }

    /// <summary>The coded reasons for returning a claim.</summary>
    public IReadOnlyList<DeficiencyRule> Deficiencies { get; }

    /// <summary>The coded reasons for approving a claim in part.</summary>
    public IReadOnlyList<DeductionRule> Deductions { get; }

    /// <summary>How the pool's notices and plans are headed; null where the fund issues none.</summary>
    public PapersRule? Papers { get; }

    internal Template? Incomplete { get; }

    /// <summary>The loan dates whose loans may be loaded after their window, with a reason; null where the rulebook knows none.</summary>
    public DateRange? LegacyLoans => Conditions.OfType<RegisteredInWindow>().FirstOrDefault()?.Legacy;

    /// <summary>The condition with this code; null where the rulebook has none.</summary>
    public Condition? ConditionOf(string code) => byCode.GetValueOrDefault(code);

    /// <inheritdoc/>
    public override string ToString() => Code;
}

internal sealed record RulebookParts
{
    public required string Code { get; init; }

    public required string Pool { get; init; }

    public required Words Name { get; init; }

    public required string Source { get; init; }

    public required bool IsComplete { get; init; }

    public DateRange? InForce { get; init; }

    public IReadOnlyList<RulebookPointer> LoanDatePointers { get; init; } = [];

    public IReadOnlyList<RulebookPointer> NplDatePointers { get; init; } = [];

    public Condition[] Conditions { get; init; } = [];

    public ShareScale? Scale { get; init; }

    public SuspensionRule? Suspension { get; init; }

    public IReadOnlyList<DeadlineRule> Deadlines { get; init; } = [];

    public RecoveryRule? Recovery { get; init; }

    public EvaluationRule? Evaluation { get; init; }

    public MaterialRule[] Materials { get; init; } = [];

    public DeficiencyRule[] Deficiencies { get; init; } = [];

    public DeductionRule[] Deductions { get; init; } = [];

    public PapersRule? Papers { get; init; }

    public Template? Incomplete { get; init; }
}
