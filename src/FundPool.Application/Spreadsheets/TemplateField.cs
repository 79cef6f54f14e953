using FundPool.Domain.Kernel;

namespace FundPool.Application.Spreadsheets;

public enum FieldKind { Text, Money, Whole, Date, Rate, Choice, Choices }

/// <summary>One of the values that a field of choices takes.</summary>
public sealed record FieldOption(string Code, Words Label);

/// <summary>A column of a template as its reader knows it: <paramref name="Name"/> is the English header, <paramref name="Header"/> the Chinese one.</summary>
public sealed record TemplateField(string Name, string Header, FieldKind Kind, bool Required)
{
    /// <summary>Characters of a text.</summary>
    public int MaxLength { get; init; } = 200;

    public IReadOnlyList<FieldOption> Options { get; init; } = [];

    public Words Note { get; init; }

    /// <summary>A good value, shown on the notes sheet and never among the data.</summary>
    public string Sample { get; init; } = "";

    internal string HeaderIn(bool english) => english ? Name : Header;
}

/// <summary>For whom a template was made, kept on its hidden sheet. The seal is the maker's own proof over the other three, or empty.</summary>
public sealed record TemplateStamp(string Version, string Bank, string Quarter, string Seal = "");
