namespace FundPool.Application.Spreadsheets;

/// <summary>How a cell shows what it holds.</summary>
public enum CellLook { General, Text, Money, Whole, Rate, Date, Wrapped, Header, NeededHeader, Title }

public enum SheetVisibility { Visible, Hidden, VeryHidden }

/// <summary>A column: its header where the sheet has one, its width in characters, and how its empty cells will show what is typed.</summary>
public sealed record SheetColumn(string Header, double Width = 16, CellLook Look = CellLook.Text)
{
    /// <summary>Whether its cells have to be filled in, which its header shows.</summary>
    public bool IsNeeded { get; init; }
}

/// <summary>What is known of a sheet before its rows are.</summary>
public sealed record SheetPlan(string Name, IReadOnlyList<SheetColumn> Columns)
{
    /// <summary>Writes the headers as row 1, frozen and with filters.</summary>
    public bool HasHeader { get; init; } = true;

    public SheetVisibility Visibility { get; init; }

    /// <summary>Ranges such as A1:H1 shown as one cell.</summary>
    public IReadOnlyList<string> Merges { get; init; } = [];

    public IReadOnlyList<SheetRule> Rules { get; init; } = [];
}

public enum SheetRuleKind { List, Number, Whole, Date, TextLength }

/// <summary>What the spreadsheet itself accepts in the cells of a column (counted from 0), and what it says when it doesn't.</summary>
public sealed record SheetRule(int Column, SheetRuleKind Kind, string From, string? To = null)
{
    public int FirstRow { get; init; } = 2;

    public int LastRow { get; init; } = SheetLimits.Default.MaxRows + 1;

    /// <summary>Whether anything else is refused, or the rule only offers its list.</summary>
    public bool Strict { get; init; } = true;

    public string Title { get; init; } = "";

    public string Error { get; init; } = "";

    public string Prompt { get; init; } = "";

    /// <summary>A drop-down of the cells that a name stands for: an inline list ends at 255 characters.</summary>
    public static SheetRule List(int column, string name) => new(column, SheetRuleKind.List, name);
}
