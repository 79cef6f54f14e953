using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Compensation.Conditions;

/// <summary>The borrower is of a kind that the fund serves.</summary>
internal sealed class BorrowerKindIn(JsonPart part) : Condition(part)
{
    private readonly HashSet<BorrowerKind> kinds = [.. ConditionReader.Flags(part, "kinds", LoanCodes.BorrowerKinds)];

    public override bool? Test(in Scene scene) => kinds.Contains(scene.Loan.BorrowerKind);
}

/// <summary>The industry begins with none of the excluded codes.</summary>
internal sealed class IndustryNotIn(JsonPart part) : Condition(part)
{
    private readonly string[] excluded = part.Texts("excluded");

    public override bool? Test(in Scene scene)
    {
        foreach (string prefix in excluded)
        {
            if (scene.Loan.Industry.StartsWith(prefix, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Upper bounds by kind of borrower, each itself allowed. All that apply must hold; the sentence names the first that does not, else the first.</summary>
internal sealed class Ceilings(JsonPart part) : Condition(part)
{
    private readonly Ceiling[] ceilings = part.Parts("ceilings", one => new Ceiling(
        [.. ConditionReader.Flags(one, "kinds", LoanCodes.BorrowerKinds)],
        one.Text("measure") switch
        {
            "credit_line" => true,
            "total_balance" => false,
            _ => throw one.Wrong("measure", "is credit_line or total_balance"),
        },
        one.Money("max")));

    public override bool? Test(in Scene scene)
    {
        foreach (Ceiling ceiling in ceilings)
        {
            if (ceiling.Kinds.Contains(scene.Loan.BorrowerKind) && Value(ceiling, scene.Loan) > ceiling.Max)
            {
                return false;
            }
        }

        return true;
    }

    public override string FieldOf(in Scene scene) => Named(scene.Loan).ByCreditLine ? "credit_line" : "total_balance";

    private protected override bool TryWrite(Slot slot, in Scene scene, Language language, Utf8Text text)
    {
        Ceiling named = Named(scene.Loan);
        switch (slot)
        {
            case Slot.Measure:
                text.Add((named.ByCreditLine
                    ? language == Language.Zh ? "单户授信总额" : "Credit line"
                    : language == Language.Zh ? "贷款余额合计" : "Total balance").AsSpan());
                return true;
            case Slot.Value:
                text.Add(Value(named, scene.Loan));
                return true;
            case Slot.Max:
                text.Add(named.Max);
                return true;
            default:
                return false;
        }
    }

    private Ceiling Named(LoanTerms loan)
    {
        Ceiling? first = null;
        foreach (Ceiling ceiling in ceilings)
        {
            if (!ceiling.Kinds.Contains(loan.BorrowerKind))
            {
                continue;
            }

            if (Value(ceiling, loan) > ceiling.Max)
            {
                return ceiling;
            }

            first ??= ceiling;
        }

        return first ?? ceilings[0];
    }

    private static Money Value(Ceiling ceiling, LoanTerms loan) => ceiling.ByCreditLine ? loan.CreditLine ?? Money.Zero : loan.TotalBalance;

    private sealed record Ceiling(HashSet<BorrowerKind> Kinds, bool ByCreditLine, Money Max);
}

/// <summary>The product is one that the fund covers. One that doesn't fit the borrower is a warning.</summary>
internal sealed class ProductIn : Condition
{
    private readonly HashSet<Product> products;
    private readonly Dictionary<Product, HashSet<BorrowerKind>> fits;
    private readonly Template misfit;

    public ProductIn(JsonPart part)
        : base(part)
    {
        products = [.. ConditionReader.Flags(part, "products", LoanCodes.Products)];
        misfit = part.Template("misfit");
        fits = part.Part("fits", list => list.Lists().ToDictionary(
            pair => LoanCodes.Products.TryCode(pair.Key, out Product product) ? product : throw list.Wrong(pair.Key, "is no product"),
            pair => ConditionReader.Flags(list, pair.Key, LoanCodes.BorrowerKinds).ToHashSet()));
    }

    public override bool? Test(in Scene scene) => products.Contains(scene.Loan.Product);

    public override bool Warns(in Scene scene) =>
        fits.TryGetValue(scene.Loan.Product, out HashSet<BorrowerKind>? kinds) && !kinds.Contains(scene.Loan.BorrowerKind);

    private protected override Template? Sentence(bool? verdict, in Scene scene) =>
        verdict == true && Warns(scene) ? misfit : base.Sentence(verdict, scene);
}

/// <summary>Nobody else bears the risk, or only those that the fund allows.</summary>
internal sealed class OtherCoverIn(JsonPart part) : Condition(part)
{
    private readonly OtherCover[] allowed = ConditionReader.Flags(part, "allowed", LoanCodes.OtherCovers);

    public override bool? Test(in Scene scene) => Array.IndexOf(allowed, scene.Loan.OtherCover) >= 0;
}

/// <summary>A question that only a person can answer.</summary>
internal sealed class ForTheReviewer(JsonPart part) : Condition(part)
{
    public override bool? Test(in Scene scene) => null;
}

/// <summary>The loan's class is one of the non-performing ones.</summary>
internal sealed class NonPerforming(JsonPart part) : Condition(part)
{
    public override bool? Test(in Scene scene) => scene.Case.Claim is { } claim ? scene.Reference.RiskClasses.IsNonPerforming(claim.RiskClass) : null;
}
