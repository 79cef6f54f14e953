using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Compensation;

/// <summary>What decides whether an approved claim may go before the public: its bank's standing and its loan's.</summary>
public sealed record BatchFacts
{
    /// <summary>Whether the bank is suspended by its ratio.</summary>
    public bool Suspended { get; init; }

    /// <summary>Whether the bank is on the dishonesty list.</summary>
    public bool Dishonest { get; init; }

    /// <summary>Whether the bank's membership has ended.</summary>
    public bool Removed { get; init; }

    /// <summary>The loan's class as last reported.</summary>
    public required RiskClass RiskClass { get; init; }

    /// <summary>Whether the loan is still in the loan library: neither closed nor struck out.</summary>
    public required bool InLoanLibrary { get; init; }
}

/// <summary>
/// Which approved claims may enter a batch, asked when they are put in and again at publication (a.17, a.24, a.30). What is published
/// already goes on (domain.md section 4).
/// </summary>
public static class BatchAdmission
{
    private static readonly Refusal Suspended = new(new Article("17"), new Words(
        "该行不良率超过3%，补偿业务暂停，恢复后再列入", "The bank's ratio is above 3 %: compensation is suspended, put it in after it resumes"));

    private static readonly Refusal Dishonest = new(new Article("30"), new Words("该行在严重失信主体名单期间", "The bank is on the list of seriously dishonest entities"));

    private static readonly Refusal Removed = new(new Article("24"), new Words("该行已取消加盟资格", "The bank's membership has ended"));

    private static readonly Refusal Upgraded = new(new Article("15(3)"), new Words("该笔贷款已上调为正常或关注，不再是不良贷款", "The loan was upgraded and is non-performing no more"));

    private static readonly Refusal Gone = new(new Article("13"), new Words("该笔贷款已剔除、结项或转库，不在贷款项目库", "The loan was struck out, closed or moved and is not in the loan library"));

    /// <summary>Every reason against it, in the order of the conditions; none where it may enter.</summary>
    public static IReadOnlyList<Refusal> WhyNot(BatchFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        List<Refusal> reasons = [];
        Say(facts.Suspended, Suspended);
        Say(facts.Dishonest, Dishonest);
        Say(facts.Removed, Removed);
        Say(facts.RiskClass < RiskClass.Substandard, Upgraded);
        Say(!facts.InLoanLibrary, Gone);
        return reasons;

        void Say(bool stands, Refusal reason)
        {
            if (stands)
            {
                reasons.Add(reason);
            }
        }
    }
}
