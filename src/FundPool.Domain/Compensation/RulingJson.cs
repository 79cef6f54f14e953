using System.Text;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Compensation;

/// <summary>Writes rulings as the outward contract has them, one object a line. What is the same in every ruling of a rulebook is written once.</summary>
public sealed class RulingJson
{
    private static readonly string[] MetTexts = ["true", "false", "null"];
    private readonly Rulebook home;
    private readonly Language language;
    private readonly byte[][] heads;

    /// <summary>A writer for the rulings of a pool.</summary>
    public RulingJson(RulebookSet rulebooks, Language language = Language.Zh)
    {
        home = rulebooks.Home;
        this.language = language;
        heads = home.Scale is null ? [] : [.. home.Conditions.Select(condition => Head(condition.Article.Code, condition.Code)).SelectMany(States)];
    }

    /// <summary>Adds a ruling and the line's end.</summary>
    /// <param name="id">The case's id as it was given, quotes included.</param>
    /// <param name="ruling">The ruling.</param>
    /// <param name="text">Where to.</param>
    public void Write(ReadOnlySpan<byte> id, Ruling ruling, Utf8Text text)
    {
        text.Add("{\"id\":"u8).Add(id.Length == 0 ? "null"u8 : id).Add(",\"rulebook\":\""u8).Add(ruling.Rulebook.Code.AsSpan());
        text.Add("\",\"outcome\":\""u8).Add(Code(ruling.Outcome)).Add("\",\"share\":\""u8).Add(ruling.Share);
        text.Add("\",\"amount\":\""u8).Add(ruling.Amount).Add("\",\"failed\":["u8);
        ulong failed = ruling.NotMetBits;
        for (int i = 0; failed != 0; i++, failed >>= 1)
        {
            if ((failed & 1) != 0)
            {
                text.Add("\""u8).Add(home.Conditions[i].Code.AsSpan()).Add((failed >> 1) != 0 ? "\","u8 : "\""u8);
            }
        }

        text.Add("],\"steps\":["u8);
        int count = ruling.StepCount;
        for (int i = 0; i < count; i++)
        {
            RulingStep step = ruling.StepAt(i);
            bool? met = step.Met;
            int head = (i * 3) + (met switch { true => 0, false => 1, null => 2 });
            if (head < heads.Length)
            {
                text.Add(heads[head]);
            }
            else
            {
                text.Add("{\"article\":\""u8).Add(step.Article.Code.AsSpan()).Add("\",\"code\":\""u8).Add(step.Code.AsSpan()).Add("\",\"met\":"u8);
                text.Add(met switch { true => "true,\"text\":\""u8, false => "false,\"text\":\""u8, null => "null,\"text\":\""u8 });
            }

            step.WriteText(language, text);
            text.Add("\",\"effect\":\""u8);
            step.WriteEffect(text);
            text.Add(i + 1 < count ? "\"},"u8 : "\"}"u8);
        }

        text.Add("]}\n"u8);
    }

    /// <summary>Adds what is said in place of an answer, and the line's end.</summary>
    public static void WriteProblem(ReadOnlySpan<byte> id, Problem problem, Language language, Utf8Text text)
    {
        text.Add("{\"id\":"u8).Add(id.Length == 0 ? "null"u8 : id).Add(",\"error\":{\"field\":\""u8).Add(problem.Field.AsSpan());
        text.Add("\",\"code\":\""u8).Add(problem.Code.AsSpan()).Add("\",\"message\":\""u8).AddEscaped(problem.Message.In(language)).Add("\"}}\n"u8);
    }

    /// <summary>The outward code of an outcome.</summary>
    public static ReadOnlySpan<byte> Code(RulingOutcome outcome) => outcome switch
    {
        RulingOutcome.Eligible => "eligible"u8,
        RulingOutcome.Halted => "halted"u8,
        RulingOutcome.Undetermined => "undetermined"u8,
        _ => "ineligible"u8,
    };

    private static string Head(string article, string code) => $"{{\"article\":\"{article}\",\"code\":\"{code}\",\"met\":";

    private static IEnumerable<byte[]> States(string head) =>
        MetTexts.Select(met => Encoding.UTF8.GetBytes($"{head}{met},\"text\":\""));
}
