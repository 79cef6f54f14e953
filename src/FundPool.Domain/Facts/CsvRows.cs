using System.Reflection;
using System.Text;

namespace FundPool.Domain.Facts;

/// <summary>The fact tables that the portal ships with: a header row, commas, quotes where a cell holds a comma.</summary>
public static class CsvRows
{
    /// <summary>The rows of an embedded table, each as its cells by column name.</summary>
    /// <param name="table">The file's name, for example <c>holidays.csv</c>.</param>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Embedded(string table)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(table)
            ?? throw new ArgumentException($"No fact table is called '{table}'.", nameof(table));
        using StreamReader reader = new(stream, Encoding.UTF8);
        return Parse(reader.ReadToEnd());
    }

    /// <summary>The rows of a table given as text.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Parse(string text)
    {
        List<List<string>> lines = Cells(text);
        List<string> header = lines[0];
        List<IReadOnlyDictionary<string, string>> rows = new(lines.Count - 1);
        foreach (List<string> line in lines.Skip(1))
        {
            if (line.Count != header.Count)
            {
                throw new FormatException($"A row of {header[0]} has {line.Count} cells, not {header.Count}.");
            }

            Dictionary<string, string> row = new(header.Count, StringComparer.Ordinal);
            for (int i = 0; i < header.Count; i++)
            {
                row[header[i]] = line[i];
            }

            rows.Add(row);
        }

        return rows;
    }

    private static List<List<string>> Cells(string text)
    {
        List<List<string>> lines = [];
        List<string> line = [];
        StringBuilder cell = new();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '"' when quoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    line.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !quoted:
                    break;
                case '\n' when !quoted:
                    End();
                    break;
                default:
                    cell.Append(c);
                    break;
            }
        }

        End();
        return lines;

        void End()
        {
            if (line.Count > 0 || cell.Length > 0)
            {
                line.Add(cell.ToString());
                cell.Clear();
                lines.Add(line);
                line = [];
            }
        }
    }
}
