using System.Globalization;
using FundPool.Domain.Kernel;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Design.Tags;

/// <summary>
/// The steps of a ruling, as the domain or a stored ruling gives them (contract, section 3), brought to what
/// <c>&lt;fp-steps&gt;</c> shows: a title to the code, percentages and amounts written out.
/// </summary>
public static class RulingLines
{
    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["term"] = Key.Of("办法有效期"),
        ["rulebook_complete"] = Key.Of("办法参数"),
        ["borrower_kind"] = Key.Of("借款人类型"),
        ["industry"] = Key.Of("行业"),
        ["ceiling"] = Key.Of("余额与授信上限"),
        ["product"] = Key.Of("贷款品种"),
        ["other_cover"] = Key.Of("其他风险分担"),
        ["purpose"] = Key.Of("贷款用途"),
        ["risk_class"] = Key.Of("五级分类"),
        ["rate"] = Key.Of("年利率"),
        ["registration_window"] = Key.Of("登记期限"),
        ["npl_after_registration"] = Key.Of("先登记后不良"),
        ["claim_window"] = Key.Of("申请期限"),
        ["credit_report"] = Key.Of("征信报告"),
        ["bank_dishonest"] = Key.Of("银行失信"),
        ["bank_removed"] = Key.Of("银行退出"),
        ["bank_suspended"] = Key.Of("银行暂停"),
        ["size_class"] = Key.Of("企业规模"),
        ["step"] = Key.Of("余额档次"),
        ["qualification"] = Key.Of("企业资质"),
        ["feature"] = Key.Of("贷款特征"),
        ["cap"] = Key.Of("封顶"),
        ["amount"] = Key.Of("补偿金额"),
    };

    /// <summary>A condition. <paramref name="warns"/>: met or not, it doesn't decide but asks for a look.</summary>
    public static StepLine Condition(IText text, string code, Article article, bool? met, Words words, bool warns = false) =>
        new(text.Of(article.Words), Title(text, code), met, text.Of(words)) { Warns = warns };

    /// <summary>A piece of the share, with the effect as the ruling writes it: 0.40, +0.10, 1800000.00.</summary>
    public static StepLine Piece(IText text, string code, Article article, bool? met, Words words, string effect) =>
        new(text.Of(article.Words), Title(text, code), met, text.Of(words), Written(code, effect));

    /// <summary>A few words for a condition's or a piece's code; a code of another city's rulebook stands for itself.</summary>
    public static string Title(IText text, string code) => Titles.TryGetValue(code, out string? title) ? text[title] : code;

    private static string Written(string code, string effect) =>
        !decimal.TryParse(effect, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? "—"
        : code == "amount" ? value.ToString("#,##0.00", CultureInfo.InvariantCulture)
        : (effect.StartsWith('+') ? "+" : "") + (value * 100m).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
