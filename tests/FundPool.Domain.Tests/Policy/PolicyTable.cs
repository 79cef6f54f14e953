using System.Text;
using Shouldly;

namespace FundPool.Domain.Tests.Policy;

/// <summary>One row of a policy table: the cells by the names of the header row.</summary>
public sealed class PolicyRow(string table, int line, IReadOnlyDictionary<string, string> cells)
{
    /// <summary>The text of a cell; a name that the table lacks is a mistake of the test.</summary>
    public string this[string column] => cells[column];

    /// <summary>The codes of a cell that holds several.</summary>
    public string[] Codes(string column) => cells[column].Split(';', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Where the row stands, and all that it says: the message when it doesn't hold.</summary>
    public override string ToString() => $"{table}:{line} {string.Join(" | ", cells.Select(c => $"{c.Key}={c.Value}"))}";
}

/// <summary>The tables beside this file, written by hand. Quotes as in RFC 4180, no line breaks inside a cell.</summary>
public static class PolicyTable
{
    /// <summary>All rows of a table, in order.</summary>
    public static IReadOnlyList<PolicyRow> Read(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Policy", name), Encoding.UTF8);
        List<string> header = Cells(lines[0]);
        List<PolicyRow> rows = [];
        for (int i = 1; i < lines.Length; i++)
        {
            List<string> cells = Cells(lines[i]);
            cells.Count.ShouldBe(header.Count, $"{name}:{i + 1} {lines[i]}");
            rows.Add(new PolicyRow(name, i + 1, header.Zip(cells).ToDictionary(p => p.First, p => p.Second)));
        }

        return rows;
    }

    /// <summary>Runs the check on every row and names all rows that don't hold, not only the first.</summary>
    public static void Check(string name, Action<PolicyRow> check)
    {
        List<string> wrong = [];
        foreach (PolicyRow row in Read(name))
        {
            try
            {
                check(row);
            }
            catch (Exception e) when (e is ShouldAssertException or ArgumentException or FormatException or InvalidOperationException or OverflowException)
            {
                wrong.Add($"{row}\n    {e.Message.ReplaceLineEndings(" ")}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static List<string> Cells(string line)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
