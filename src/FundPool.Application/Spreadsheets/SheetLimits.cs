namespace FundPool.Application.Spreadsheets;

/// <summary>How much of a file is read at all. The defaults fit a bank's quarter many times over.</summary>
public sealed record SheetLimits
{
    /// <summary>The columns that a spreadsheet has (XFD); a reference beyond them is forged.</summary>
    internal const int SheetColumns = 16_384;

    /// <summary>The rows that a spreadsheet has.</summary>
    internal const int SheetRows = 1_048_576;

    public static SheetLimits Default { get; } = new();

    public int MaxRows { get; init; } = 200_000;

    public int MaxColumns { get; init; } = 256;

    public int MaxCellLength { get; init; } = 32_767;

    public int MaxEntries { get; init; } = 2_000;

    /// <summary>Bytes of one unpacked part of the workbook.</summary>
    public long MaxEntryBytes { get; init; } = 200L << 20;

    /// <summary>Unpacked bytes for each packed one; a real sheet stays below 40.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Different texts of a workbook.</summary>
    public int MaxSharedStrings { get; init; } = 5_000_000;

    public int MaxMerges { get; init; } = 10_000;

    /// <summary>Bytes of texts kept in memory; what comes after goes to a temporary file.</summary>
    public int SharedStringsInMemory { get; init; } = 32 << 20;
}
