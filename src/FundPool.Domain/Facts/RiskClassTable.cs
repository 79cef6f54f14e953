using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Facts;

/// <summary>One row of the risk classes: whether it is non-performing and on what grounds.</summary>
/// <param name="Class">The class.</param>
/// <param name="Name">What it is called.</param>
/// <param name="IsNonPerforming">Whether loans of this class are non-performing (NPL).</param>
/// <param name="Criteria">The regulator's test by days overdue.</param>
public sealed record RiskClassRow(RiskClass Class, Words Name, bool IsNonPerforming, string Criteria);

/// <summary>Which of the five classes are non-performing (《商业银行金融资产风险分类办法》; Facts/risk_classes.csv).</summary>
public sealed class RiskClassTable
{
    private readonly RiskClassRow[] rows;

    /// <summary>A table that names each of the five classes once.</summary>
    public RiskClassTable(IEnumerable<RiskClassRow> rows)
    {
        this.rows = [.. rows.OrderBy(row => row.Class)];
        if (this.rows.Length != 5 || this.rows.Where((row, i) => (int)row.Class != i).Any())
        {
            throw new ArgumentException("A table of risk classes names each of the five once.", nameof(rows));
        }
    }

    /// <summary>The classes, the best first.</summary>
    public IReadOnlyList<RiskClassRow> Rows => rows;

    /// <summary>The table that the portal ships with.</summary>
    public static RiskClassTable Embedded() => new(CsvRows.Embedded("risk_classes.csv").Select(row => new RiskClassRow(
        LoanCodes.RiskClasses.TryRead(row["code"], out RiskClass found) ? found : throw new FormatException($"'{row["code"]}' is no risk class."),
        new Words(row["name_zh"], row["name_en"]),
        bool.Parse(row["is_npl"]),
        row["overdue_criteria"])));

    /// <summary>Whether loans of this class are non-performing.</summary>
    public bool IsNonPerforming(RiskClass riskClass) => rows[(int)riskClass].IsNonPerforming;
}
