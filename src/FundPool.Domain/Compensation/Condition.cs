using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Compensation;

/// <summary>What a condition does at registration.</summary>
public enum AtRegistration
{
    /// <summary>It is not asked.</summary>
    Skip,

    /// <summary>Not met is a warning.</summary>
    Warn,

    /// <summary>Not met keeps the loan out of the library.</summary>
    Refuse,
}

/// <summary>What a condition does at the claim.</summary>
public enum AtClaim
{
    /// <summary>It is for a person's eye and never decides.</summary>
    Note,

    /// <summary>Not met halts the claim and leaves its amount.</summary>
    Halt,

    /// <summary>Not met ends the claim; can't tell leaves it open.</summary>
    Decide,
}

/// <summary>One condition of a rulebook: a code, an article, a test and its sentences.</summary>
public abstract class Condition
{
    private readonly Template? met;
    private readonly Template? notMet;
    private readonly Template? unknown;

    private protected Condition(JsonPart part)
    {
        part.Text("test");
        Code = part.Text("code");
        Article = part.Article();
        Field = part.Text("field");
        AtRegistration = part.Text("registration") switch
        {
            "skip" => AtRegistration.Skip,
            "warn" => AtRegistration.Warn,
            "refuse" => AtRegistration.Refuse,
            _ => throw part.Wrong("registration", "is skip, warn or refuse"),
        };
        AtClaim = part.Text("claim") switch
        {
            "note" => AtClaim.Note,
            "halt" => AtClaim.Halt,
            "decide" => AtClaim.Decide,
            _ => throw part.Wrong("claim", "is note, halt or decide"),
        };
        FollowsLoanDate = part.TextOrNone("pointer") switch
        {
            null => false,
            "loan_date" => true,
            _ => throw part.Wrong("pointer", "is loan_date"),
        };
        met = part.TemplateOrNone("met");
        notMet = part.TemplateOrNone("not_met");
        unknown = part.TemplateOrNone("unknown");
    }

    /// <summary>The outward code.</summary>
    public string Code { get; }

    /// <summary>Where it stands.</summary>
    public Article Article { get; }

    /// <summary>What it does at registration.</summary>
    public AtRegistration AtRegistration { get; }

    /// <summary>What it does at the claim.</summary>
    public AtClaim AtClaim { get; }

    /// <summary>Whether it says who is eligible, so that the rulebook which the loan date points to decides it (a.21).</summary>
    public bool FollowsLoanDate { get; }

    /// <summary>The field of the loan file that it is about.</summary>
    public string Field { get; }

    /// <summary>Met, not met, or can't tell.</summary>
    public abstract bool? Test(in Scene scene);

    /// <summary>Whether a reviewer decides where the facts alone can't tell.</summary>
    public virtual bool IsForAPerson => false;

    /// <summary>Something that a person should look at although the condition is met.</summary>
    public virtual bool Warns(in Scene scene) => false;

    /// <summary>The field to mend where the condition is not met.</summary>
    public virtual string FieldOf(in Scene scene) => Field;

    internal void Write(bool? verdict, in Scene scene, Language language, Utf8Text text)
    {
        Template? sentence = Sentence(verdict, scene);
        if (sentence is null)
        {
            throw new InvalidOperationException($"Condition {Code} has no sentence for {verdict?.ToString() ?? "can't tell"}.");
        }

        foreach (Template.Piece piece in sentence.In(language))
        {
            text.Add(piece.Utf8);
            if (piece.Slot != Slot.None && !TryWrite(piece.Slot, scene, language, text))
            {
                scene.Write(piece.Slot, language, text);
            }
        }
    }

    private protected virtual Template? Sentence(bool? verdict, in Scene scene) => verdict switch { true => met, false => notMet, null => unknown };

    private protected virtual bool TryWrite(Slot slot, in Scene scene, Language language, Utf8Text text) => false;
}
