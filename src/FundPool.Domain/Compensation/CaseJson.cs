using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Compensation;

/// <summary>Writes a case in the form that <see cref="CaseReader"/> reads (contract.md section 3), so that what was ruled on can be kept and ruled on again.</summary>
public static class CaseJson
{
    /// <summary>The case as one object, without a line's end.</summary>
    public static string Write(string id, Case facts)
    {
        if (facts.Claim is not { } claim)
        {
            throw new ArgumentException("The contract's case has a claim.", nameof(facts));
        }

        Utf8Text text = new();
        LoanTerms loan = facts.Loan;
        text.Add("{\"id\":\""u8).AddEscaped(id);
        text.Add("\",\"loanDate\":\""u8).Add(loan.LoanDate).Add("\",\"maturityDate\":\""u8).Add(loan.MaturityDate);
        text.Add("\",\"borrowerKind\":\""u8).Add(LoanCodes.BorrowerKinds.Code(loan.BorrowerKind).AsSpan());
        text.Add("\",\"industry\":\""u8).Add(loan.Industry.AsSpan());
        text.Add("\",\"principal\":\""u8).Add(loan.Principal).Add("\",\"annualRate\":\""u8).Add(loan.AnnualRate.ToString().AsSpan());
        text.Add("\",\"product\":\""u8).Add(LoanCodes.Products.Code(loan.Product).AsSpan());
        text.Add("\",\"totalBalance\":\""u8).Add(loan.TotalBalance).Add("\""u8);
        Amount("creditLine", loan.CreditLine, text);
        text.Add(",\"otherCover\":\""u8).Add(LoanCodes.OtherCovers.Code(loan.OtherCover).AsSpan()).Add("\""u8);
        Codes("security", LoanCodes.Securities.In(loan.Securities).Select(entry => entry.Code), text);
        Codes("features", LoanCodes.Features.In(loan.Features).Select(entry => entry.Code), text);
        Codes("qualifications", LoanCodes.Qualifications.In(loan.Qualifications).Select(entry => entry.Code), text);
        text.Add(",\"registeredOn\":\""u8).Add(facts.RegisteredOn).Add("\""u8);
        Flag("legacy", facts.Legacy, text);
        text.Add(",\"riskClass\":\""u8).Add(LoanCodes.RiskClasses.Code(claim.RiskClass).AsSpan());
        text.Add("\",\"nplDate\":\""u8).Add(claim.NplDate).Add("\",\"appliedOn\":\""u8).Add(claim.AppliedOn);
        text.Add("\",\"creditReportOn\":\""u8).Add(claim.CreditReportOn).Add("\",\"outstandingPrincipal\":\""u8).Add(claim.OutstandingPrincipal).Add("\""u8);
        Amount("nplPrincipal", claim.NplPrincipal, text);
        Flag("bankSuspended", facts.BankSuspended, text);
        Flag("bankDishonest", facts.BankDishonest, text);
        Flag("bankRemoved", facts.BankRemoved, text);
        return text.Add("}"u8).ToString();
    }

    private static void Amount(string name, Money? sum, Utf8Text text)
    {
        if (sum is { } known)
        {
            text.Add(",\""u8).Add(name.AsSpan()).Add("\":\""u8).Add(known).Add("\""u8);
        }
    }

    private static void Codes(string name, IEnumerable<string> codes, Utf8Text text) =>
        text.Add(",\""u8).Add(name.AsSpan()).Add("\":["u8).Add(string.Join(',', codes.Select(code => $"\"{code}\"")).AsSpan()).Add("]"u8);

    private static void Flag(string name, bool flag, Utf8Text text) =>
        text.Add(",\""u8).Add(name.AsSpan()).Add(flag ? "\":true"u8 : "\":false"u8);
}
