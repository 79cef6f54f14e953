using System.Text;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Rulebooks;

/// <summary>What a rulebook's sentence can name between braces.</summary>
internal enum Slot
{
    None,
    LoanDate,
    MaturityDate,
    NplDate,
    RegisteredOn,
    AppliedOn,
    CreditReportOn,
    Industry,
    BorrowerKind,
    Product,
    OtherCover,
    RiskClass,
    Rate,
    From,
    To,
    Max,
    Measure,
    Value,
    Limit,
    Lpr,
    LprDate,
    LprTerm,
    Deadline,
    Provisional,
    Event,
    Matched,
    Share,
    Sum,
    Basis,
    Amount,
}

/// <summary>A sentence of a rulebook in both languages, split once into its fixed pieces and its slots, so that writing it is copying bytes.</summary>
internal sealed class Template
{
    private readonly Piece[] zh;
    private readonly Piece[] en;

    public Template(Words words)
    {
        zh = Split(words.Zh);
        en = Split(words.En);
    }

    public ReadOnlySpan<Piece> In(Language language) => language == Language.Zh ? zh : en;

    private static Piece[] Split(string sentence)
    {
        // Sentences go into JSON as they are, which is why they may not hold what JSON escapes.
        if (sentence.AsSpan().IndexOfAny('"', '\\') >= 0 || sentence.Any(char.IsControl))
        {
            throw new FormatException($"A rulebook's sentence may not hold quotes or backslashes: {sentence}");
        }

        List<Piece> pieces = [];
        int at = 0;
        while (at < sentence.Length)
        {
            int open = sentence.IndexOf('{', at);
            if (open < 0)
            {
                break;
            }

            int close = sentence.IndexOf('}', open);
            if (close < 0)
            {
                throw new FormatException($"A slot is not closed in: {sentence}");
            }

            pieces.Add(new Piece(Encoding.UTF8.GetBytes(sentence[at..open]), SlotOf(sentence[(open + 1)..close])));
            at = close + 1;
        }

        pieces.Add(new Piece(Encoding.UTF8.GetBytes(sentence[at..]), Slot.None));
        return [.. pieces];
    }

    private static Slot SlotOf(string name) =>
        Enum.TryParse(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out Slot slot) && slot != Slot.None
            ? slot
            : throw new FormatException($"A rulebook's sentence names an unknown slot '{name}'.");

    /// <summary>Fixed bytes and the slot that follows them, if any.</summary>
    internal readonly record struct Piece(byte[] Utf8, Slot Slot);
}
