using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Compensation.Conditions;

/// <summary>The yearly rate is at most the LPR of the loan date plus a spread; which LPR, the term says. Later repricing is ignored.</summary>
internal sealed class RateWithinLpr : Condition
{
    private readonly Rate spread;
    private readonly int longTermAfterYears;

    public RateWithinLpr(JsonPart part)
        : base(part)
    {
        longTermAfterYears = part.Number("long_term_after_years");
        spread = Rate.TryParse(part.Text("spread"), out Rate read) ? read : throw part.Wrong("spread", "is no rate");
    }

    public override bool? Test(in Scene scene) =>
        scene.Reference.Lpr.On(scene.Loan.LoanDate) is { } lpr ? scene.Loan.AnnualRate <= Of(lpr, scene.Loan) + spread : null;

    private protected override bool TryWrite(Slot slot, in Scene scene, Language language, Utf8Text text)
    {
        if (slot is not (Slot.Lpr or Slot.LprDate or Slot.LprTerm or Slot.Limit) || scene.Reference.Lpr.On(scene.Loan.LoanDate) is not { } lpr)
        {
            return false;
        }

        switch (slot)
        {
            case Slot.Lpr:
                text.AddPercent(Of(lpr, scene.Loan));
                break;
            case Slot.LprDate:
                text.Add(lpr.PublishedOn);
                break;
            case Slot.LprTerm:
                text.Add((IsLong(scene.Loan)
                    ? language == Language.Zh ? "5年期以上" : "over-5-year"
                    : language == Language.Zh ? "1年期" : "1-year").AsSpan());
                break;
            default:
                text.AddPercent(Of(lpr, scene.Loan) + spread);
                break;
        }

        return true;
    }

    private Rate Of(LprRow lpr, LoanTerms loan) => IsLong(loan) ? lpr.FiveYears : lpr.OneYear;

    // Counted like a deadline in months: 29 February + 5 years is 28 February.
    private bool IsLong(LoanTerms loan) =>
        loan.LoanDate.Year + longTermAfterYears <= 9999 && loan.MaturityDate > loan.LoanDate.AddYears(longTermAfterYears);
}
