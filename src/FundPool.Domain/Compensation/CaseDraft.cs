using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Compensation;

/// <summary>The fields of a case while its line is read, each with what is wrong with it.</summary>
internal struct CaseDraft
{
    private Faults faults;
    private DateOnly loanDate, maturityDate, registeredOn, nplDate, appliedOn, creditReportOn;
    private Money principal, totalBalance, outstanding;
    private Money? creditLine, nplPrincipal;
    private Rate annualRate;
    private BorrowerKind borrowerKind;
    private Product product;
    private OtherCover otherCover;
    private RiskClass riskClass;
    private Securities securities;
    private Features features;
    private Qualifications qualifications;
    private string industry;
    private bool legacy, suspended, dishonest, removed;

    public CaseDraft()
    {
        industry = "";
        for (int i = 0; i < CaseFields.Count; i++)
        {
            faults[i] = CaseFields.IsRequired((CaseField)i) ? CaseFault.Required : CaseFault.None;
        }
    }

    public readonly bool IsSound(CaseField field) => faults[(int)field] == CaseFault.None;

    // The last of several equal names counts, as in most readers of JSON.
    public void Take(CaseField field, ref Utf8JsonReader reader) => faults[(int)field] = field switch
    {
        CaseField.Id => CaseValues.Id(ref reader),
        CaseField.LoanDate => CaseValues.Day(ref reader, out loanDate),
        CaseField.MaturityDate => CaseValues.Day(ref reader, out maturityDate),
        CaseField.BorrowerKind => CaseValues.Code(ref reader, LoanCodes.BorrowerKinds, out borrowerKind),
        CaseField.Industry => IndustryOf(ref reader),
        CaseField.Principal => CaseValues.Amount(ref reader, out principal),
        CaseField.AnnualRate => RateOf(ref reader),
        CaseField.Product => CaseValues.Code(ref reader, LoanCodes.Products, out product),
        CaseField.TotalBalance => CaseValues.Amount(ref reader, out totalBalance),
        CaseField.CreditLine => CaseValues.OptionalAmount(ref reader, out creditLine),
        CaseField.OtherCover => CaseValues.Code(ref reader, LoanCodes.OtherCovers, out otherCover),
        CaseField.Security => SecuritiesOf(ref reader),
        CaseField.Features => FeaturesOf(ref reader),
        CaseField.Qualifications => QualificationsOf(ref reader),
        CaseField.RegisteredOn => CaseValues.Day(ref reader, out registeredOn),
        CaseField.Legacy => CaseValues.Flag(ref reader, out legacy),
        CaseField.RiskClass => CaseValues.Code(ref reader, LoanCodes.RiskClasses, out riskClass),
        CaseField.NplDate => CaseValues.Day(ref reader, out nplDate),
        CaseField.AppliedOn => CaseValues.Day(ref reader, out appliedOn),
        CaseField.CreditReportOn => CaseValues.Day(ref reader, out creditReportOn),
        CaseField.OutstandingPrincipal => CaseValues.Amount(ref reader, out outstanding),
        CaseField.NplPrincipal => CaseValues.OptionalAmount(ref reader, out nplPrincipal),
        CaseField.BankSuspended => CaseValues.Flag(ref reader, out suspended),
        CaseField.BankDishonest => CaseValues.Flag(ref reader, out dishonest),
        _ => CaseValues.Flag(ref reader, out removed),
    };

    public readonly (CaseField Field, CaseFault Fault) FirstFault()
    {
        for (int i = 0; i < CaseFields.Count; i++)
        {
            CaseFault fault = faults[i] != CaseFault.None ? faults[i] : Against((CaseField)i);
            if (fault != CaseFault.None)
            {
                return ((CaseField)i, fault);
            }
        }

        return default;
    }

    public readonly Case Case() => new()
    {
        Loan = new LoanTerms
        {
            LoanDate = loanDate,
            MaturityDate = maturityDate,
            BorrowerKind = borrowerKind,
            Industry = industry,
            Principal = principal,
            AnnualRate = annualRate,
            Product = product,
            TotalBalance = totalBalance,
            CreditLine = creditLine,
            OtherCover = otherCover,
            Securities = securities,
            Features = features,
            Qualifications = qualifications,
        },
        RegisteredOn = registeredOn,
        Legacy = legacy,
        Claim = new ClaimFacts
        {
            RiskClass = riskClass,
            NplDate = nplDate,
            AppliedOn = appliedOn,
            CreditReportOn = creditReportOn,
            OutstandingPrincipal = outstanding,
            NplPrincipal = nplPrincipal,
        },
        BankSuspended = suspended,
        BankDishonest = dishonest,
        BankRemoved = removed,
    };

    // A field that is sound by itself, against those it depends on where they are sound too.
    private readonly CaseFault Against(CaseField field) => field switch
    {
        CaseField.MaturityDate when IsSound(CaseField.LoanDate) && maturityDate <= loanDate => CaseFault.OutOfRange,
        CaseField.TotalBalance when IsSound(CaseField.Principal) && totalBalance < principal => CaseFault.OutOfRange,
        CaseField.CreditLine when IsSound(CaseField.BorrowerKind) && borrowerKind is BorrowerKind.Owner or BorrowerKind.SoleTrader && creditLine is null => CaseFault.Required,
        CaseField.Security when (securities & Securities.Credit) != 0 && (securities & ~(Securities.Credit | Securities.CoBorrower)) != 0 => CaseFault.Conflict,
        CaseField.OutstandingPrincipal when IsSound(CaseField.Principal) && outstanding > principal => CaseFault.OutOfRange,
        CaseField.NplPrincipal when IsSound(CaseField.Principal) && nplPrincipal > principal => CaseFault.OutOfRange,
        _ => CaseFault.None,
    };

    private CaseFault RateOf(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? CaseFault.Required
        : CaseValues.IsText(ref reader) && Rate.TryParse(CaseValues.Text(ref reader), out annualRate) ? CaseFault.None
        : CaseFault.BadNumber;

    private CaseFault IndustryOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return CaseFault.Required;
        }

        Span<char> code = stackalloc char[5];
        if (!CaseValues.IsText(ref reader) || CaseValues.Text(ref reader) is not { Length: > 0 and <= 5 } text || !Ascii.IsValid(text))
        {
            return CaseFault.BadValue;
        }

        code = code[..Encoding.ASCII.GetChars(text, code)];
        if (!Industry.IsWellFormed(code))
        {
            return CaseFault.BadValue;
        }

        industry = new string(code);
        return CaseFault.None;
    }

    private CaseFault SecuritiesOf(ref Utf8JsonReader reader)
    {
        securities = Securities.None;
        return CaseValues.Codes(ref reader, LoanCodes.Securities, ref securities, static (ref Securities all, Securities one) => all |= one) switch
        {
            CaseFault.None when securities == Securities.None => CaseFault.Required,
            CaseFault fault => fault,
        };
    }

    private CaseFault FeaturesOf(ref Utf8JsonReader reader)
    {
        features = Features.None;
        CaseFault fault = CaseValues.Codes(ref reader, LoanCodes.Features, ref features, static (ref Features all, Features one) => all |= one);
        return fault == CaseFault.Required ? CaseFault.None : fault;
    }

    private CaseFault QualificationsOf(ref Utf8JsonReader reader)
    {
        qualifications = Qualifications.None;
        CaseFault fault = CaseValues.Codes(ref reader, LoanCodes.Qualifications, ref qualifications, static (ref Qualifications all, Qualifications one) => all |= one);
        return fault == CaseFault.Required ? CaseFault.None : fault;
    }

    [InlineArray(CaseFields.Count)]
    private struct Faults
    {
        private CaseFault first;
    }
}
