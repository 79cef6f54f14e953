using FundPool.Application.Spreadsheets;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Application.Imports;

/// <summary>The whole file is refused: the sentence says why, the fields name the columns.</summary>
public sealed class ImportRefused(IReadOnlyList<Problem> problems) : Exception(problems.Count > 0 ? problems[0].Message.En : "refused")
{
    public IReadOnlyList<Problem> Problems { get; } = problems;
}

/// <summary>The rows of a spreadsheet with their cells in the order of the file's fields.</summary>
internal sealed class FileRows : IDisposable
{
    private readonly ISheetRows sheet;
    private readonly IReadOnlyList<FileField> fields;
    private readonly int[] columns;
    private readonly string?[] cells;

    private FileRows(ISheetRows sheet, IReadOnlyList<FileField> fields, int[] columns)
    {
        this.sheet = sheet;
        this.fields = fields;
        this.columns = columns;
        cells = new string?[fields.Count];
    }

    public int Row => sheet.RowNumber;

    public ReadOnlySpan<string?> Cells => cells;

    /// <summary>Opens the first sheet. A column that the file doesn't know refuses the file, by its name.</summary>
    public static FileRows Open(Stream stream, string name, IReadOnlyList<FileField> fields, Func<string, int?> find)
    {
        ISheetRows sheet = SheetReader.Open(stream, name);
        try
        {
            int[] columns = [.. Enumerable.Repeat(-1, fields.Count)];
            List<Problem> unknown = [];
            for (int i = 0; i < sheet.Header.Count; i++)
            {
                string header = sheet.Header[i];
                string shown = Beginning.Shown(header, 40);
                if (find(header) is { } field)
                {
                    if (columns[field] >= 0)
                    {
                        unknown.Add(new Problem(shown, "duplicate", new Words($"“{shown}”与“{sheet.Header[columns[field]]}”是同一列，请只保留一列", $"“{shown}” is the same column as “{sheet.Header[columns[field]]}”; keep one")));
                    }

                    columns[field] = i;
                }
                else if (!ErrorWorkbook.IsOwnColumn(header))
                {
                    unknown.Add(new Problem(shown, "unknown_code", new Words($"没有“{shown}”这一列；请使用下载的模板，或删除该列", $"There is no column “{shown}”; use the template, or delete the column")));
                }
            }

            return unknown.Count == 0 ? new FileRows(sheet, fields, columns) : throw new ImportRefused(unknown);
        }
        catch
        {
            sheet.Dispose();
            throw;
        }
    }

    public bool Read()
    {
        if (!sheet.Read())
        {
            return false;
        }

        ReadOnlySpan<string?> row = sheet.Cells;
        for (int field = 0; field < cells.Length; field++)
        {
            cells[field] = columns[field] >= 0 ? row[columns[field]] : null;
        }

        return true;
    }

    /// <summary>What is wrong with cells before anybody reads them: formulas, error values, merged cells.</summary>
    public List<RowError> CellErrors()
    {
        List<RowError> errors = [];
        foreach (CellProblem problem in sheet.Problems)
        {
            int field = problem.Column < 0 ? -1 : Array.IndexOf(columns, problem.Column);
            if (problem.Column >= 0 && field < 0)
            {
                continue; // a cell of a column that is ignored
            }

            errors.Add(new RowError(Row, problem.ToProblem(field < 0 ? "" : fields[field].Name), field < 0 ? null : cells[field]));
        }

        return errors;
    }

    /// <summary>A problem of this row with the value that stood in its cell.</summary>
    public RowError ErrorOf(Problem problem)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name == problem.Field)
            {
                return new RowError(Row, problem, cells[i]);
            }
        }

        return new RowError(Row, problem, null);
    }

    public void Dispose() => sheet.Dispose();
}
