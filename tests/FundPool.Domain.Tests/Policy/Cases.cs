using System.Globalization;
using FundPool.Domain.Compensation;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Tests.Policy;

/// <summary>A sound case, and the same with some fields changed. The tables name fields as the outward contract does.</summary>
internal static class Cases
{
    private static readonly Dictionary<string, string> Sound = new()
    {
        ["loanDate"] = "2024-11-05",
        ["maturityDate"] = "2025-11-05",
        ["borrowerKind"] = "small",
        ["industry"] = "C39",
        ["principal"] = "4500000.00",
        ["annualRate"] = "0.04",
        ["product"] = "working_capital",
        ["totalBalance"] = "5000000.00",
        ["otherCover"] = "none",
        ["security"] = "guarantee",
        ["registeredOn"] = "2024-11-20",
        ["riskClass"] = "substandard",
        ["nplDate"] = "2024-12-05",
        ["appliedOn"] = "2024-12-10",
        ["creditReportOn"] = "2024-12-05",
        ["outstandingPrincipal"] = "4500000.00",
    };

    public static RulebookSet Shenzhen { get; } = RulebookSet.Embedded("shenzhen")!;

    public static ReferenceData Facts { get; } = ReferenceData.Embedded;

    /// <summary>Rules on the sound case with changes like <c>loanDate=2024-11-06;legacy=true</c>.</summary>
    public static Ruling Rule(string changes) => Ruling.On(With(changes), Shenzhen, Facts);

    /// <summary>The step of a ruling with this code.</summary>
    public static RulingStep Step(this Ruling ruling, string code) => ruling.Steps.Single(step => step.Code == code);

    /// <summary>The outward word of an outcome.</summary>
    public static string Word(this RulingOutcome outcome) => outcome.ToString().ToLowerInvariant();

    /// <summary>The word that the tables use for met, not met and can't tell.</summary>
    public static string Word(this bool? met) => met switch { true => "true", false => "false", null => "unknown" };

    /// <summary>The sound case with changes.</summary>
    public static Case With(string changes) => Of(Cells(changes));

    private static Dictionary<string, string> Cells(string changes)
    {
        Dictionary<string, string> cells = new(Sound);
        foreach (string change in changes.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = change.IndexOf('=', StringComparison.Ordinal);
            cells[change[..equals]] = change[(equals + 1)..];
        }

        return cells;
    }

    /// <summary>A case of fields in the contract's spelling; codes of a list are joined by <c>+</c>.</summary>
    private static Case Of(Dictionary<string, string> cells) => new()
    {
        Loan = new LoanTerms
        {
            LoanDate = Day(cells["loanDate"]),
            MaturityDate = Day(cells["maturityDate"]),
            BorrowerKind = Code(LoanCodes.BorrowerKinds, cells["borrowerKind"]),
            Industry = cells["industry"],
            Principal = Money.Parse(cells["principal"]),
            AnnualRate = Rate.TryParse(cells["annualRate"], out Rate rate) ? rate : throw new FormatException(cells["annualRate"]),
            Product = Code(LoanCodes.Products, cells["product"]),
            TotalBalance = Money.Parse(cells["totalBalance"]),
            CreditLine = cells.TryGetValue("creditLine", out string? line) ? Money.Parse(line) : null,
            OtherCover = Code(LoanCodes.OtherCovers, cells["otherCover"]),
            Securities = Codes(LoanCodes.Securities, cells["security"]).Aggregate(Securities.None, (all, one) => all | one),
            Features = Codes(LoanCodes.Features, cells.GetValueOrDefault("features", "")).Aggregate(Features.None, (all, one) => all | one),
            Qualifications = Codes(LoanCodes.Qualifications, cells.GetValueOrDefault("qualifications", "")).Aggregate(Qualifications.None, (all, one) => all | one),
        },
        RegisteredOn = Day(cells["registeredOn"]),
        Legacy = cells.GetValueOrDefault("legacy") == "true",
        Claim = new ClaimFacts
        {
            RiskClass = Code(LoanCodes.RiskClasses, cells["riskClass"]),
            NplDate = Day(cells["nplDate"]),
            AppliedOn = Day(cells["appliedOn"]),
            CreditReportOn = Day(cells["creditReportOn"]),
            OutstandingPrincipal = Money.Parse(cells["outstandingPrincipal"]),
            NplPrincipal = cells.TryGetValue("nplPrincipal", out string? npl) && npl.Length > 0 ? Money.Parse(npl) : null,
        },
        BankSuspended = cells.GetValueOrDefault("bankSuspended") == "true",
        BankDishonest = cells.GetValueOrDefault("bankDishonest") == "true",
        BankRemoved = cells.GetValueOrDefault("bankRemoved") == "true",
    };

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static T Code<T>(CodeList<T> list, string code)
        where T : struct, Enum => list.TryCode(code, out T value) ? value : throw new FormatException(code);

    private static IEnumerable<T> Codes<T>(CodeList<T> list, string codes)
        where T : struct, Enum => codes.Split('+', StringSplitOptions.RemoveEmptyEntries).Select(code => Code(list, code));
}
