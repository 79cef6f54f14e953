using FundPool.Domain.Kernel;

namespace FundPool.Domain.Compensation;

/// <summary>Whose side moves a claim.</summary>
public enum ClaimSide
{
    /// <summary>The bank that claims.</summary>
    Bank,

    /// <summary>The pool's institutions, or the system for them.</summary>
    Pool,
}

/// <summary>What is done to a claim; each leads from some states to exactly one.</summary>
public enum ClaimAction
{
    /// <summary>The maker hands it to the bank's checker.</summary>
    SendToChecker,

    /// <summary>The checker gives it back to the maker.</summary>
    GiveBack,

    /// <summary>The checker submits it to the reviewer.</summary>
    Submit,

    /// <summary>The bank takes it back.</summary>
    Withdraw,

    /// <summary>The officer proposes a decision.</summary>
    Propose,

    /// <summary>The chief gives the proposal back to the officer.</summary>
    SendBack,

    /// <summary>The chief returns it to the bank with what is missing.</summary>
    Return,

    /// <summary>The chief approves it, whole or in part.</summary>
    Approve,

    /// <summary>The chief rejects it.</summary>
    Reject,

    /// <summary>The bank asks for a second look.</summary>
    AskReReview,

    /// <summary>The authority puts it into a batch.</summary>
    Batch,

    /// <summary>The authority takes it out of a batch that is not published.</summary>
    Unbatch,

    /// <summary>The notice is published.</summary>
    Publish,

    /// <summary>An objection is taken up.</summary>
    Object,

    /// <summary>The officer reports on the objection.</summary>
    Report,

    /// <summary>Nothing stands against it any more.</summary>
    Clear,

    /// <summary>The funding plan with it is issued.</summary>
    Plan,

    /// <summary>The bank files the payment documents.</summary>
    File,

    /// <summary>The treasurer returns the payment documents.</summary>
    ReturnDocuments,

    /// <summary>The treasurer finds the payment documents complete.</summary>
    Accept,

    /// <summary>A payment order takes it up.</summary>
    Order,

    /// <summary>The payment order is dropped.</summary>
    DropOrder,

    /// <summary>The payment order is released.</summary>
    Pay,

    /// <summary>The bank confirms the money and moves the loan to the compensation library.</summary>
    Confirm,
}

/// <summary>One line of the table of moves.</summary>
public sealed record ClaimMove(ClaimState From, ClaimAction Action, ClaimState To, ClaimSide Side);

/// <summary>Every move that a claim can make; what does not stand here can't happen. The database holds the same table as its own fence.</summary>
public static class ClaimFlow
{
    private static readonly Dictionary<(ClaimState, ClaimAction), ClaimState> Table;

    static ClaimFlow()
    {
        Moves =
        [
            .. Bank(ClaimAction.SendToChecker, (ClaimState.Draft, ClaimState.Checking), (ClaimState.Returned, ClaimState.Supplementing)),
            .. Bank(ClaimAction.GiveBack, (ClaimState.Checking, ClaimState.Draft), (ClaimState.Supplementing, ClaimState.Returned)),
            .. Bank(ClaimAction.Submit, (ClaimState.Checking, ClaimState.Submitted), (ClaimState.Supplementing, ClaimState.Submitted)),
            .. Bank(ClaimAction.Withdraw, [.. Withdrawable.Select(from => (from, ClaimState.Withdrawn))]),
            .. Pool(ClaimAction.Propose, (ClaimState.Submitted, ClaimState.Proposed), (ClaimState.ReReview, ClaimState.ReProposed)),
            .. Pool(ClaimAction.SendBack, (ClaimState.Proposed, ClaimState.Submitted), (ClaimState.ReProposed, ClaimState.ReReview), (ClaimState.ReExamined, ClaimState.Objected)),
            .. Pool(ClaimAction.Return, (ClaimState.Proposed, ClaimState.Returned)),
            .. Pool(ClaimAction.Approve, (ClaimState.Proposed, ClaimState.Approved), (ClaimState.ReProposed, ClaimState.Approved), (ClaimState.ReExamined, ClaimState.Approved)),
            .. Pool(ClaimAction.Reject, (ClaimState.Proposed, ClaimState.Rejected), (ClaimState.ReProposed, ClaimState.Rejected), (ClaimState.ReExamined, ClaimState.Rejected)),
            .. Bank(ClaimAction.AskReReview, (ClaimState.Rejected, ClaimState.ReReview), (ClaimState.Approved, ClaimState.ReReview)),
            .. Pool(ClaimAction.Batch, (ClaimState.Approved, ClaimState.Batched)),
            .. Pool(ClaimAction.Unbatch, (ClaimState.Batched, ClaimState.Approved)),
            .. Pool(ClaimAction.Publish, (ClaimState.Batched, ClaimState.Published)),
            .. Pool(ClaimAction.Object, (ClaimState.Published, ClaimState.Objected)),
            .. Pool(ClaimAction.Report, (ClaimState.Objected, ClaimState.ReExamined)),
            .. Pool(ClaimAction.Clear, (ClaimState.Published, ClaimState.Clear), (ClaimState.ReExamined, ClaimState.Clear)),
            .. Pool(ClaimAction.Plan, (ClaimState.Clear, ClaimState.Planned)),
            .. Bank(ClaimAction.File, (ClaimState.Planned, ClaimState.Filed)),
            .. Pool(ClaimAction.ReturnDocuments, (ClaimState.Filed, ClaimState.Planned)),
            .. Pool(ClaimAction.Accept, (ClaimState.Filed, ClaimState.Payable)),
            .. Pool(ClaimAction.Order, (ClaimState.Payable, ClaimState.Ordered)),
            .. Pool(ClaimAction.DropOrder, (ClaimState.Ordered, ClaimState.Payable)),
            .. Pool(ClaimAction.Pay, (ClaimState.Ordered, ClaimState.Paid)),
            .. Bank(ClaimAction.Confirm, (ClaimState.Paid, ClaimState.Compensated)),
        ];
        Table = Moves.ToDictionary(move => (move.From, move.Action), move => move.To);
    }

    /// <summary>The whole table.</summary>
    public static IReadOnlyList<ClaimMove> Moves { get; }

    /// <summary>The states in which a claim is over; the loan may be claimed for anew.</summary>
    public static IReadOnlySet<ClaimState> Over { get; } = new HashSet<ClaimState> { ClaimState.Rejected, ClaimState.Withdrawn, ClaimState.Compensated };

    // A notice that runs and an order that waits are frozen; a claim in them is not taken back.
    private static ClaimState[] Withdrawable =>
    [
        ClaimState.Draft, ClaimState.Checking, ClaimState.Submitted, ClaimState.Returned, ClaimState.Supplementing, ClaimState.Approved,
        ClaimState.Clear, ClaimState.Planned, ClaimState.Filed, ClaimState.Payable,
    ];

    /// <summary>Where the action leads from here; null where it can't be done.</summary>
    public static ClaimState? Next(ClaimState from, ClaimAction action) => Table.TryGetValue((from, action), out ClaimState to) ? to : null;

    /// <summary>Whether the action can be done here.</summary>
    public static bool Allows(ClaimState from, ClaimAction action) => Table.ContainsKey((from, action));

    /// <summary>The sentence for whoever tries what can't be done in this state, as after another person was quicker.</summary>
    public static Words WhyNot(ClaimState from)
    {
        Words state = ClaimStates.All.Label(from);
        return new Words($"该申请目前为“{state.Zh}”，不能进行此操作；请刷新页面查看最新状态", $"The claim is now “{state.En}”, so this can't be done; reload the page");
    }

    private static IEnumerable<ClaimMove> Bank(ClaimAction action, params (ClaimState From, ClaimState To)[] moves) => moves.Select(move => new ClaimMove(move.From, action, move.To, ClaimSide.Bank));

    private static IEnumerable<ClaimMove> Pool(ClaimAction action, params (ClaimState From, ClaimState To)[] moves) => moves.Select(move => new ClaimMove(move.From, action, move.To, ClaimSide.Pool));
}
