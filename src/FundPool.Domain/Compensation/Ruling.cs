using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Compensation;

/// <summary>What a ruling comes to.</summary>
public enum RulingOutcome
{
    /// <summary>Every condition is met: the amount is borne.</summary>
    Eligible,

    /// <summary>As eligible, and the bank is suspended: the claim waits.</summary>
    Halted,

    /// <summary>A condition can't be told yet.</summary>
    Undetermined,

    /// <summary>A condition is not met.</summary>
    Ineligible,
}

/// <summary>The ruling on a claim: every condition with its article, then the share piece by piece, so that a person can follow the figure by hand. Sentences are written only when asked for.</summary>
public sealed class Ruling
{
    // Two bits a step: bit i of met, bit i of notMet; neither is "can't tell". Bit i of deferred: the rulebook that decides it is incomplete.
    private readonly Scene scene;
    private readonly ulong met;
    private readonly ulong notMet;
    private readonly ulong deferred;

    private Ruling(in Scene scene)
    {
        this.scene = scene;
        if (scene.Case.Claim is not { } claim)
        {
            throw new ArgumentException("A case without a claim is ruled at registration, not here.", nameof(scene));
        }

        bool failed = false;
        bool open = false;
        bool halted = false;
        IReadOnlyList<Condition> conditions = scene.Home.Conditions;
        for (int i = 0; i < conditions.Count; i++)
        {
            (bool? verdict, bool later) = Verdicts.Of(conditions[i], scene);
            ulong bit = 1UL << i;
            met |= verdict == true ? bit : 0;
            notMet |= verdict == false ? bit : 0;
            deferred |= later ? bit : 0;
            switch (conditions[i].AtClaim)
            {
                case AtClaim.Decide:
                    failed |= verdict == false;
                    open |= verdict is null;
                    break;
                case AtClaim.Halt:
                    halted |= verdict == false;
                    break;
                default:
                    break;
            }
        }

        ShareScale? scale = scene.Standard.IsComplete ? scene.Standard.Scale : null;
        Outcome = failed ? RulingOutcome.Ineligible : open ? RulingOutcome.Undetermined : halted ? RulingOutcome.Halted : RulingOutcome.Eligible;
        Basis = claim.ClaimPrincipal;
        if (scale is not null && IsPayable)
        {
            Share = scale.ShareOf(scene.Loan);
            Amount = scale.AmountOf(Share, Basis);
        }
    }

    /// <summary>The rulebook whose standard the NPL date points to.</summary>
    public Rulebook Rulebook => scene.Standard;

    /// <summary>The rulebook that says who is eligible, by loan date.</summary>
    public Rulebook EligibilityRulebook => scene.Eligibility;

    /// <summary>What it comes to.</summary>
    public RulingOutcome Outcome { get; }

    /// <summary>The share borne; none unless eligible or halted.</summary>
    public Share Share { get; }

    /// <summary>The amount borne; nothing unless eligible or halted.</summary>
    public Money Amount { get; }

    /// <summary>What the share is taken of.</summary>
    public Money Basis { get; }

    /// <summary>Whether an amount is named: eligible, or halted and waiting.</summary>
    public bool IsPayable => Outcome is RulingOutcome.Eligible or RulingOutcome.Halted;

    /// <summary>How many steps it has: every condition, then every piece of the share.</summary>
    public int StepCount => scene.Home.Conditions.Count + Scale.PieceCount;

    /// <summary>Every condition in the rulebook's order, then every piece of the share.</summary>
    public IEnumerable<RulingStep> Steps => Enumerable.Range(0, StepCount).Select(StepAt);

    /// <summary>The codes of the conditions that are not met, in order.</summary>
    public IEnumerable<string> Failed => Steps.Take(scene.Home.Conditions.Count).Where(step => step.Met == false).Select(step => step.Code);

    /// <summary>The first condition that is not met, as a refusal with its article; null where none is.</summary>
    public Refusal? FirstRefusal
    {
        get
        {
            RulingStep first = Steps.Take(scene.Home.Conditions.Count).FirstOrDefault(step => step.Met == false);
            return first.Code is null ? null : new Refusal(first.Article, first.Words);
        }
    }

    /// <summary>
    /// The amount that is borne once a person has confirmed the conditions that the facts alone can't tell: <see cref="Amount"/> where none is
    /// open; nothing while one is open that nobody confirmed or that is not for a person to decide.
    /// </summary>
    public Money AmountOnceConfirmed(IReadOnlySet<string> confirmed)
    {
        if (Outcome != RulingOutcome.Undetermined || !scene.Standard.IsComplete || scene.Standard.Scale is not { } scale)
        {
            return Amount;
        }

        IReadOnlyList<Condition> conditions = scene.Home.Conditions;
        for (int i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].AtClaim == AtClaim.Decide && MetAt(i) is null && (IsDeferred(i) || !conditions[i].IsForAPerson || !confirmed.Contains(conditions[i].Code)))
            {
                return Money.Zero;
            }
        }

        return scale.AmountOf(scale.ShareOf(scene.Loan), Basis);
    }

    internal ref readonly Scene Scene => ref scene;

    internal ulong NotMetBits => notMet;

    // An incomplete rulebook has no scale; its pieces are then named as the rulebook in force names them, and none can be told.
    internal ShareScale Scale => scene.Standard.Scale ?? scene.Home.Scale ?? throw new InvalidOperationException($"{scene.Home} has no share.");

    /// <summary>Rules on a case by the rulebooks of its pool. Same case, same rulebooks and same facts give the same ruling.</summary>
    public static Ruling On(Case facts, RulebookSet rulebooks, ReferenceData reference) => new(new Scene(facts, rulebooks, reference));

    /// <summary>The step at a position.</summary>
    public RulingStep StepAt(int index) => new(this, index);

    internal bool? MetAt(int index) => (met >> index & 1) != 0 ? true : (notMet >> index & 1) != 0 ? false : null;

    internal bool IsDeferred(int index) => (deferred >> index & 1) != 0;
}

/// <summary>How a condition is answered when the loan date may point to another rulebook.</summary>
internal static class Verdicts
{
    public static (bool? Verdict, bool Deferred) Of(Condition condition, in Scene scene)
    {
        Condition? deciding = Deciding(condition, scene);
        return deciding is null ? (null, true) : (deciding.Test(scene), false);
    }

    /// <summary>The condition that decides: this one, or the same one of the rulebook that the loan date points to; null while that rulebook is incomplete.</summary>
    public static Condition? Deciding(Condition condition, in Scene scene) =>
        !condition.FollowsLoanDate || ReferenceEquals(scene.Eligibility, scene.Home) ? condition
        : !scene.Eligibility.IsComplete ? null
        : scene.Eligibility.ConditionOf(condition.Code) ?? condition;

    public static void Write(Condition condition, bool? verdict, bool deferred, in Scene scene, Language language, Utf8Text text)
    {
        if (deferred)
        {
            WriteIncomplete(scene.Eligibility, language, text);
        }
        else
        {
            Deciding(condition, scene)!.Write(verdict, scene, language, text);
        }
    }

    public static void WriteIncomplete(Rulebook rulebook, Language language, Utf8Text text)
    {
        Template sentence = rulebook.Incomplete ?? throw new InvalidOperationException($"{rulebook} is incomplete and has no sentence for it.");
        foreach (Template.Piece piece in sentence.In(language))
        {
            text.Add(piece.Utf8);
        }
    }
}
