using System.Text.Json.Serialization;

namespace FundPool.Application.Papers;

/// <summary>The papers that the portal makes, and the codes under which they are stored.</summary>
public static class PaperKinds
{
    public const string ClaimForm = "claim_form";
    public const string ReviewOpinion = "review_opinion";
    public const string Notice = "notice";
    public const string Plan = "plan";
    public const string PaymentOrder = "payment_order";

    public static IReadOnlyList<string> All { get; } = [ClaimForm, ReviewOpinion, Notice, Plan, PaymentOrder];
}

/// <summary>
/// An official document before it has a form: what both renderers, the .docx and the page to print, are made of. Frozen with the paper it became.
/// Chinese alone, as the documents are.
/// </summary>
public sealed record Paper
{
    public required string Kind { get; init; }

    /// <summary>The issuing office at the head in red (发文机关标志); a form that is no letter has none.</summary>
    public string? Head { get; init; }

    public string? Number { get; init; }

    /// <summary>The title, a line each: a long one is broken where its sense breaks.</summary>
    public required IReadOnlyList<string> Title { get; init; }

    /// <summary>To whom (主送机关), without the colon.</summary>
    public string? Addressee { get; init; }

    public required IReadOnlyList<Block> Body { get; init; }

    public IReadOnlyList<Annex> Annexes { get; init; } = [];

    public required string Signer { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>What stands in the verification's register as the paper's total; none for a paper without a sum.</summary>
    public long? AmountFen { get; init; }

    public PaperStamp Stamp { get; init; } = PaperStamp.None;

    /// <summary>The title in one line.</summary>
    [JsonIgnore]
    public string FlatTitle => string.Concat(Title);
}

/// <summary>What a paper is found by: its code and the address that opens the verification of it.</summary>
public sealed record PaperStamp(string Code, string Address)
{
    public static PaperStamp None { get; } = new("", "");

    [JsonIgnore]
    public bool IsGiven => Code.Length > 0;
}

/// <summary>An attachment: begins a new page, lies across where its table is wide.</summary>
public sealed record Annex(string Name, IReadOnlyList<Block> Body, bool IsWide);

/// <summary>A piece of a paper.</summary>
[JsonDerivedType(typeof(Line), "line")]
[JsonDerivedType(typeof(Grid), "grid")]
[JsonDerivedType(typeof(Facts), "facts")]
public abstract record Block;

/// <summary>How a line stands: the text itself, or a heading of one of the four levels 一、（一）1.（1）.</summary>
public enum LineLevel
{
    Text,
    First,
    Second,
    Third,
    Fourth,
}

/// <summary>A paragraph; the number of a heading is the renderers' affair.</summary>
public sealed record Line(LineLevel Level, string Text) : Block
{
    public static Line Of(string text) => new(LineLevel.Text, text);
}

/// <summary>Where the content of a column stands.</summary>
public enum ColumnSide
{
    Centre,
    Left,
    Right,
}

/// <summary>A column; <paramref name="Weight"/> is its part of the width.</summary>
public sealed record Column(string Name, int Weight, ColumnSide Side = ColumnSide.Left);

/// <summary>A table whose head repeats on every page; the last row is the total where there is one.</summary>
public sealed record Grid(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string>? Total = null, string? Unit = null) : Block;

/// <summary>A form's table of questions and answers, two a row unless an answer is wide.</summary>
public sealed record Facts(IReadOnlyList<Fact> Rows) : Block
{
    /// <summary>Two facts a row; a wide one, or one that is left over, alone.</summary>
    public IEnumerable<IReadOnlyList<Fact>> Pairs()
    {
        for (int i = 0; i < Rows.Count; i++)
        {
            yield return !Rows[i].IsWide && i + 1 < Rows.Count && !Rows[i + 1].IsWide ? [Rows[i], Rows[++i]] : [Rows[i]];
        }
    }
}

public sealed record Fact(string Name, string Value, bool IsWide = false);
