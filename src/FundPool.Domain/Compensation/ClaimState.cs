using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Compensation;

/// <summary>Where a claim is on its way from the bank's draft to the compensation library (a.19, a.20).</summary>
public enum ClaimState
{
    /// <summary>The bank's maker writes it.</summary>
    Draft,

    /// <summary>The bank's checker looks at it.</summary>
    Checking,

    /// <summary>The reviewer's officer looks at it.</summary>
    Submitted,

    /// <summary>The reviewer's chief decides what the officer proposed.</summary>
    Proposed,

    /// <summary>It lies with the bank for supplement; the reviewer's clock stands.</summary>
    Returned,

    /// <summary>The bank's checker looks at the supplement; the clock still stands.</summary>
    Supplementing,

    /// <summary>Approved, whole or in part.</summary>
    Approved,

    /// <summary>Rejected, with articles.</summary>
    Rejected,

    /// <summary>The bank asked once for a second look; another officer takes it.</summary>
    ReReview,

    /// <summary>The second look waits for a chief.</summary>
    ReProposed,

    /// <summary>In a batch that is not published yet.</summary>
    Batched,

    /// <summary>In a public notice whose period runs.</summary>
    Published,

    /// <summary>Objected to: out of its batch, the reviewer examines it again.</summary>
    Objected,

    /// <summary>The report of that examination waits for a chief.</summary>
    ReExamined,

    /// <summary>The notice is over and nothing stands against it.</summary>
    Clear,

    /// <summary>In an issued funding plan; the bank's payment documents are awaited.</summary>
    Planned,

    /// <summary>The treasurer checks the payment documents.</summary>
    Filed,

    /// <summary>The documents are complete; in the queue for the money.</summary>
    Payable,

    /// <summary>In a payment order that waits for its release.</summary>
    Ordered,

    /// <summary>Paid.</summary>
    Paid,

    /// <summary>The bank confirmed the money; the loan is in the compensation library.</summary>
    Compensated,

    /// <summary>Taken back by the bank.</summary>
    Withdrawn,
}

/// <summary>The names of a claim's states.</summary>
public static class ClaimStates
{
    /// <summary>The stored code of each state with what people call it.</summary>
    public static CodeList<ClaimState> All { get; } = new(
    [
        new(ClaimState.Draft, "draft", new Words("草稿", "Draft")),
        new(ClaimState.Checking, "checking", new Words("行内待复核", "With the bank's checker")),
        new(ClaimState.Submitted, "submitted", new Words("待初审", "With the officer")),
        new(ClaimState.Proposed, "proposed", new Words("待复审", "With the chief")),
        new(ClaimState.Returned, "returned", new Words("退回补正", "Returned for supplement")),
        new(ClaimState.Supplementing, "supplementing", new Words("补正待复核", "Supplement with the bank's checker")),
        new(ClaimState.Approved, "approved", new Words("审核通过", "Approved")),
        new(ClaimState.Rejected, "rejected", new Words("审核不通过", "Rejected")),
        new(ClaimState.ReReview, "re_review", new Words("复核中", "Re-review")),
        new(ClaimState.ReProposed, "re_proposed", new Words("复核待审定", "Re-review with the chief")),
        new(ClaimState.Batched, "batched", new Words("已列入批次", "In a batch")),
        new(ClaimState.Published, "published", new Words("公示中", "Public notice")),
        new(ClaimState.Objected, "objected", new Words("异议复核中", "Objected to")),
        new(ClaimState.ReExamined, "re_examined", new Words("异议复核待审定", "Re-examination with the chief")),
        new(ClaimState.Clear, "clear", new Words("公示无异议", "Clear")),
        new(ClaimState.Planned, "planned", new Words("已下达计划", "In a funding plan")),
        new(ClaimState.Filed, "filed", new Words("拨款资料待核验", "Payment documents filed")),
        new(ClaimState.Payable, "payable", new Words("待拨付", "In the payment queue")),
        new(ClaimState.Ordered, "ordered", new Words("已制付款单", "In a payment order")),
        new(ClaimState.Paid, "paid", new Words("已拨付", "Paid")),
        new(ClaimState.Compensated, "compensated", new Words("已转入补偿库", "In the compensation library")),
        new(ClaimState.Withdrawn, "withdrawn", new Words("已撤回", "Withdrawn")),
    ]);
}
