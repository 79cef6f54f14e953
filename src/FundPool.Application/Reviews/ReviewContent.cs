using System.Text.Json;
using FundPool.Application.Loans;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Application.Reviews;

/// <summary>A deduction of a partial approval, as it is kept.</summary>
public sealed record Deducted(string Code, long AmountFen, string Reason);

/// <summary>A step of the ruling as the officer saw it: <c>confirmed</c> or <c>doubted</c>.</summary>
public sealed record Mark(string Code, string Verdict, string? Note);

/// <summary>Why a claim is rejected: a condition with its article.</summary>
public sealed record Ground(string Article, string Code, string? Note);

/// <summary>What is missing or wrong, as it is proposed.</summary>
public sealed record Lack(string Code, string? Material, string Note);

/// <summary>What a review keeps as JSON.</summary>
public static class ReviewContent
{
    public static IReadOnlyList<Deducted> DeductedOf(Review review) => Read<Deducted>(review.Deductions);

    public static IReadOnlyList<Mark> MarksOf(Review review) => Read<Mark>(review.Marks);

    public static IReadOnlyList<Ground> GroundsOf(Review review) => Read<Ground>(review.Grounds);

    public static IReadOnlyList<Lack> LacksOf(Review review) => Read<Lack>(review.Deficiencies);

    /// <summary>The conditions that a person has confirmed.</summary>
    public static IReadOnlySet<string> Confirmed(IEnumerable<Mark> marks) => marks.Where(mark => mark.Verdict == "confirmed").Select(mark => mark.Code).ToHashSet(StringComparer.Ordinal);

    /// <summary>What a kept ruling came to.</summary>
    internal static string? OutcomeOf(string? ruling)
    {
        if (ruling is null)
        {
            return null;
        }

        using JsonDocument json = JsonDocument.Parse(ruling);
        return json.RootElement.TryGetProperty("outcome", out JsonElement outcome) ? outcome.GetString() : null;
    }

    internal static string Write<T>(IEnumerable<T> items) => JsonSerializer.Serialize(items, CorrectionContent.Json);

    /// <summary>The ruling as it is kept beside the proposal.</summary>
    internal static string Write(Ruling ruling, RulebookSet rulebooks)
    {
        Utf8Text text = new();
        new RulingJson(rulebooks).Write("\"review\""u8, ruling, text);
        return text.ToString();
    }

    private static List<T> Read<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, CorrectionContent.Json) ?? [];
}
