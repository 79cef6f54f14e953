using System.Globalization;
using FundPool.Application.Compensation;
using FundPool.Application.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;
using FundPool.Web.Features.Loans;
using Change = FundPool.Application.Loans.FieldChange;
using Step = FundPool.Web.Design.Tags.StepLine;

namespace FundPool.Web.Features.Compensation;

/// <summary>What the pages call the fields, states and steps of a claim.</summary>
public static class ClaimWording
{
    public static string State(this IText text, ClaimState state) => text.Of(ClaimStates.All.Label(state));

    public static string State(this IText text, string code) => ClaimStates.All.TryCode(code, out ClaimState state) ? text.State(state) : code;

    public static Tone ToneOf(ClaimState state) => state switch
    {
        ClaimState.Draft or ClaimState.Withdrawn => Tone.Neutral,
        ClaimState.Returned or ClaimState.Supplementing or ClaimState.Objected or ClaimState.ReExamined => Tone.Warn,
        ClaimState.Rejected => Tone.Bad,
        ClaimState.Approved or ClaimState.Clear or ClaimState.Paid or ClaimState.Compensated => Tone.Good,
        _ => Tone.Info,
    };

    public static Tone ToneOf(string code) => ClaimStates.All.TryCode(code, out ClaimState state) ? ToneOf(state) : Tone.Neutral;

    public static string Field(this IText text, ClaimColumn column) => text.Of(ClaimFields.Of(column).Label);

    public static string ClaimField(this IText text, string name) => name == "amount" ? text["裁定金额"]
        : ClaimFields.All.FirstOrDefault(field => field.Name == name) is { } field ? text.Of(field.Label) : name;

    /// <summary>A value of a version as a reader wants it.</summary>
    public static string? Shown(this IText text, Change change, string? raw) => raw is null ? null : change.Field switch
    {
        "risk_class" => text.Of(LoanCodes.RiskClasses, raw),
        "outstanding_principal" or "npl_principal" or "amount" => decimal.Parse(raw, CultureInfo.InvariantCulture).ToString("#,##0.00", CultureInfo.InvariantCulture),
        _ => raw,
    };

    /// <summary>The conditions of a ruling, what is not met and what is open first when <paramref name="worstFirst"/>.</summary>
    public static IEnumerable<Step> Conditions(this IText text, Ruling ruling, bool worstFirst = false)
    {
        IEnumerable<Step> lines = ruling.Steps.Where(step => step.IsCondition)
            .Select(step => RulingLines.Condition(text, step.Code, step.Article, step.Met, step.Words, step.Effect is "warning" or "review"));
        return worstFirst ? lines.OrderBy(line => line.Met == false ? 0 : line.Met is null || line.Warns ? 1 : 2) : lines;
    }

    /// <summary>The pieces of the share and the amount.</summary>
    public static IEnumerable<Step> Pieces(this IText text, Ruling ruling) => ruling.Steps.Where(step => !step.IsCondition)
        .Select(step => RulingLines.Piece(text, step.Code, step.Article, step.Met, step.Words, step.Effect));

    public static (Tone Tone, string Says) OutcomeOf(this IText text, Ruling ruling) => ruling.Outcome switch
    {
        RulingOutcome.Eligible => (Tone.Good, text["符合补偿条件"]),
        RulingOutcome.Halted => (Tone.Halted, text["符合条件，银行暂停期内不审核"]),
        RulingOutcome.Undetermined => (Tone.Warn, text["有待审核认定"]),
        _ => (Tone.Bad, text["不符合补偿条件"]),
    };

    public static (Tone Tone, string Says) StateOf(this IText text, MaterialState state) => state switch
    {
        MaterialState.Present => (Tone.Good, text["已传"]),
        MaterialState.Missing => (Tone.Warn, text["缺"]),
        MaterialState.Returned => (Tone.Bad, text["退回"]),
        _ => (Tone.Neutral, text["可不传"]),
    };

    public static string Moment(DateTime at) => Design.Clock.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A span in the largest units that say something: 3 天 4 小时.</summary>
    public static string Span(this IText text, TimeSpan span) =>
        span.TotalDays >= 1 ? text["{0} 天 {1} 小时", (int)span.TotalDays, span.Hours]
        : span.TotalHours >= 1 ? text["{0} 小时 {1} 分", (int)span.TotalHours, span.Minutes]
        : text["{0} 分钟", (int)Math.Ceiling(span.TotalMinutes)];

    /// <summary>Whether a browser shows it by itself.</summary>
    public static bool Shows(MaterialFile file) => file.ContentType is "application/pdf" or "image/jpeg" or "image/png";

    public static bool IsPicture(MaterialFile file) => file.ContentType is "image/jpeg" or "image/png";

    public static string? Percent(int? basisPoints) => basisPoints is { } known ? LoanWording.Percent(new Share(known)) : null;
}
