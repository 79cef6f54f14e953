using System.Collections.Frozen;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Compensation;

/// <summary>What a bank states in a claim, in the order of the form; the claim file has the note's number before it.</summary>
public enum ClaimColumn
{
#pragma warning disable CS1591 // ClaimFields says of each what it means.
    NoteNo,
    RiskClass,
    NplDate,
    CreditReportOn,
    OutstandingPrincipal,
    NplPrincipal,
    Statement,
#pragma warning restore CS1591
}

/// <summary>The fields of a claim: form, file, template and messages read them here.</summary>
public static class ClaimFields
{
    /// <summary>The fields; the index is the <see cref="ClaimColumn"/>.</summary>
    public static IReadOnlyList<FileField> All { get; } =
    [
        new("note_no", "借据编号", FieldKind.Text, true, 64, new("已入库、已报告不良的借据编号", "Note number of a registered loan that is reported non-performing"), "JJ-2026-00123-1"),
        new("risk_class", "五级分类", FieldKind.Code, true, 0, new("按最近一次报告；文件中留空即取最近一次报告", "As last reported; empty in a file: the last report"), "次级", LoanCodes.RiskClasses),
        new("npl_date", "不良认定日期", FieldKind.Date, true, 0, new("首次认定为次级、可疑或损失的日期", "The day from which it was non-performing"), "2026-06-30"),
        new("credit_report_on", "征信报告日期", FieldKind.Date, true, 0, new("提交申请前 10 个工作日内出具", "Issued within the 10 working days before the claim"), "2026-07-06"),
        new("outstanding_principal", "申请日本金余额", FieldKind.Money, true, 0, new("提交申请当日的本金余额，元", "Outstanding principal on the day of the claim, in CNY"), "3200000.00"),
        new("npl_principal", "不良认定日本金余额", FieldKind.Money, true, 0, new("不良认定日的本金余额，元；补偿基数取两者中较低的", "Outstanding principal on the NPL date, in CNY; the smaller of the two is borne"), "3200000.00"),
        new("statement", "情况说明", FieldKind.Text, false, 1000, new("逾期原因、催收情况等，1000 字以内，可空", "Why it went bad, what was done; up to 1,000 characters, or empty"), "借款人停产，已起诉"),
    ];

    private static readonly FrozenDictionary<string, int> ByHeader = All
        .SelectMany((field, i) => new[] { (field.Name, i), (field.Header, i) })
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.i, StringComparer.OrdinalIgnoreCase);

    /// <summary>The field's entry.</summary>
    public static FileField Of(ClaimColumn column) => All[(int)column];

    /// <summary>The column that a header means, Chinese or English; null for one that the file doesn't know.</summary>
    public static ClaimColumn? Find(string header) =>
        ByHeader.TryGetValue(CellText.Clean(header, foldWidth: true).TrimEnd('*'), out int column) ? (ClaimColumn)column : null;
}

/// <summary>What a bank states, as far as it can be read.</summary>
public sealed record ClaimEntry(RiskClass? RiskClass, DateOnly? NplDate, DateOnly? CreditReportOn, Money? Outstanding, Money? NplPrincipal, string? Statement)
{
    /// <summary>The facts of the claim on a day; null while something is missing.</summary>
    public ClaimFacts? FactsOn(DateOnly appliedOn) => RiskClass is { } risk && NplDate is { } npl && CreditReportOn is { } report && Outstanding is { } outstanding && NplPrincipal is { } balance
        ? new ClaimFacts { RiskClass = risk, NplDate = npl, AppliedOn = appliedOn, CreditReportOn = report, OutstandingPrincipal = outstanding, NplPrincipal = balance }
        : null;
}

/// <summary>What came of reading a claim.</summary>
/// <param name="Entry">What could be read; a field with a problem is left out.</param>
/// <param name="Problems">Every problem found, in the order of the fields; what is only missing has the code <c>required</c>.</param>
public readonly record struct ClaimReading(ClaimEntry Entry, IReadOnlyList<Problem> Problems)
{
    /// <summary>What is wrong apart from what is not filled in yet: a draft may be kept with gaps.</summary>
    public IEnumerable<Problem> Wrong => Problems.Where(problem => problem.Code != "required");
}

/// <summary>Reads what a bank states in a claim, typed or from a file.</summary>
public static class ClaimReader
{
    /// <summary>Reads cells in the order of <see cref="ClaimFields.All"/> against the loan that is claimed for.</summary>
    public static ClaimReading Read(ReadOnlySpan<string?> cells, LoanTerms loan, DateOnly today)
    {
        if (cells.Length != ClaimFields.All.Count)
        {
            throw new ArgumentException("A claim has one cell for each field.", nameof(cells));
        }

        RowReader row = new(cells, ClaimFields.All);
        RiskClass? risk = row.Code((int)ClaimColumn.RiskClass, LoanCodes.RiskClasses, out RiskClass stated) ? stated : null;
        DateOnly? npl = Day(ref row, ClaimColumn.NplDate, loan, today);
        DateOnly? report = Day(ref row, ClaimColumn.CreditReportOn, loan, today);
        Money? outstanding = Sum(ref row, ClaimColumn.OutstandingPrincipal, loan);
        Money? balance = Sum(ref row, ClaimColumn.NplPrincipal, loan);
        string statement = row.Text((int)ClaimColumn.Statement);
        return new ClaimReading(new ClaimEntry(risk, npl, report, outstanding, balance, statement.Length == 0 ? null : statement), row.Problems ?? []);
    }

    private static DateOnly? Day(ref RowReader row, ClaimColumn column, LoanTerms loan, DateOnly today)
    {
        FileField field = ClaimFields.Of(column);
        DateOnly? day = row.Day((int)column);
        if (day > today)
        {
            row.Add((int)column, "range", new Words($"“{field.Header}”不能晚于今天。", $"\"{field.Label.En}\" can't lie in the future."));
        }
        else if (day < loan.LoanDate)
        {
            row.Add((int)column, "range", new Words($"“{field.Header}”不能早于借据日期。", $"\"{field.Label.En}\" can't lie before the loan date."));
        }

        return day > today || day < loan.LoanDate ? null : day;
    }

    private static Money? Sum(ref RowReader row, ClaimColumn column, LoanTerms loan)
    {
        Money? sum = row.Money((int)column, aboveZero: true);
        if (sum > loan.Principal)
        {
            row.Add((int)column, "range", new Words($"“{ClaimFields.Of(column).Header}”不能大于贷款金额 {loan.Principal} 元。", $"\"{ClaimFields.Of(column).Label.En}\" can't exceed the amount lent, {loan.Principal}."));
            return null;
        }

        return sum;
    }
}
