using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Compensation.Conditions;

/// <summary>The bank is not dishonest, removed or suspended.</summary>
internal sealed class BankNot : Condition
{
    private readonly string standing;

    public BankNot(JsonPart part)
        : base(part)
    {
        standing = part.Text("standing");
        if (standing is not ("dishonest" or "removed" or "suspended"))
        {
            throw part.Wrong("standing", "is dishonest, removed or suspended");
        }
    }

    public override bool? Test(in Scene scene) => standing switch
    {
        "dishonest" => !scene.Case.BankDishonest,
        "removed" => !scene.Case.BankRemoved,
        _ => !scene.Case.BankSuspended,
    };
}
