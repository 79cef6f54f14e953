using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Compensation;

/// <summary>The states of a claim gathered as the lists show them: one tab each.</summary>
public sealed record ClaimGroup(string Code, Words Name, IReadOnlyList<ClaimState> States)
{
    public static IReadOnlyList<ClaimGroup> All { get; } =
    [
        new("draft", new Words("填报中", "In the making"), [ClaimState.Draft, ClaimState.Checking]),
        new("review", new Words("审核中", "In review"), [ClaimState.Submitted, ClaimState.Proposed, ClaimState.ReReview, ClaimState.ReProposed]),
        new("returned", new Words("退回补正", "Returned"), [ClaimState.Returned, ClaimState.Supplementing]),
        new("approved", new Words("审核通过", "Approved"), [ClaimState.Approved, ClaimState.Batched]),
        new("notice", new Words("公示", "Public notice"), [ClaimState.Published, ClaimState.Objected, ClaimState.ReExamined, ClaimState.Clear]),
        new("payment", new Words("计划与拨付", "Plan and payment"), [ClaimState.Planned, ClaimState.Filed, ClaimState.Payable, ClaimState.Ordered, ClaimState.Paid]),
        new("compensated", new Words("已转入补偿库", "Compensated"), [ClaimState.Compensated]),
        new("ended", new Words("未通过或撤回", "Rejected or withdrawn"), [ClaimState.Rejected, ClaimState.Withdrawn]),
    ];

    /// <summary>The stored codes of its states.</summary>
    public string[] Codes => [.. States.Select(ClaimStates.All.Code)];

    /// <summary>The group with this code; null for none.</summary>
    public static ClaimGroup? Find(string? code) => All.FirstOrDefault(group => group.Code == code);
}
