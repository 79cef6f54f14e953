using FundPool.Domain.Compensation;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Loans;

/// <summary>What a finding at registration means.</summary>
public enum FindingKind
{
    /// <summary>The condition is met.</summary>
    Passed,

    /// <summary>Worth looking at; the loan may be registered all the same.</summary>
    Warning,

    /// <summary>Keeps the loan out of the library.</summary>
    Refused,
}

/// <summary>The ruling on a loan that a bank wants to register (a.3, a.4, a.13, a.14, a.19(1)). Nothing but numbers is kept; sentences are written when asked for.</summary>
public readonly struct RegistrationRuling
{
    private readonly Scene scene;
    private readonly LoanFacts loan;
    private readonly ulong met;
    private readonly ulong notMet;
    private readonly ulong deferred;
    private readonly SizeFinding size;

    private RegistrationRuling(LoanFacts loan, in Scene scene)
    {
        this.loan = loan;
        this.scene = scene;
        IReadOnlyList<Condition> conditions = scene.Home.Conditions;
        for (int i = 0; i < conditions.Count; i++)
        {
            Condition condition = conditions[i];
            if (condition.AtRegistration == AtRegistration.Skip)
            {
                continue;
            }

            (bool? verdict, bool later) = Verdicts.Of(condition, scene);
            ulong bit = 1UL << i;
            met |= verdict == true ? bit : 0;
            notMet |= verdict == false ? bit : 0;
            deferred |= later ? bit : 0;
            IsRefused |= verdict == false && condition.AtRegistration == AtRegistration.Refuse;
            HasWarnings |= verdict is null || (verdict == false && condition.AtRegistration == AtRegistration.Warn) || (verdict == true && condition.Warns(scene));
        }

        // Size is asked of enterprises only: an owner or a sole trader is a person.
        size = loan.Terms.BorrowerIsPerson
            ? new SizeFinding(null, true, false, 0)
            : scene.Reference.Sizes.Classify(loan.Terms.Industry, loan.Employees, loan.Revenue, loan.TotalAssets);
        HasWarnings |= SizeWords.Warns(size, loan.Terms.BorrowerKind);
        ExpectedShare = scene.Home.Scale?.ShareOf(loan.Terms) ?? Share.None;
    }

    /// <summary>Whether a condition keeps the loan out of the library.</summary>
    public bool IsRefused { get; }

    /// <summary>Whether anything is worth looking at.</summary>
    public bool HasWarnings { get; }

    /// <summary>The share that would be borne were the loan to turn non-performing and every other condition met.</summary>
    public Share ExpectedShare { get; }

    /// <summary>The rulebook that says who is eligible, by loan date.</summary>
    public Rulebook Rulebook => scene.Eligibility;

    /// <summary>Every condition that is asked at registration, in the rulebook's order, then the warnings about size, if any.</summary>
    public IEnumerable<Finding> Findings
    {
        get
        {
            RegistrationRuling self = this;
            IEnumerable<Finding> asked = Enumerable.Range(0, scene.Home.Conditions.Count)
                .Where(i => self.scene.Home.Conditions[i].AtRegistration != AtRegistration.Skip)
                .Select(i => new Finding(self, i));
            return SizeWords.Warns(size, loan.Terms.BorrowerKind) ? asked.Append(new Finding(self, Finding.OfSize)) : asked;
        }
    }

    /// <summary>The conditions that keep it out: all of them, each with its code, the field to mend, and the reason.</summary>
    public IEnumerable<Problem> Refusals => IsRefused ? Findings.Where(finding => finding.Kind == FindingKind.Refused).Select(finding => finding.Problem) : [];

    /// <summary>What is worth looking at.</summary>
    public IEnumerable<Problem> Warnings => HasWarnings ? Findings.Where(finding => finding.Kind == FindingKind.Warning).Select(finding => finding.Problem) : [];

    internal Scene Scene => scene;

    internal SizeFinding Size => size;

    internal LoanFacts Loan => loan;

    /// <summary>Rules on a loan as it stands on the day it would enter the library.</summary>
    /// <param name="facts">The loan.</param>
    /// <param name="registeredOn">The day of registration.</param>
    /// <param name="legacy">Whether it is loaded as a loan of the time before the rule came into force, with a reason logged.</param>
    /// <param name="bankRemoved">Whether the bank's membership has ended.</param>
    /// <param name="rulebooks">The pool's rulebooks.</param>
    /// <param name="reference">Calendars, LPR and size classes.</param>
    public static RegistrationRuling On(LoanFacts facts, DateOnly registeredOn, bool legacy, bool bankRemoved, RulebookSet rulebooks, ReferenceData reference) =>
        new(facts, new Scene(new Case { Loan = facts.Terms, RegisteredOn = registeredOn, Legacy = legacy, BankRemoved = bankRemoved }, rulebooks, reference));

    internal bool? MetAt(int index) => (met >> index & 1) != 0 ? true : (notMet >> index & 1) != 0 ? false : null;

    internal bool IsDeferred(int index) => (deferred >> index & 1) != 0;
}

/// <summary>One finding of a registration ruling.</summary>
public readonly struct Finding
{
    internal const int OfSize = -1;
    private readonly RegistrationRuling ruling;
    private readonly int index;

    internal Finding(RegistrationRuling ruling, int index)
    {
        this.ruling = ruling;
        this.index = index;
    }

    /// <summary>The outward code of the condition, or <c>size_class</c>.</summary>
    public string Code => index == OfSize ? "size_class" : Condition.Code;

    /// <summary>Where it stands.</summary>
    public Article Article => index == OfSize ? new Article("3") : Condition.Article;

    /// <summary>Met, not met, or can't tell.</summary>
    public bool? Met => index == OfSize ? SizeWords.Verdict(ruling.Size, ruling.Loan.Terms.BorrowerKind) : ruling.MetAt(index);

    /// <summary>What it means for the registration. What can't be told is a warning: the reviewer will see it at the claim.</summary>
    public FindingKind Kind =>
        index == OfSize ? FindingKind.Warning
        : Met switch
        {
            null => FindingKind.Warning,
            true => Condition.Warns(ruling.Scene) ? FindingKind.Warning : FindingKind.Passed,
            false => Condition.AtRegistration == AtRegistration.Refuse ? FindingKind.Refused : FindingKind.Warning,
        };

    /// <summary>The field of the loan file that it is about.</summary>
    public string Field => index == OfSize ? SizeWords.Field(ruling.Size) : Condition.FieldOf(ruling.Scene);

    /// <summary>The sentence in both languages.</summary>
    public Words Words => new(Text(Language.Zh), Text(Language.En));

    /// <summary>As a problem of the field, its code that of the condition.</summary>
    public Problem Problem => new(Field, Code, Words);

    private Condition Condition => ruling.Scene.Home.Conditions[index];

    /// <summary>The sentence in one language.</summary>
    public string Text(Language language)
    {
        if (index == OfSize)
        {
            return SizeWords.Of(ruling.Size, ruling.Loan).In(language);
        }

        Utf8Text text = new();
        Verdicts.Write(Condition, Met, ruling.IsDeferred(index), ruling.Scene, language, text);
        return text.ToString();
    }
}
