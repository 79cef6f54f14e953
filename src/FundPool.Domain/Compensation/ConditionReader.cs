using FundPool.Domain.Compensation.Conditions;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Compensation;

/// <summary>The tests that a rulebook's conditions can name.</summary>
internal static class ConditionReader
{
    public static Condition Read(JsonPart part) => part.Text("test") switch
    {
        "within_term" => new WithinTerm(part),
        "rulebook_complete" => new RulebookComplete(part),
        "borrower_kind_in" => new BorrowerKindIn(part),
        "industry_not_in" => new IndustryNotIn(part),
        "ceilings" => new Ceilings(part),
        "product_in" => new ProductIn(part),
        "other_cover_in" => new OtherCoverIn(part),
        "for_the_reviewer" => new ForTheReviewer(part),
        "non_performing" => new NonPerforming(part),
        "rate_within_lpr" => new RateWithinLpr(part),
        "registered_in_window" => new RegisteredInWindow(part),
        "npl_after_registration" => new NplAfterRegistration(part),
        "filed_within" => new FiledWithin(part),
        "bank_not" => new BankNot(part),
        _ => throw part.Wrong("test", "is no test that the engine knows"),
    };

    public static T[] Flags<T>(JsonPart part, string key, CodeList<T> list)
        where T : struct, Enum =>
        [.. part.Texts(key).Select(code => list.TryCode(code, out T value) ? value : throw part.Wrong(key, $"names '{code}', which is no code"))];
}
