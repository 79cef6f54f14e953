using System.Globalization;
using FundPool.Application.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Suspension;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Change = FundPool.Application.Loans.FieldChange;

namespace FundPool.Web.Features.Loans;

/// <summary>What the pages call the fields, codes, conditions and states of a loan.</summary>
public static class LoanWording
{
    /// <summary>What a field of the loan file, or one that the portal adds to it, is called.</summary>
    public static string Field(this IText text, string field) => field switch
    {
        "risk_class" => text["五级分类"],
        "class_date" => text["认定日期"],
        "npl_since" => text["不良起始日"],
        "outstanding" => text["本金余额"],
        "overdue_days" => text["逾期天数"],
        "library" => text["所在库"],
        "expected_share" => text["预计补偿比例"],
        "warnings" => text["提醒事项"],
        "rulebook" => text["适用细则"],
        "principal_cny" => text["贷款金额（折人民币）"],
        "registered_on" => text["入库日期"],
        "legacy_reason" => text["补录理由"],
        _ => LoanFields.Find(field) is { } column ? text.Of(LoanFields.Of(column).Label) : field,
    };

    public static string Field(this IText text, LoanColumn column) => text.Of(LoanFields.Of(column).Label);

    /// <summary>A value in the spelling of the loan file as a reader wants it: labels for codes, thousands, per cent.</summary>
    public static string? Shown(this IText text, string field, string? raw)
    {
        if (string.IsNullOrEmpty(raw))
        {
            return null;
        }

        return field switch
        {
            "risk_class" => text.Of(LoanCodes.RiskClasses, raw),
            "library" => text.Of(LoanLabels.Library(raw)),
            "expected_share" or "annual_rate" => Percent(decimal.Parse(raw, CultureInfo.InvariantCulture)),
            "outstanding" or "principal_cny" => Amount(raw),
            "warnings" => string.Join(text["、"], raw.Split(';').Select(code => RulingLines.Title(text, code))),
            _ when LoanFields.Find(field) is { } column => ShownField(text, LoanFields.Of(column), raw),
            _ => raw,
        };
    }

    public static string Of<T>(this IText text, CodeList<T> list, string code)
        where T : struct, Enum => LoanLabels.Of(list, code, text.IsEnglish);

    /// <summary>The codes of a list to choose from.</summary>
    public static IEnumerable<SelectListItem> Options(this IText text, CodeList list, IReadOnlyCollection<string>? chosen = null) =>
        list.Choices.Select(choice => new SelectListItem(text.Of(choice.Label), choice.Code, chosen?.Contains(choice.Code) ?? false));

    public static IEnumerable<FundPool.Web.Design.Tags.FieldChange> Changes(this IText text, IEnumerable<Change> changes) =>
        changes.Select(change => new FundPool.Web.Design.Tags.FieldChange(text.Field(change.Field), text.Shown(change.Field, change.Old), text.Shown(change.Field, change.New)));

    /// <summary>The conditions of a registration, each with its article; what is only worth a look is a reminder, not a refusal.</summary>
    public static IEnumerable<StepLine> Steps(this IText text, RegistrationRuling ruling) => ruling.Findings.Select(finding =>
        RulingLines.Condition(text, finding.Code, finding.Article, finding.Met, finding.Words, finding.Kind == FindingKind.Warning));

    /// <summary>The pieces of the expected share.</summary>
    public static IEnumerable<StepLine> Steps(this IText text, IEnumerable<RulingStep> share) => share.Select(step =>
        RulingLines.Piece(text, step.Code, step.Article, step.Met, step.Words, step.Effect));

    public static Tone ToneOf(string riskClass) => riskClass switch
    {
        "normal" => Tone.Good,
        "special_mention" => Tone.Warn,
        _ => Tone.Bad,
    };

    public static Tone ToneOf(Standing standing) => standing switch
    {
        Standing.Suspended => Tone.Halted,
        Standing.Warned => Tone.Warn,
        _ => Tone.Good,
    };

    public static string Of(this IText text, Standing standing) => standing switch
    {
        Standing.Suspended => text["暂停补偿审核"],
        Standing.Warned => text["预警"],
        _ => text["正常"],
    };

    public static string Percent(decimal fraction) => fraction.ToString("0.##%", CultureInfo.InvariantCulture) is var shown && fraction * 100 % 1 == 0
        ? shown : fraction.ToString("0.00######%", CultureInfo.InvariantCulture);

    public static string Percent(Share share) => Percent(share.BasisPoints / 10_000m);

    /// <summary>Six decimals as a person reads a ratio: 2.96%.</summary>
    public static string Percent(NplRatio ratio) => decimal.Parse(ratio.ToString(), CultureInfo.InvariantCulture).ToString("0.00##%", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Quarter(this IText text, int quarter) => text["{0} 年第 {1} 季度", quarter / 10, quarter % 10];

    /// <summary>An amount in a cell of a long table: the markup of fp-money without the cost of a tag helper.</summary>
    public static IHtmlContent MoneyCell(long fen)
    {
        string exact = (fen / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);
        string wan = Math.Round(fen / 1_000_000m, 2, MidpointRounding.AwayFromZero).ToString("#,##0.00", CultureInfo.InvariantCulture);
        return new HtmlString($"<span class=\"money\"><span class=\"in-yuan\">{exact}</span><span class=\"in-wan\" title=\"{exact}\">{wan}</span></span>");
    }

    private static string ShownField(IText text, FileField field, string raw) => field.Kind switch
    {
        Domain.Loans.FieldKind.Code or Domain.Loans.FieldKind.Codes when field.Codes is { } list => string.Join(text["、"], raw.Split(';').Select(code =>
            list.Choices.Where(choice => choice.Code == code).Select(choice => text.Of(choice.Label)).FirstOrDefault() ?? code)),
        Domain.Loans.FieldKind.Money => Amount(raw),
        _ => raw,
    };

    private static string Amount(string raw) =>
        decimal.TryParse(raw, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal amount)
            ? amount.ToString("#,##0.00", CultureInfo.InvariantCulture) : raw;
}
