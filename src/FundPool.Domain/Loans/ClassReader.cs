using System.Collections.Frozen;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Loans;

/// <summary>The columns of the classification file, in the contract's order.</summary>
public enum ClassColumn
{
#pragma warning disable CS1591 // ClassFields says of each what it means.
    NoteNo,
    RiskClass,
    ClassDate,
    OutstandingPrincipal,
    OverdueDays,
#pragma warning restore CS1591
}

/// <summary>One report of a bank on the class of a loan.</summary>
/// <param name="NoteNo">借据编号.</param>
/// <param name="RiskClass">五级分类.</param>
/// <param name="ClassDate">认定日期, the value date.</param>
/// <param name="OutstandingPrincipal">本金余额 on that day.</param>
/// <param name="OverdueDays">逾期天数, where given.</param>
public sealed record ClassReport(string NoteNo, RiskClass RiskClass, DateOnly ClassDate, Money OutstandingPrincipal, int? OverdueDays);

/// <summary>What came of reading one row of a classification file.</summary>
/// <param name="Report">The report; null where there are problems.</param>
/// <param name="Problems">Every problem found, in the order of the fields.</param>
public readonly record struct ClassReading(ClassReport? Report, IReadOnlyList<Problem> Problems);

/// <summary>The classification file of contract.md section 1 (<c>import-classes</c>).</summary>
public static class ClassFields
{
    /// <summary>The fields; the index is the <see cref="ClassColumn"/>.</summary>
    public static IReadOnlyList<FileField> All { get; } =
    [
        new("note_no", "借据编号", FieldKind.Text, true, 64, new("已入库贷款的借据编号", "Note number of a registered loan"), "JJ-2026-00123-1"),
        new("risk_class", "五级分类", FieldKind.Code, true, 0, new("按《商业银行金融资产风险分类办法》", "By the regulator's measures"), "次级", LoanCodes.RiskClasses),
        new("class_date", "认定日期", FieldKind.Date, true, 0, new("认定为该分类的日期", "The day from which the class holds"), "2026-06-30"),
        new("outstanding_principal", "本金余额", FieldKind.Money, true, 0, new("认定日的本金余额，元", "Outstanding principal on that day, in CNY"), "3200000.00"),
        new("overdue_days", "逾期天数", FieldKind.WholeNumber, false, 0, new("认定日的逾期天数，可空", "Days overdue on that day, or empty"), "95"),
    ];

    private static readonly FrozenDictionary<string, int> ByHeader = All
        .SelectMany((field, i) => new[] { (field.Name, i), (field.Header, i) })
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.i, StringComparer.OrdinalIgnoreCase);

    /// <summary>The column that a header means, Chinese or English; null for one that the file doesn't know.</summary>
    public static ClassColumn? Find(string header) =>
        ByHeader.TryGetValue(CellText.Clean(header, foldWidth: true).TrimEnd('*'), out int column) ? (ClassColumn)column : null;
}

/// <summary>Reads one row of the classification file.</summary>
public static class ClassReader
{
    /// <summary>Reads a row whose cells stand in the order of <see cref="ClassFields.All"/>; a missing column is null.</summary>
    public static ClassReading Read(ReadOnlySpan<string?> cells)
    {
        if (cells.Length != ClassFields.All.Count)
        {
            throw new ArgumentException("A row has one cell for each field.", nameof(cells));
        }

        RowReader row = new(cells, ClassFields.All);
        string noteNo = row.Text((int)ClassColumn.NoteNo, foldWidth: true);
        row.Code((int)ClassColumn.RiskClass, LoanCodes.RiskClasses, out RiskClass riskClass);
        DateOnly? day = row.Day((int)ClassColumn.ClassDate);
        Money? outstanding = row.Money((int)ClassColumn.OutstandingPrincipal, aboveZero: false);
        int? overdue = row.WholeNumber((int)ClassColumn.OverdueDays);
        return row.Problems is { } problems
            ? new ClassReading(null, problems)
            : new ClassReading(new ClassReport(noteNo, riskClass, day!.Value, outstanding!.Value, overdue), []);
    }
}
