using System.Xml;

namespace FundPool.Application.Spreadsheets;

/// <summary>The names of a sheet as the reader's own table has them, so that a comparison is one of references.</summary>
internal sealed class XlsxNames(NameTable table)
{
    internal string Row { get; } = table.Add("row");

    internal string Cell { get; } = table.Add("c");

    internal string Value { get; } = table.Add("v");

    internal string Text { get; } = table.Add("t");

    internal string Formula { get; } = table.Add("f");

    internal string SheetData { get; } = table.Add("sheetData");

    internal string Reference { get; } = table.Add("r");

    internal string Hidden { get; } = table.Add("hidden");

    internal string Style { get; } = table.Add("s");

    internal string Type => Text;
}
