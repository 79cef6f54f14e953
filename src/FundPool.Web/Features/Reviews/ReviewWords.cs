using FundPool.Application.Reviews;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Reviews;

/// <summary>What the pages call the looks at a claim, what is proposed, and where a claim stands.</summary>
public static class ReviewWords
{
    /// <summary>The state as people call it.</summary>
    public static string StateOf(this IText T, string state) => ClaimStates.All.TryCode(state, out ClaimState known) ? T.Of(ClaimStates.All.Label(known)) : state;

    public static Tone StateTone(string state) => state switch
    {
        "approved" or "clear" or "paid" or "compensated" => Tone.Good,
        "rejected" or "withdrawn" => Tone.Bad,
        "returned" or "supplementing" or "objected" => Tone.Warn,
        _ => Tone.Info,
    };

    public static string KindOf(this IText T, string kind) => kind switch
    {
        "re_review" => T["复核"],
        "re_examination" => T["异议复核"],
        _ => T["审核"],
    };

    /// <summary>What is proposed; an objection has names of its own.</summary>
    public static string ProposalOf(this IText T, string kind, string proposal, bool partly) => (kind, proposal) switch
    {
        ("re_examination", "clear") => T["异议不成立，维持原金额"],
        ("re_examination", "approve") => T["异议部分成立，调减金额"],
        ("re_examination", _) => T["异议成立，不予补偿"],
        (_, "approve") => partly ? T["部分通过"] : T["全额通过"],
        (_, "reject") => T["不予通过"],
        _ => T["退回补正"],
    };

    public static Tone ProposalTone(string proposal) => proposal switch
    {
        "approve" or "clear" => Tone.Good,
        "reject" => Tone.Bad,
        _ => Tone.Warn,
    };

    public static (Tone Tone, string Text) RoundOf(this IText T, Review review) => review.State switch
    {
        "proposed" => (Tone.Info, T["待审定"]),
        "sent_back" => (Tone.Warn, T["退回初审"]),
        _ => (Tone.Good, T["已审定"]),
    };

    /// <summary>The steps of a ruling as <c>fp-steps</c> shows them.</summary>
    public static IEnumerable<StepLine> Steps(this IText T, Ruling ruling) => ruling.Steps.Select(step => T.Line(step));

    public static StepLine Line(this IText T, RulingStep step) => step.IsCondition
        ? RulingLines.Condition(T, step.Code, step.Article, step.Met, step.Words, step.Effect is "warning")
        : RulingLines.Piece(T, step.Code, step.Article, step.Met, step.Words, step.Effect);

    public static string DeductionOf(this IText T, Rulebook rulebook, string code) => rulebook.Deductions.Where(rule => rule.Code == code).Select(rule => T.Of(rule.Name)).FirstOrDefault() ?? code;

    public static string DeficiencyOf(this IText T, Rulebook rulebook, string code) => rulebook.Deficiencies.Where(rule => rule.Code == code).Select(rule => T.Of(rule.Name)).FirstOrDefault() ?? code;

    public static string MaterialOf(this IText T, Rulebook rulebook, string? code) =>
        code is null ? T["其他要求"] : rulebook.Materials.Where(rule => rule.Code == code).Select(rule => T.Of(rule.Name)).FirstOrDefault() ?? code;

    public static string ArticleOf(this IText T, string article) => T.Of(new Article(article).Words);
}
