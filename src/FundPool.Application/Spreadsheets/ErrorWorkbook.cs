using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Spreadsheets;

/// <summary>A problem of one row of a file. The field is its English name; an empty one means the row as a whole.</summary>
public readonly record struct RowProblem(int Row, Problem Problem);

/// <summary>
/// The user's own rows back, wrong cells red and what to do beside them, to be mended and sent again. Everything is
/// written as text exactly as it was read: a format that shows two decimals would hide the third that was refused.
/// </summary>
public sealed class ErrorWorkbook
{
    private const int ProblemsShown = 50;
    private const int RowsShown = 10;
    private const double ReasonWidth = 70;

    private readonly IReadOnlyList<TemplateField> _fields;
    private readonly bool _english;
    private readonly bool _allRows;
    private readonly Dictionary<(string Field, string Code), Tally> _tallies = [];

    private ErrorWorkbook(IReadOnlyList<TemplateField> fields, bool english, bool allRows) =>
        (_fields, _english, _allRows) = (fields, english, allRows);

    /// <summary>The headers of the columns that we add; on import they are ignored.</summary>
    public static IReadOnlyList<string> OwnColumns { get; } = ["原行号", "错误说明", "Original row", "What is wrong"];

    public static bool IsOwnColumn(string header) => OwnColumns.Contains(header, StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the refused rows of <paramref name="source"/>, or all; returns how many rows were written.</summary>
    /// <param name="source">The file as it was sent; it is read again.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="problems">Sorted by row; walked once. Those of row 1 are about the header and stand in the summary only.</param>
    /// <param name="output">Where the .xlsx goes.</param>
    /// <param name="fields">To find a field's column by either of its headers, and to offer its choices again.</param>
    /// <param name="english">In English; Chinese otherwise.</param>
    /// <param name="allRows">The good rows too.</param>
    /// <param name="limits">As for the import.</param>
    /// <exception cref="SpreadsheetRefused">The source is not fit to be read.</exception>
    public static int Write(
        Stream source, string fileName, IEnumerable<RowProblem> problems, Stream output,
        IReadOnlyList<TemplateField> fields, bool english = false, bool allRows = false, SheetLimits? limits = null)
    {
        TemplateStamp? stamp = Template.ReadStamp(source);
        using ISheetRows rows = SheetReader.Open(source, fileName, limits);
        using IEnumerator<RowProblem> each = problems.GetEnumerator();
        using XlsxWriter workbook = new(output);
        ErrorWorkbook errors = new(fields, english, allRows);
        int written = errors.WriteRows(workbook, rows, each);
        errors.WriteSummary(workbook);
        Template.WriteLists(workbook, fields, english);
        if (stamp is not null)
        {
            Template.WriteStamp(workbook, stamp);
        }

        workbook.Complete();
        return written;
    }

    private int WriteRows(XlsxWriter workbook, ISheetRows rows, IEnumerator<RowProblem> problems)
    {
        int[] kept = [.. Enumerable.Range(0, rows.Header.Count).Where(i => !IsOwnColumn(rows.Header[i]))];
        Dictionary<string, int> columns = Columns(rows.Header, kept);
        XlsxSheet sheet = workbook.AddSheet(Plan(rows.Header, kept, columns));
        List<Problem> ofRow = [];
        bool[] red = new bool[kept.Length];
        bool more = problems.MoveNext();
        int written = 0;
        while (rows.Read())
        {
            ofRow.Clear();
            Array.Clear(red);
            for (; more && problems.Current.Row <= rows.RowNumber; more = problems.MoveNext())
            {
                Count(problems.Current);
                if (problems.Current.Row == rows.RowNumber)
                {
                    ofRow.Add(problems.Current.Problem);
                }
            }

            if (ofRow.Count == 0 && !_allRows)
            {
                continue;
            }

            foreach (Problem problem in ofRow)
            {
                if (columns.TryGetValue(problem.Field, out int column))
                {
                    red[column] = true;
                }
            }

            string reasons = Reasons(ofRow);
            sheet.NextRow(RowHeight.For((reasons, ReasonWidth)));
            for (int i = 0; i < kept.Length; i++)
            {
                sheet.Text(rows.Cells[kept[i]], CellLook.Text, red[i]);
            }

            sheet.Whole(rows.RowNumber);
            sheet.Text(reasons, CellLook.Wrapped);
            written++;
        }

        for (; more; more = problems.MoveNext())
        {
            Count(problems.Current);
        }

        return written;
    }

    private Dictionary<string, int> Columns(IReadOnlyList<string> header, int[] kept)
    {
        Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < kept.Length; i++)
        {
            columns.TryAdd(header[kept[i]], i);
        }

        foreach (TemplateField field in _fields)
        {
            if (columns.TryGetValue(field.Header, out int column))
            {
                columns.TryAdd(field.Name, column);
            }
        }

        return columns;
    }

    private SheetPlan Plan(IReadOnlyList<string> header, int[] kept, Dictionary<string, int> columns) => new(
        Template.SheetName(_english),
        [
            .. kept.Select(i => new SheetColumn(header[i], 18)),
            new SheetColumn(OwnColumns[_english ? 2 : 0], 10, CellLook.Whole),
            new SheetColumn(OwnColumns[_english ? 3 : 1], ReasonWidth, CellLook.Wrapped),
        ])
    {
        // Only the lists: the cells are text, which no rule for numbers or dates would accept.
        Rules = [.. _fields.Where(f => f.Options.Count > 0 && columns.ContainsKey(f.Name)).Select(f => Template.Rule(f, columns[f.Name], _english) with { Strict = false })],
    };

    private string Reasons(List<Problem> problems)
    {
        StringBuilder text = new();
        foreach (Problem problem in problems.Take(ProblemsShown))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(Label(problem.Field, _english ? ": " : "：")).Append(_english ? problem.Message.En : problem.Message.Zh);
        }

        if (problems.Count > ProblemsShown)
        {
            text.Append(_english ? "\nand more" : "\n等");
        }

        return text.Length > SheetLimits.Default.MaxCellLength ? text.ToString(0, SheetLimits.Default.MaxCellLength - 1) + "…" : text.ToString();
    }

    private string Label(string field, string after = "") =>
        field.Length == 0 ? "" : (_fields.FirstOrDefault(f => f.Name == field)?.HeaderIn(_english) ?? field) + after;

    private void Count(RowProblem problem)
    {
        ref Tally? tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_tallies, (problem.Problem.Field, problem.Problem.Code), out _);
        tally ??= new Tally(problem.Problem.Message);
        tally.Times++;
        if (tally.Rows.Count < RowsShown && (tally.Rows.Count == 0 || tally.Rows[^1] != problem.Row))
        {
            tally.Rows.Add(problem.Row);
        }
    }

    private void WriteSummary(XlsxWriter workbook)
    {
        string[] headers = _english ? ["Column", "Code", "Times", "First rows", "For instance"] : ["列", "错误代码", "次数", "行号（前 10 个）", "例如"];
        XlsxSheet sheet = workbook.AddSheet(new SheetPlan(_english ? "Errors" : "错误汇总",
        [
            new(headers[0], 20), new(headers[1], 20), new(headers[2], 10, CellLook.Whole), new(headers[3], 40), new(headers[4], 70, CellLook.Wrapped),
        ]));
        foreach (((string field, string code), Tally tally) in _tallies.OrderByDescending(t => t.Value.Times).ThenBy(t => t.Key))
        {
            sheet.NextRow();
            sheet.Text(field.Length == 0 ? (_english ? "(row)" : "（整行）") : Label(field));
            sheet.Text(code);
            sheet.Whole(tally.Times);
            sheet.Text(string.Join(", ", tally.Rows.Select(r => r.ToString(CultureInfo.InvariantCulture))));
            sheet.Text(_english ? tally.Example.En : tally.Example.Zh, CellLook.Wrapped);
        }
    }

    private sealed class Tally(Words example)
    {
        internal Words Example { get; } = example;

        internal int Times { get; set; }

        internal List<int> Rows { get; } = [];
    }
}
