using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Compensation.Conditions;

/// <summary>The loan date is not before the rule's first and the NPL date not after its last day. The day on which the rule came into force is no condition.</summary>
internal sealed class WithinTerm(JsonPart part) : Condition(part)
{
    private readonly DateOnly loanFrom = part.Day("loan_from");
    private readonly DateOnly nplTo = part.Day("npl_to");

    public override bool? Test(in Scene scene) =>
        scene.Loan.LoanDate >= loanFrom && (scene.Case.Claim is not { } claim || claim.NplDate <= nplTo);

    private protected override bool TryWrite(Slot slot, in Scene scene, Language language, Utf8Text text)
    {
        if (slot is not (Slot.From or Slot.To))
        {
            return false;
        }

        text.Add(slot == Slot.From ? loanFrom : nplTo);
        return true;
    }
}

/// <summary>The rulebooks that the loan date and the NPL date point to have their figures.</summary>
internal sealed class RulebookComplete(JsonPart part) : Condition(part)
{
    public override bool? Test(in Scene scene) => scene.Eligibility.IsComplete && scene.Standard.IsComplete ? true : null;
}

/// <summary>Registered from the loan date to the deadline; for loans of the time before the rule that were loaded later, the deadline is left out.</summary>
internal sealed class RegisteredInWindow : Condition
{
    private readonly string deadline;
    private readonly Template legacyMet;

    public RegisteredInWindow(JsonPart part)
        : base(part)
    {
        deadline = part.Text("deadline");
        Legacy = part.Part("legacy", days => new DateRange(days.Day("from"), days.Day("to")));
        legacyMet = part.Template("legacy_met");
    }

    /// <summary>The days of the time before the rule; their loans may be loaded later, with a reason.</summary>
    public DateRange Legacy { get; }

    public override bool? Test(in Scene scene) =>
        scene.Case.RegisteredOn >= scene.Loan.LoanDate && (IsLegacy(scene) || scene.Case.RegisteredOn <= Due(scene).Due);

    private protected override Template? Sentence(bool? verdict, in Scene scene) =>
        verdict == true && IsLegacy(scene) ? legacyMet : base.Sentence(verdict, scene);

    private protected override bool TryWrite(Slot slot, in Scene scene, Language language, Utf8Text text) =>
        DeadlineWords.TryWrite(slot, Due(scene), language, text);

    private bool IsLegacy(in Scene scene) => scene.Case.Legacy && Legacy.Contains(scene.Loan.LoanDate);

    private Deadline Due(in Scene scene) => scene.Deadlines.Due(deadline, scene.Loan.LoanDate);
}

/// <summary>The loan turned non-performing after it was registered; on the same day the reviewer decides.</summary>
internal sealed class NplAfterRegistration(JsonPart part) : Condition(part)
{
    public override bool IsForAPerson => true;

    public override bool? Test(in Scene scene) =>
        scene.Case.Claim is not { } claim || claim.NplDate == scene.Case.RegisteredOn ? null : claim.NplDate > scene.Case.RegisteredOn;
}

/// <summary>The claim was made from an event's day to the deadline that the event started.</summary>
internal sealed class FiledWithin(JsonPart part) : Condition(part)
{
    private readonly string deadline = part.Text("deadline");
    private readonly bool fromReport = part.Text("event") switch
    {
        "credit_report_on" => true,
        "npl_date" => false,
        _ => throw part.Wrong("event", "is npl_date or credit_report_on"),
    };

    public override bool? Test(in Scene scene) =>
        scene.Case.Claim is not { } claim ? null : claim.AppliedOn >= Event(claim) && claim.AppliedOn <= scene.Deadlines.Due(deadline, Event(claim)).Due;

    private protected override bool TryWrite(Slot slot, in Scene scene, Language language, Utf8Text text)
    {
        if (scene.Case.Claim is not { } claim)
        {
            return false;
        }

        if (slot == Slot.Event)
        {
            text.Add(Event(claim));
            return true;
        }

        return DeadlineWords.TryWrite(slot, scene.Deadlines.Due(deadline, Event(claim)), language, text);
    }

    private DateOnly Event(ClaimFacts claim) => fromReport ? claim.CreditReportOn : claim.NplDate;
}

/// <summary>How a sentence writes a deadline: its day and, where it is one, that it is provisional.</summary>
internal static class DeadlineWords
{
    public static bool TryWrite(Slot slot, Deadline deadline, Language language, Utf8Text text)
    {
        switch (slot)
        {
            case Slot.Deadline:
                text.Add(deadline.Due);
                return true;
            case Slot.Provisional:
                if (deadline.Provisional)
                {
                    text.Add((language == Language.Zh ? "（截止日为暂定：该年度放假安排尚未公布）" : " (the last day is provisional: that year's holidays are not known yet)").AsSpan());
                }

                return true;
            default:
                return false;
        }
    }
}
