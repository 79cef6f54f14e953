using System.Globalization;
using FundPool.Application.Loans;
using FundPool.Domain.Calendar;
using FundPool.Domain.Loans;

namespace FundPool.Web.Features.Loans;

/// <summary>
/// A loan as a clerk types it, in the order of the form. Everything is text: the reader of the loan file reads it, with the same
/// sentences as for a row of a spreadsheet, and what was typed comes back as it was typed.
/// </summary>
public sealed class LoanForm
{
    public string? ContractNo { get; set; }

    public string? NoteNo { get; set; }

    public string? BorrowerName { get; set; }

    public string? BorrowerId { get; set; }

    public string? BorrowerKind { get; set; }

    public string? Industry { get; set; }

    public string? Employees { get; set; }

    public string? Revenue { get; set; }

    public string? TotalAssets { get; set; }

    public string? LoanDate { get; set; }

    public string? MaturityDate { get; set; }

    public string? Currency { get; set; } = "CNY";

    public string? Principal { get; set; }

    public string? FxRate { get; set; }

    /// <summary>In per cent, as the field says.</summary>
    public string? AnnualRate { get; set; }

    public string? Product { get; set; }

    public string? Purpose { get; set; }

    public string[] Security { get; set; } = [];

    public string[] Features { get; set; } = [];

    public string[] Qualifications { get; set; } = [];

    public string? TotalBalance { get; set; }

    public string? CreditLine { get; set; }

    public string? OtherCover { get; set; }

    public string? Branch { get; set; }

    public string? LegacyReason { get; set; }

    /// <summary>Why a registered loan is to be corrected.</summary>
    public string? Reason { get; set; }

    /// <summary>The registered loan as this form showed it.</summary>
    public int Version { get; set; }

    /// <summary>In the order of the loan file.</summary>
    public IReadOnlyList<string?> Cells()
    {
        string? rate = string.IsNullOrWhiteSpace(AnnualRate) || AnnualRate.TrimEnd().EndsWith('%') || AnnualRate.TrimEnd().EndsWith('％') ? AnnualRate : AnnualRate.Trim() + "%";
        return
        [
            ContractNo, NoteNo, BorrowerName, BorrowerId, BorrowerKind, Industry, Employees, Revenue, TotalAssets, LoanDate, MaturityDate, Currency, Principal,
            string.IsNullOrWhiteSpace(Currency) || Currency.Trim().Equals("CNY", StringComparison.OrdinalIgnoreCase) ? null : FxRate,
            rate, Product, Purpose, Join(Security), Join(Features), Join(Qualifications), TotalBalance, CreditLine, OtherCover, Branch,
        ];
    }

    public static LoanForm Of(IReadOnlyList<string?> cells, int version)
    {
        string? At(LoanColumn column) => cells[(int)column];
        string[] Codes(LoanColumn column) => At(column)?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new LoanForm
        {
            ContractNo = At(LoanColumn.ContractNo),
            NoteNo = At(LoanColumn.NoteNo),
            BorrowerName = At(LoanColumn.BorrowerName),
            BorrowerId = At(LoanColumn.BorrowerId),
            BorrowerKind = At(LoanColumn.BorrowerKind),
            Industry = At(LoanColumn.Industry),
            Employees = At(LoanColumn.Employees),
            Revenue = Grouped(At(LoanColumn.Revenue)),
            TotalAssets = Grouped(At(LoanColumn.TotalAssets)),
            LoanDate = At(LoanColumn.LoanDate),
            MaturityDate = At(LoanColumn.MaturityDate),
            Currency = At(LoanColumn.Currency),
            Principal = Grouped(At(LoanColumn.Principal)),
            FxRate = At(LoanColumn.FxRate),
            AnnualRate = decimal.TryParse(At(LoanColumn.AnnualRate), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal rate)
                ? (rate * 100m).ToString("0.00######", CultureInfo.InvariantCulture) : null,
            Product = At(LoanColumn.Product),
            Purpose = At(LoanColumn.Purpose),
            Security = Codes(LoanColumn.Security),
            Features = Codes(LoanColumn.Features),
            Qualifications = Codes(LoanColumn.Qualifications),
            TotalBalance = Grouped(At(LoanColumn.TotalBalance)),
            CreditLine = Grouped(At(LoanColumn.CreditLine)),
            OtherCover = At(LoanColumn.OtherCover),
            Branch = At(LoanColumn.Branch),
            Version = version,
        };
    }

    /// <summary>Every field under its name, for the page that checks the answers and sends them on unseen.</summary>
    public IEnumerable<(string Name, string? Value)> Posted()
    {
        foreach (System.Reflection.PropertyInfo property in typeof(LoanForm).GetProperties())
        {
            switch (property.GetValue(this))
            {
                case string[] many:
                    foreach (string one in many)
                    {
                        yield return (property.Name, one);
                    }

                    break;
                case { } value:
                    yield return (property.Name, Convert.ToString(value, CultureInfo.InvariantCulture));
                    break;
                default:
                    break;
            }
        }
    }

    private static string? Join(string[] codes) => codes.Length == 0 ? null : string.Join(';', codes);

    private static string? Grouped(string? amount) =>
        decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal sum) ? sum.ToString("#,##0.00", CultureInfo.InvariantCulture) : amount;
}

/// <summary>What a loan is typed for.</summary>
public enum LoanFormFor
{
    Register,
    Edit,
    Correct,
}

/// <summary>What stands round the form: what it is for, the loan it changes, the ruling so far, the draft it goes on with.</summary>
public sealed record LoanFormView(LoanFormFor For, int Bank, long? Loan, RuleLoan.Answer Ruling)
{
    /// <summary>The registered values by the names of the form's fields, to mark what is changed; null for a new loan.</summary>
    public IReadOnlyDictionary<string, string>? Before { get; init; }

    public DateTime? DraftSavedAt { get; init; }

    public int DraftVersion { get; init; }

    public Deadline? Window { get; init; }

    /// <summary>register, edit, correct: in addresses and for the draft.</summary>
    public string Step => For.ToString().ToLowerInvariant();

    public string Action => Loan is null ? "/loans/register" : $"/loans/{Bank}/{Loan}/{Step}";

    public string DraftKey => Loan?.ToString(CultureInfo.InvariantCulture) ?? "";
}
