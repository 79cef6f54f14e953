using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FundPool.Application.Ports;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;

namespace FundPool.Application.Loans;

/// <summary>Between a loan as a bank states it and the row that keeps it.</summary>
internal static class LoanMapping
{
    private static readonly ConcurrentDictionary<Securities, string[]> SecurityCodes = new();
    private static readonly ConcurrentDictionary<Features, string[]> FeatureCodes = new();
    private static readonly ConcurrentDictionary<Qualifications, string[]> QualificationCodes = new();

    /// <summary>A new row of the library; whoever registers it adds when, by whom and what was ruled.</summary>
    public static Loan ToLoan(LoanFacts facts, int pool, int bank, IPersonalNumbers numbers)
    {
        Loan loan = new()
        {
            PoolId = pool,
            BankId = bank,
            ContractNo = "",
            NoteNo = "",
            BorrowerName = "",
            BorrowerKey = "",
            BorrowerIdShown = "",
            BorrowerKind = "",
            Industry = "",
            Currency = "",
            Product = "",
            Purpose = "",
            Security = [],
            Features = [],
            Qualifications = [],
            OtherCover = "",
            Rulebook = "",
        };
        Put(facts, loan, numbers);
        return loan;
    }

    /// <summary>Writes the stated content into a row, new or corrected.</summary>
    public static void Put(LoanFacts facts, Loan loan, IPersonalNumbers numbers)
    {
        LoanTerms terms = facts.Terms;
        loan.ContractNo = facts.ContractNo;
        loan.NoteNo = facts.NoteNo;
        loan.BorrowerName = facts.BorrowerName;
        if (facts.IdIsPersonal)
        {
            (loan.BorrowerKey, loan.BorrowerIdCipher) = numbers.Protect(facts.BorrowerId);
            loan.BorrowerIdShown = Mask.Identity(facts.BorrowerId);
        }
        else
        {
            (loan.BorrowerKey, loan.BorrowerIdCipher, loan.BorrowerIdShown) = (facts.BorrowerId, null, facts.BorrowerId);
        }

        loan.BorrowerKind = LoanCodes.BorrowerKinds.Code(terms.BorrowerKind);
        loan.Industry = terms.Industry;
        loan.Employees = facts.Employees;
        loan.RevenueFen = facts.Revenue?.Fen;
        loan.TotalAssetsFen = facts.TotalAssets?.Fen;
        loan.LoanDate = terms.LoanDate;
        loan.MaturityDate = terms.MaturityDate;
        loan.Currency = facts.Currency;
        loan.CurrencyPrincipal = facts.OriginalPrincipal;
        loan.FxRate = facts.FxRate?.Value ?? 1m;
        loan.PrincipalFen = terms.Principal.Fen;
        loan.AnnualRate = terms.AnnualRate.Value;
        loan.Product = LoanCodes.Products.Code(terms.Product);
        loan.Purpose = facts.Purpose;
        loan.Security = SecurityCodes.GetOrAdd(terms.Securities, static set => [.. LoanCodes.Securities.In(set).Select(entry => entry.Code)]);
        loan.Features = FeatureCodes.GetOrAdd(terms.Features, static set => [.. LoanCodes.Features.In(set).Select(entry => entry.Code)]);
        loan.Qualifications = QualificationCodes.GetOrAdd(terms.Qualifications, static set => [.. LoanCodes.Qualifications.In(set).Select(entry => entry.Code)]);
        loan.TotalBalanceFen = terms.TotalBalance.Fen;
        loan.CreditLineFen = terms.CreditLine?.Fen;
        loan.OtherCover = LoanCodes.OtherCovers.Code(terms.OtherCover);
        loan.Branch = facts.Branch;
        loan.ContentHash = HashOf(facts);
        loan.SearchGrams = SearchGrams.Of(loan.BankId, facts.BorrowerName, facts.ContractNo, facts.NoteNo);
    }

    /// <summary>The loan as its bank stated it. A resident ID stays masked unless <paramref name="numbers"/> is given to reveal it.</summary>
    public static LoanFacts FactsOf(Loan loan, IPersonalNumbers? numbers = null) => new()
    {
        ContractNo = loan.ContractNo,
        NoteNo = loan.NoteNo,
        BorrowerName = loan.BorrowerName,
        BorrowerId = loan.BorrowerIdCipher is { } cipher && numbers is not null ? numbers.Reveal(cipher) : loan.BorrowerIdShown,
        IdIsPersonal = loan.BorrowerIdCipher is not null,
        Employees = loan.Employees,
        Revenue = loan.RevenueFen is { } revenue ? new Money(revenue) : null,
        TotalAssets = loan.TotalAssetsFen is { } assets ? new Money(assets) : null,
        Currency = loan.Currency,
        OriginalPrincipal = loan.CurrencyPrincipal,
        FxRate = loan.Currency == "CNY" ? null : Rate.Of(loan.FxRate),
        Purpose = loan.Purpose,
        Branch = loan.Branch,
        Terms = new LoanTerms
        {
            LoanDate = loan.LoanDate,
            MaturityDate = loan.MaturityDate,
            BorrowerKind = Value(LoanCodes.BorrowerKinds, loan.BorrowerKind),
            Industry = loan.Industry,
            Principal = new Money(loan.PrincipalFen),
            AnnualRate = Rate.Of(loan.AnnualRate),
            Product = Value(LoanCodes.Products, loan.Product),
            TotalBalance = new Money(loan.TotalBalanceFen),
            CreditLine = loan.CreditLineFen is { } line ? new Money(line) : null,
            OtherCover = Value(LoanCodes.OtherCovers, loan.OtherCover),
            Securities = loan.Security.Aggregate(Securities.None, (set, code) => set | Value(LoanCodes.Securities, code)),
            Features = loan.Features.Aggregate(Features.None, (set, code) => set | Value(LoanCodes.Features, code)),
            Qualifications = loan.Qualifications.Aggregate(Qualifications.None, (set, code) => set | Value(LoanCodes.Qualifications, code)),
        },
    };

    /// <summary>What registration adds to a new row: when, by whom, and what was ruled.</summary>
    public static void Admit(Loan loan, RegistrationRuling ruling, DateOnly today, int? person, string? legacyReason)
    {
        loan.RegisteredOn = today;
        loan.RegisteredBy = person;
        loan.LegacyReason = legacyReason;
        loan.Rulebook = ruling.Rulebook.Code;
        loan.ExpectedShareBp = ruling.ExpectedShare.BasisPoints;
        loan.Warnings = ruling.HasWarnings ? [.. ruling.WarningCodes()] : [];
    }

    /// <summary>A form shows a resident ID masked; left as shown it means the number that is kept.</summary>
    public static string?[] WithKeptNumber(IReadOnlyList<string?> cells, Loan loan, IPersonalNumbers numbers)
    {
        string?[] whole = [.. cells];
        if (loan.BorrowerIdCipher is { } cipher && whole[(int)LoanColumn.BorrowerId]?.Trim() == loan.BorrowerIdShown)
        {
            whole[(int)LoanColumn.BorrowerId] = numbers.Reveal(cipher);
        }

        return whole;
    }

    /// <summary>The stored code's value; a code that the lists don't know can't have passed the table's checks.</summary>
    public static T Value<T>(CodeList<T> list, string code)
        where T : struct, Enum =>
        list.TryCode(code, out T value) ? value : throw new InvalidOperationException($"The stored code {code} is unknown.");

    // Sixteen bytes of the digest tell 10^9 rows apart; equal statements give equal digests, whatever their spelling was.
    private static Guid HashOf(LoanFacts facts)
    {
        string text = string.Join('\u001f', LoanFields.Write(facts));
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return new Guid(digest[..16]);
    }
}

internal static class RegistrationWarnings
{
    /// <summary>The codes of what is worth looking at, as they are kept with the loan.</summary>
    public static IEnumerable<string> WarningCodes(this RegistrationRuling ruling) =>
        ruling.Findings.Where(finding => finding.Kind == FindingKind.Warning).Select(finding => finding.Code);
}
