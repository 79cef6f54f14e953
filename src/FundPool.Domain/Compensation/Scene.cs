using FundPool.Domain.Calendar;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Compensation;

/// <summary>Everything that a condition can look at.</summary>
public readonly struct Scene
{
    internal Scene(Case facts, RulebookSet rulebooks, ReferenceData reference)
    {
        Case = facts;
        Home = rulebooks.Home;
        Eligibility = rulebooks.EligibilityOf(facts.Loan.LoanDate);
        Standard = facts.Claim is { } claim ? rulebooks.StandardOf(claim.NplDate) : rulebooks.Home;
        Reference = reference;
        Deadlines = reference.DeadlinesOf(Home);
    }

    /// <summary>The loan and its claim.</summary>
    public Case Case { get; }

    /// <summary>The rulebook in force.</summary>
    public Rulebook Home { get; }

    /// <summary>The rulebook that the loan date points to: who is eligible.</summary>
    public Rulebook Eligibility { get; }

    /// <summary>The rulebook that the NPL date points to: how much is borne.</summary>
    public Rulebook Standard { get; }

    /// <summary>Calendars, LPR and the other facts.</summary>
    public ReferenceData Reference { get; }

    /// <summary>The deadlines of the rulebook in force.</summary>
    public Deadlines Deadlines { get; }

    internal LoanTerms Loan => Case.Loan;

    internal void Write(Slot slot, Language language, Utf8Text text)
    {
        LoanTerms loan = Case.Loan;
        switch (slot)
        {
            case Slot.LoanDate:
                text.Add(loan.LoanDate);
                break;
            case Slot.MaturityDate:
                text.Add(loan.MaturityDate);
                break;
            case Slot.RegisteredOn:
                text.Add(Case.RegisteredOn);
                break;
            case Slot.NplDate:
                Add(Case.Claim?.NplDate, language, text);
                break;
            case Slot.AppliedOn:
                Add(Case.Claim?.AppliedOn, language, text);
                break;
            case Slot.CreditReportOn:
                Add(Case.Claim?.CreditReportOn, language, text);
                break;
            case Slot.Industry:
                text.Add(loan.Industry.AsSpan());
                break;
            case Slot.BorrowerKind:
                text.Add(LoanCodes.BorrowerKinds.Label(loan.BorrowerKind).In(language).AsSpan());
                break;
            case Slot.Product:
                text.Add(LoanCodes.Products.Label(loan.Product).In(language).AsSpan());
                break;
            case Slot.OtherCover:
                text.Add(LoanCodes.OtherCovers.Label(loan.OtherCover).In(language).AsSpan());
                break;
            case Slot.RiskClass when Case.Claim is { } claim:
                text.Add(LoanCodes.RiskClasses.Label(claim.RiskClass).In(language).AsSpan());
                break;
            case Slot.Rate:
                text.AddPercent(loan.AnnualRate);
                break;
            default:
                throw new InvalidOperationException($"Nothing fills the slot {slot} here.");
        }
    }

    private static void Add(DateOnly? day, Language language, Utf8Text text)
    {
        if (day is { } known)
        {
            text.Add(known);
        }
        else
        {
            text.Add(language == Language.Zh ? "（尚无）" : "(none yet)");
        }
    }
}
