using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Spreadsheets;

/// <summary>The whole file is refused; the sentence says why and what to do, to the person who sent it.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is the answer to whoever sent the file, not a fault of ours.")]
public sealed class SpreadsheetRefused : Exception
{
    private SpreadsheetRefused(string code, string zh, string en, Exception? inner = null)
        : base(en, inner) => (Code, Words) = (code, new Words(zh, en));

    /// <summary>A short name for logs and tests.</summary>
    public string Code { get; }

    public Words Words { get; }

    internal static SpreadsheetRefused Empty() => new("empty", "文件是空的", "The file is empty");

    internal static SpreadsheetRefused NoHeader() => new("no_header", "第 1 行没有表头；请使用下载的模板，表头须在第一张工作表的第 1 行", "Row 1 holds no header; use the template: the header is row 1 of the first sheet");

    internal static SpreadsheetRefused DuplicateHeader(string header) => new("duplicate_header", $"表头“{header}”出现了两次；请只保留一列", $"The header “{header}” appears twice; keep one column");

    internal static SpreadsheetRefused TooManyColumns(int limit) => new("too_many_columns", $"表头超过 {limit} 列；请使用下载的模板", $"The header has more than {limit} columns; use the template");

    internal static SpreadsheetRefused TooManyRows(int limit) => new("too_many_rows", $"数据超过 {limit} 行；请拆成几个文件上传", $"The file has more than {limit} rows of data; split it into several files");

    internal static SpreadsheetRefused CellTooLong(int limit, string? reference = null) => new("cell_too_long", $"{reference ?? "有单元格"} 的内容超过 {limit} 个字符", $"{reference ?? "A cell"} holds more than {limit} characters");

    internal static SpreadsheetRefused Damaged(Exception? inner = null) => new("damaged", "文件已损坏或不完整，无法读取；请用 Excel 或 WPS 打开后另存为 .xlsx 再上传", "The file is damaged or incomplete; open it in Excel or WPS, save it as .xlsx and upload that", inner);

    internal static SpreadsheetRefused Bomb() => new("zip_bomb", "文件解压后过大，不予读取；请只保留需要填报的工作表，另存后再上传", "The file unpacks to far too much to be read; keep only the sheet to be sent and save it again");

    internal static SpreadsheetRefused TooManyParts() => new("too_many_parts", "文件的内部部件过多，不予读取；请只保留需要填报的工作表，另存后再上传", "The file is made of too many parts; keep only the sheet to be sent and save it again");

    internal static SpreadsheetRefused TooManyMerges() => new("too_many_merges", "合并单元格过多；请取消合并后再上传", "There are too many merged cells; unmerge them and upload again");

    internal static SpreadsheetRefused TooManyTexts() => new("too_many_texts", "文件中的文字过多，不予读取；请拆成几个文件上传", "The file holds too many texts; split it into several files");

    internal static SpreadsheetRefused Macros() => new("macros", "文件带有宏，不予读取；请另存为不带宏的 .xlsx 再上传", "The file carries macros; save it as .xlsx without macros and upload that");

    internal static SpreadsheetRefused ExternalLinks() => new("external_links", "文件链接到其他工作簿，不予读取；请在“数据—编辑链接”中断开链接后再上传", "The file links to other workbooks; break the links (Data, Edit Links) and upload again");

    internal static SpreadsheetRefused Encrypted() => new("encrypted", "文件设有打开密码，无法读取；请取消密码后再上传", "The file is protected by a password; remove it and upload again");

    internal static SpreadsheetRefused ForbiddenXml(Exception inner) => new("forbidden_xml", "文件含有不允许的内部定义（DTD），不予读取", "The file holds a document type definition, which is not allowed", inner);

    internal static SpreadsheetRefused NotASpreadsheet() => new("not_a_spreadsheet", "文件不是 .xlsx、.xls 或 .csv 表格；请用 Excel 或 WPS 打开后另存为 .xlsx 再上传", "The file is no .xlsx, .xls or .csv spreadsheet; open it in Excel or WPS and save it as .xlsx");

    internal static SpreadsheetRefused WebPage() => new("web_page", "文件其实是网页或 XML，只是扩展名像表格；请用 Excel 或 WPS 打开后另存为 .xlsx 再上传", "The file is a web page or XML under a spreadsheet's name; open it in Excel or WPS and save it as .xlsx");

    internal static SpreadsheetRefused WrongName(SheetKind kind) => new("wrong_name", $"文件内容是 .{Extension(kind)}，与扩展名不符；请另存为 .xlsx 再上传", $"The content is .{Extension(kind)} but the name says otherwise; save it as .xlsx and upload that");

    internal static SpreadsheetRefused NulBytes() => new("nul_bytes", "文件含有空字符，不是有效的表格", "The file holds NUL characters and is no valid spreadsheet");

    internal static SpreadsheetRefused Utf16() => new("utf16", "文件是 UTF-16（Unicode 文本）编码；请另存为“CSV UTF-8”或 .xlsx 再上传", "The file is in UTF-16; save it as CSV UTF-8 or .xlsx");

    internal static SpreadsheetRefused UnknownEncoding(Exception? inner = null) => new("encoding", "无法识别文件的文字编码；请另存为“CSV UTF-8”或 .xlsx 再上传", "The encoding of the file is neither UTF-8 nor GB18030; save it as CSV UTF-8 or .xlsx", inner);

    internal static SpreadsheetRefused OpenQuote(int row) => new("open_quote", $"第 {row} 行的双引号没有结束，其后的内容无法分行；请检查该行", $"A double quote of row {row} is never closed, so the rest can't be told into rows; check that row");

    internal static SpreadsheetRefused NoSheet() => new("no_sheet", "文件中没有可见的工作表", "The workbook has no visible worksheet");

    /// <summary>Whether an exception of the parsers below says that the file is bad rather than that we are.</summary>
    internal static bool IsDamage(Exception e) =>
        e is XmlException or InvalidDataException or EndOfStreamException or FormatException or OverflowException or NotSupportedException or ArgumentException or IndexOutOfRangeException;

    internal static SpreadsheetRefused From(Exception e) => e switch
    {
        XmlException when e.Message.Contains("DTD", StringComparison.Ordinal) => ForbiddenXml(e),
        DecoderFallbackException => UnknownEncoding(e),
        _ => Damaged(e),
    };

    private static string Extension(SheetKind kind) => kind switch { SheetKind.Xlsx => "xlsx", SheetKind.Xls => "xls", _ => "csv" };
}
