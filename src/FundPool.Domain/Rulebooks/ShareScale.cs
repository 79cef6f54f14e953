using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Rulebooks;

/// <summary>What a step table is looked up by.</summary>
public enum StepMeasure
{
    /// <summary>The borrower's balance at all banks on the loan date, this loan included.</summary>
    TotalBalance,

    /// <summary>The loan's own principal.</summary>
    Principal,
}

/// <summary>One row of a step table.</summary>
/// <param name="UpTo">The upper bound, itself included.</param>
/// <param name="Share">What is borne up to there.</param>
/// <param name="Article">Where the figure stands.</param>
public sealed record ShareStep(Money UpTo, Share Share, Article Article);

/// <summary>A group of reasons that raise the share once, however many of them hold.</summary>
public sealed record ShareAddition
{
    /// <summary>The group's code, for example <c>qualification</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Where it stands.</summary>
    public required Article Article { get; init; }

    /// <summary>What it adds.</summary>
    public required Share Share { get; init; }

    /// <summary>Any of these qualifications.</summary>
    public Qualifications AnyQualification { get; init; }

    /// <summary>Any of these features.</summary>
    public Features AnyFeature { get; init; }

    /// <summary>Any of these securities.</summary>
    public Securities AnySecurity { get; init; }

    /// <summary>Pure credit, with nothing beside it.</summary>
    public bool PureCredit { get; init; }

    internal Template Met { get; init; } = null!;

    internal Template NotMet { get; init; } = null!;

    /// <summary>Whether any reason of the group holds for the loan.</summary>
    public bool Holds(LoanTerms loan) =>
        (loan.Qualifications & AnyQualification) != 0
        || (loan.Features & AnyFeature) != 0
        || (loan.Securities & AnySecurity) != 0
        || (PureCredit && loan.IsPureCredit);
}

/// <summary>An upper limit of what is borne: a share of the loss, an amount a loan, or both.</summary>
public sealed record ShareCap
{
    /// <summary>The limit's code.</summary>
    public required string Code { get; init; }

    /// <summary>Where it stands.</summary>
    public required Article Article { get; init; }

    /// <summary>The greatest share, if it limits the share.</summary>
    public Share? Share { get; init; }

    /// <summary>The greatest amount a loan, if it limits the amount.</summary>
    public Money? Amount { get; init; }

    internal Template Met { get; init; } = null!;

    internal Template NotMet { get; init; } = null!;
}

/// <summary>What the share is taken of and how it is rounded.</summary>
public sealed record LossBasis
{
    /// <summary>The code of the last piece, <c>amount</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Where it stands.</summary>
    public required Article Article { get; init; }

    /// <summary>The sum, for example <c>outstanding_principal</c>.</summary>
    public required string Basis { get; init; }

    /// <summary>A sum that it may not pass, for example <c>npl_principal</c>.</summary>
    public string? LimitedBy { get; init; }

    internal Template Met { get; init; } = null!;

    internal Template NotMet { get; init; } = null!;

    internal Template Unknown { get; init; } = null!;
}

/// <summary>How a rulebook makes the share: a step, additions by group, caps, and the sum that it is taken of.</summary>
public sealed class ShareScale
{
    internal ShareScale(string stepCode, Article article, StepMeasure measure, ShareStep[] steps, ShareAddition[] additions, ShareCap[] caps, LossBasis loss, Template stepMet, Template stepNotMet)
    {
        StepCode = stepCode;
        Article = article;
        Measure = measure;
        Steps = steps;
        Additions = additions;
        Caps = caps;
        Loss = loss;
        StepMet = stepMet;
        StepNotMet = stepNotMet;
        if (steps.Length == 0 || steps.Zip(steps.Skip(1)).Any(pair => pair.First.UpTo >= pair.Second.UpTo))
        {
            throw new FormatException("A step table has rows with rising bounds.");
        }
    }

    /// <summary>The code of the first piece, <c>step</c>.</summary>
    public string StepCode { get; }

    /// <summary>Where the table stands.</summary>
    public Article Article { get; }

    /// <summary>What the table is looked up by.</summary>
    public StepMeasure Measure { get; }

    /// <summary>The rows, bounds rising.</summary>
    public IReadOnlyList<ShareStep> Steps { get; }

    /// <summary>The groups of additions.</summary>
    public IReadOnlyList<ShareAddition> Additions { get; }

    /// <summary>The limits.</summary>
    public IReadOnlyList<ShareCap> Caps { get; }

    /// <summary>What the share is taken of.</summary>
    public LossBasis Loss { get; }

    /// <summary>The article under which the city may set another share (a.16(5)).</summary>
    public Article OverrideArticle { get; init; }

    /// <summary>What money of a district or province for the same loan does: <c>exclusive</c>, <c>stack</c> or <c>top_up</c>.</summary>
    public string OtherMoney { get; init; } = "exclusive";

    internal Template StepMet { get; }

    internal Template StepNotMet { get; }

    /// <summary>How many pieces a ruling shows: the step, each addition, each cap, the amount.</summary>
    public int PieceCount => 2 + Additions.Count + Caps.Count;

    /// <summary>The figure that the table is looked up by.</summary>
    public Money Measured(LoanTerms loan) => Measure == StepMeasure.TotalBalance ? loan.TotalBalance : loan.Principal;

    /// <summary>The row that holds for a loan; null above the last bound.</summary>
    public ShareStep? StepOf(LoanTerms loan)
    {
        Money measured = Measured(loan);
        foreach (ShareStep step in (ShareStep[])Steps)
        {
            if (measured <= step.UpTo)
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>Step and additions before any cap; nothing where there is no step.</summary>
    public Share Sum(LoanTerms loan)
    {
        if (StepOf(loan) is not { } step)
        {
            return Share.None;
        }

        Share sum = step.Share;
        foreach (ShareAddition addition in (ShareAddition[])Additions)
        {
            sum = addition.Holds(loan) ? sum + addition.Share : sum;
        }

        return sum;
    }

    /// <summary>The share after the caps.</summary>
    public Share ShareOf(LoanTerms loan)
    {
        Share share = Sum(loan);
        foreach (ShareCap cap in (ShareCap[])Caps)
        {
            share = cap.Share is { } most && share > most ? most : share;
        }

        return share;
    }

    /// <summary>The amount of a share of a loss, rounded half up to the fen once, after the caps.</summary>
    public Money AmountOf(Share share, Money basis)
    {
        Money amount = basis.Times(share);
        foreach (ShareCap cap in (ShareCap[])Caps)
        {
            amount = cap.Amount is { } most ? Money.Min(amount, most) : amount;
        }

        return amount;
    }
}
