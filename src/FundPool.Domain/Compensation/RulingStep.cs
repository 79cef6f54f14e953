using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Compensation;

/// <summary>One step of a ruling. For a condition <see cref="Met"/> says whether it is met; for a piece of the share, whether it takes effect (a step found, an addition made, a cap that cuts, an amount paid). Null: it can't be told.</summary>
public readonly struct RulingStep
{
    private readonly Ruling ruling;
    private readonly int index;

    internal RulingStep(Ruling ruling, int index)
    {
        this.ruling = ruling;
        this.index = index;
    }

    /// <summary>Whether it is a condition; otherwise a piece of the share.</summary>
    public bool IsCondition => index < ruling.Scene.Home.Conditions.Count;

    /// <summary>The outward code.</summary>
    public string Code => ruling is null ? null! : IsCondition ? Condition.Code : PieceCode;

    /// <summary>Where it stands.</summary>
    public Article Article => IsCondition ? Condition.Article : PieceArticle;

    /// <summary>Met or taking effect, not, or can't tell.</summary>
    public bool? Met => IsCondition ? ruling.MetAt(index) : PieceMet;

    /// <summary>What follows: for a condition empty (nothing), <c>ineligible</c>, <c>undetermined</c>, <c>halted</c>, <c>review</c> or <c>warning</c>; for a piece the share or the amount that it gives.</summary>
    public string Effect
    {
        get
        {
            Utf8Text text = new();
            WriteEffect(text);
            return text.ToString();
        }
    }

    /// <summary>The sentence in both languages.</summary>
    public Words Words => new(Text(Language.Zh), Text(Language.En));

    private Condition Condition => ruling.Scene.Home.Conditions[index];

    private int Piece => index - ruling.Scene.Home.Conditions.Count;

    private ShareScale Scale => ruling.Scale;

    private LoanTerms Loan => ruling.Scene.Loan;

    private ShareAddition? Addition => Piece >= 1 && Piece <= Scale.Additions.Count ? Scale.Additions[Piece - 1] : null;

    private ShareCap? Cap => Piece > Scale.Additions.Count && Piece <= Scale.Additions.Count + Scale.Caps.Count ? Scale.Caps[Piece - 1 - Scale.Additions.Count] : null;

    private string PieceCode => Piece == 0 ? Scale.StepCode : Addition?.Code ?? Cap?.Code ?? Scale.Loss.Code;

    private Article PieceArticle => Piece == 0 ? Scale.StepOf(Loan)?.Article ?? Scale.Article : Addition?.Article ?? Cap?.Article ?? Scale.Loss.Article;

    private bool Known => ruling.Scene.Standard.IsComplete;

    private bool? PieceMet =>
        !Known ? null
        : Piece == 0 ? Scale.StepOf(Loan) is not null
        : Addition is { } addition ? addition.Holds(Loan)
        : Cap is { } cap ? Cuts(cap)
        : ruling.Outcome switch { RulingOutcome.Ineligible => false, RulingOutcome.Undetermined => null, _ => true };

    /// <summary>The sentence in one language.</summary>
    public string Text(Language language)
    {
        Utf8Text text = new();
        WriteText(language, text);
        return text.ToString();
    }

    /// <summary>Writes the sentence. It holds nothing that JSON would escape.</summary>
    public void WriteText(Language language, Utf8Text text)
    {
        if (IsCondition)
        {
            Verdicts.Write(Condition, Met, ruling.IsDeferred(index), ruling.Scene, language, text);
        }
        else if (!Known)
        {
            Verdicts.WriteIncomplete(ruling.Scene.Standard, language, text);
        }
        else
        {
            WritePiece(language, text);
        }
    }

    /// <summary>Writes what follows from the step.</summary>
    public void WriteEffect(Utf8Text text)
    {
        if (IsCondition)
        {
            text.Add(ConditionEffect());
        }
        else if (!Known)
        {
            text.Add(Piece == Scale.PieceCount - 1 ? "0.00"u8 : ""u8);
        }
        else if (Piece == 0)
        {
            text.Add(Scale.StepOf(Loan)?.Share ?? Share.None);
        }
        else if (Addition is { } addition)
        {
            text.Add("+"u8).Add(addition.Holds(Loan) ? addition.Share : Share.None);
        }
        else if (Cap is not null)
        {
            text.Add(Scale.ShareOf(Loan));
        }
        else
        {
            text.Add(ruling.Amount);
        }
    }

    private ReadOnlySpan<byte> ConditionEffect() => (Met, Condition.AtClaim) switch
    {
        (_, AtClaim.Note) => "review"u8,
        (true, _) => Warns() ? "warning"u8 : ""u8,
        (false, AtClaim.Halt) => "halted"u8,
        (false, _) => "ineligible"u8,
        (null, _) => "undetermined"u8,
    };

    private bool Warns() => Condition.Warns(ruling.Scene);

    private bool Cuts(ShareCap cap) =>
        (cap.Share is { } share && Scale.Sum(Loan) > share) || (cap.Amount is { } amount && ruling.Basis.Times(Scale.ShareOf(Loan)) > amount);

    private void WritePiece(Language language, Utf8Text text)
    {
        bool? met = PieceMet;
        Template sentence = Piece == 0 ? (met == true ? Scale.StepMet : Scale.StepNotMet)
            : Addition is { } addition ? (met == true ? addition.Met : addition.NotMet)
            : Cap is { } cap ? (met == true ? cap.Met : cap.NotMet)
            : met switch { true => Scale.Loss.Met, false => Scale.Loss.NotMet, null => Scale.Loss.Unknown };
        foreach (Template.Piece piece in sentence.In(language))
        {
            text.Add(piece.Utf8);
            WriteSlot(piece.Slot, language, text);
        }
    }

    private void WriteSlot(Slot slot, Language language, Utf8Text text)
    {
        switch (slot)
        {
            case Slot.None:
                break;
            case Slot.Value:
                text.Add(Scale.Measured(Loan));
                break;
            case Slot.Max:
                text.Add((Scale.StepOf(Loan) ?? Scale.Steps[^1]).UpTo);
                break;
            case Slot.Share:
                text.AddPercent(Piece == 0 ? Scale.StepOf(Loan)?.Share ?? Share.None : Addition?.Share ?? Cap?.Share ?? ruling.Share);
                break;
            case Slot.Sum:
                text.AddPercent(Scale.Sum(Loan));
                break;
            case Slot.Matched when Addition is { } addition:
                Matched.Write(addition, Loan, language, text);
                break;
            case Slot.Basis:
                text.Add(ruling.Basis);
                break;
            case Slot.Amount:
                text.Add(ruling.Amount);
                break;
            default:
                ruling.Scene.Write(slot, language, text);
                break;
        }
    }
}

/// <summary>Names the reasons of an addition that hold for a loan.</summary>
internal static class Matched
{
    public static void Write(ShareAddition addition, LoanTerms loan, Language language, Utf8Text text)
    {
        int start = text.Length;
        Add(LoanCodes.Qualifications, loan.Qualifications & addition.AnyQualification, language, text, start);
        Add(LoanCodes.Features, loan.Features & addition.AnyFeature, language, text, start);
        Securities securities = loan.Securities & (addition.AnySecurity | (addition.PureCredit && loan.IsPureCredit ? Securities.Credit : Securities.None));
        Add(LoanCodes.Securities, securities, language, text, start);
    }

    private static void Add<T>(CodeList<T> list, T flags, Language language, Utf8Text text, int start)
        where T : struct, Enum
    {
        for (int i = 0; i < list.Entries.Count; i++)
        {
            if (flags.HasFlag(list.Entries[i].Value))
            {
                text.Add(text.Length > start ? language == Language.Zh ? "、"u8 : ", "u8 : ""u8);
                text.Add(list.Entries[i].Label.In(language).AsSpan());
            }
        }
    }
}
