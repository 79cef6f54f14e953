using FundPool.Domain.Kernel;

namespace FundPool.Domain.Rulebooks;

/// <summary>How a pool's public notices and funding plans are headed. What stands in a draft may be written otherwise; the series may not.</summary>
public sealed record PapersRule
{
    /// <summary>The office in whose name they are published.</summary>
    public required Words Office { get; init; }

    /// <summary>The letters before a notice's number.</summary>
    public required string NoticeSeries { get; init; }

    /// <summary>The letters before a plan's number.</summary>
    public required string PlanSeries { get; init; }

    /// <summary>The title that a new notice begins with.</summary>
    public required string NoticeTitle { get; init; }

    /// <summary>What a notice rests on.</summary>
    public required string NoticeBasis { get; init; }

    /// <summary>The office that answers questions.</summary>
    public required string Consult { get; init; }

    /// <summary>The office that takes objections.</summary>
    public required string Object { get; init; }

    /// <summary>The title that a new plan begins with.</summary>
    public required string PlanTitle { get; init; }

    /// <summary>What a plan rests on.</summary>
    public required string PlanBasis { get; init; }

    /// <summary>To whom a plan is addressed.</summary>
    public required string PlanTo { get; init; }

    /// <summary>A paper's number as officials write it: six-corner brackets, no leading zero.</summary>
    public static string Number(string series, int year, int n) => FormattableString.Invariant($"{series}〔{year}〕{n}号");
}
