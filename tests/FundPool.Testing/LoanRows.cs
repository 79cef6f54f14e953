using System.Globalization;
using System.Text;
using FundPool.Domain.Loans;

namespace FundPool.Testing;

/// <summary>Rows of the loan file: a sound one, and what a test changes in it.</summary>
public static class LoanRows
{
    private static readonly int[] OrganisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>A loan of 4.5 million of 2026-03-10 to a small maker of electronics, registered as it stands at 40 %.</summary>
    public static string?[] Sound(string noteNo, params (string Field, string? Value)[] changes)
    {
        string?[] cells = new string?[LoanFields.All.Count];
        foreach ((string field, string? value) in ((string, string?)[])
                 [("contract_no", "HT-" + noteNo), ("note_no", noteNo), ("borrower_name", "深圳市示例科技有限公司"), ("borrower_id", "91440300192317458F"),
                  ("borrower_kind", "small"), ("industry", "C39"), ("loan_date", "2026-03-10"), ("maturity_date", "2027-03-10"), ("principal", "4500000.00"),
                  ("annual_rate", "0.0365"), ("product", "working_capital"), ("purpose", "采购原材料"), ("security", "guarantee"),
                  ("total_balance", "5000000.00"), ("other_cover", "none"), .. changes])
        {
            cells[Column(field)] = value;
        }

        return cells;
    }

    public static int Column(string field)
    {
        int column = LoanFields.All.ToList().FindIndex(f => f.Name == field);
        return column >= 0 ? column : throw new ArgumentOutOfRangeException(nameof(field), field, "no such field");
    }

    /// <summary>A file with the English header.</summary>
    public static string Csv(params IEnumerable<string?[]> rows)
    {
        StringBuilder csv = new();
        csv.AppendJoin(',', LoanFields.All.Select(f => f.Name)).Append('\n');
        foreach (string?[] row in rows)
        {
            csv.AppendJoin(',', row.Select(Quoted)).Append('\n');
        }

        return csv.ToString();
    }

    /// <summary>A file of many sound rows with numbers that begin with <paramref name="prefix"/>.</summary>
    public static string Csv(string prefix, int rows) =>
        Csv(Enumerable.Range(1, rows).Select(n => Sound($"{prefix}-{n.ToString("D5", CultureInfo.InvariantCulture)}")));

    /// <summary>A credit code for each number, with both check characters (GB 11714 for the organisation, GB 32100-2015 for the whole).</summary>
    public static string CreditCode(int n)
    {
        string organisation = n.ToString("D8", CultureInfo.InvariantCulture);
        int rest = 11 - (organisation.Select((c, i) => (c - '0') * OrganisationWeights[i]).Sum() % 11);
        string body = "91440300" + organisation + (rest == 10 ? "X" : rest == 11 ? "0" : rest.ToString(CultureInfo.InvariantCulture));
        int weight = 1, sum = 0;
        foreach (char c in body)
        {
            sum += weight * CreditAlphabet.IndexOf(c, StringComparison.Ordinal);
            weight = weight * 3 % 31;
        }

        return body + CreditAlphabet[(31 - (sum % 31)) % 31];
    }

    private static string Quoted(string? cell) => cell is null ? "" : cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
