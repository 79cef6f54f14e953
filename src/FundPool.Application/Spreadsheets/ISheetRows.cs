using FundPool.Domain.Kernel;

namespace FundPool.Application.Spreadsheets;

/// <summary>What the bytes turned out to be; the file's name is only compared with it.</summary>
public enum SheetKind { Xlsx, Xls, Csv }

/// <summary>
/// The rows of one sheet, read forwards once. Empty rows are skipped, their numbers are not.
/// <see cref="Read"/> throws <see cref="SpreadsheetRefused"/> where the file turns out not to be fit to be read on.
/// </summary>
public interface ISheetRows : IDisposable
{
    SheetKind Kind { get; }

    /// <summary>The headers of row 1 from left to right, trimmed; columns without one are left out.</summary>
    IReadOnlyList<string> Header { get; }

    /// <summary>The row as the spreadsheet shows it; the header is row 1.</summary>
    int RowNumber { get; }

    /// <summary>The values of the row, aligned with <see cref="Header"/>; an empty cell is null. Good until the next <see cref="Read"/>.</summary>
    ReadOnlySpan<string?> Cells { get; }

    /// <summary>What is wrong with the cells of this row before anybody looks at their meaning. Good until the next <see cref="Read"/>.</summary>
    IReadOnlyList<CellProblem> Problems { get; }

    /// <summary>Goes to the next row that holds anything.</summary>
    bool Read();
}

public enum CellProblemKind
{
    Formula,
    ErrorValue,
    Merged,
    HiddenRow,
    OutsideHeader,
    DigitsLost,
    BadDate,
    Quotes,
}

/// <summary>A cell that can't be taken as it stands. <paramref name="Column"/> is the index in the header, -1 for the whole row or a column without a header.</summary>
public readonly record struct CellProblem(int Column, CellProblemKind Kind, string Reference)
{
    /// <summary>The code of the contract under which such a cell is refused.</summary>
    public const string Code = "format";

    public Words Message => Kind switch
    {
        CellProblemKind.Formula => new($"{Reference} 是公式，不能导入；请复制该单元格，用“选择性粘贴—数值”粘贴后再上传", $"{Reference} holds a formula; paste it as a value and upload again"),
        CellProblemKind.ErrorValue => new($"{Reference} 是错误值（如 #N/A、#VALUE!）；请改为正确的内容", $"{Reference} holds an error value such as #N/A; replace it"),
        CellProblemKind.Merged => new($"{Reference} 是合并单元格；请取消合并，逐行填写", $"{Reference} is merged; unmerge it and fill in each row"),
        CellProblemKind.HiddenRow => new("该行被隐藏但有数据；请取消隐藏并核对，或删除该行", "The row is hidden but holds data; unhide and check it, or delete it"),
        CellProblemKind.OutsideHeader => new($"{Reference} 有内容，但该列没有表头；请补上表头或清空该列", $"{Reference} holds something, but its column has no header; add a header or clear the column"),
        CellProblemKind.DigitsLost => new($"{Reference} 是超过 15 位的数字，表格软件已丢失末尾的数位；请把该列设为“文本”格式后重新输入", $"{Reference} is a number of more than 15 digits and the spreadsheet has lost the last ones; format the column as text and type it again"),
        CellProblemKind.BadDate => new($"{Reference} 不是有效的日期；请按 2026-03-31 的样子填写", $"{Reference} is not a valid date; write it like 2026-03-31"),
        _ => new($"{Reference} 的引号不成对；请检查该行的双引号", $"The quotation marks in {Reference} don't match; check the double quotes of this row"),
    };

    /// <summary>The same as a problem of the field that the caller reads from that column.</summary>
    public Problem ToProblem(string field) => new(field, Code, Message);
}
