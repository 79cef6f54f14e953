using System.Globalization;
using System.Text.Json;
using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Rulebooks;

/// <summary>Says a rulebook's data in sentences. The figures come from the rulebook itself; only their connection is written here.</summary>
public static class RulebookWords
{
    /// <summary>What a condition is called (contract.md section 3).</summary>
    public static string ConditionName(this IText T, string code) => T[code switch
    {
        "term" => Key.Of("适用期限"),
        "rulebook_complete" => Key.Of("规则齐备"),
        "borrower_kind" => Key.Of("借款人类型"),
        "industry" => Key.Of("行业"),
        "ceiling" => Key.Of("余额与授信上限"),
        "product" => Key.Of("贷款品种"),
        "other_cover" => Key.Of("其他风险分担"),
        "purpose" => Key.Of("贷款用途"),
        "risk_class" => Key.Of("五级分类"),
        "rate" => Key.Of("利率上限"),
        "registration_window" => Key.Of("登记期限"),
        "npl_after_registration" => Key.Of("入库后转为不良"),
        "claim_window" => Key.Of("申请期限"),
        "credit_report" => Key.Of("征信报告"),
        "bank_dishonest" => Key.Of("银行失信"),
        "bank_removed" => Key.Of("加盟资格"),
        "bank_suspended" => Key.Of("暂停补偿"),
        _ => code,
    }];

    /// <summary>What must hold, with the rulebook's own figures.</summary>
    public static string Requirement(this IText T, JsonElement condition, Rulebook rulebook) => condition.GetProperty("test").GetString() switch
    {
        "within_term" => T["借据日期不早于 {0}，不良认定日不晚于 {1}", Text(condition, "loan_from"), Text(condition, "npl_to")],
        "rulebook_complete" => T["借据日期和不良认定日所指向的规则都已录入完整"],
        "borrower_kind_in" => Labels(T, LoanCodes.BorrowerKinds, condition, "kinds"),
        "industry_not_in" => T["行业门类不是 {0}（金融业、房地产业）", string.Join(T["、"], Texts(condition, "excluded"))],
        "ceilings" => string.Join(T["；"], condition.GetProperty("ceilings").EnumerateArray().Select(ceiling => T["{0}：{1}不超过 {2} 元",
            Labels(T, LoanCodes.BorrowerKinds, ceiling, "kinds"), T.Of((Text(ceiling, "measure") == "credit_line" ? LoanFields.Of(LoanColumn.CreditLine) : LoanFields.Of(LoanColumn.TotalBalance)).Label),
            Amount(Text(ceiling, "max"))])),
        "product_in" => Labels(T, LoanCodes.Products, condition, "products"),
        "other_cover_in" => T["只能是：{0}", Labels(T, LoanCodes.OtherCovers, condition, "allowed")],
        "for_the_reviewer" => T["用于本企业生产经营，由审核人员核实，系统不作判定"],
        "non_performing" => T["次级、可疑、损失之一"],
        "rate_within_lpr" => T["不超过借据日期适用的 LPR 加 {0} 个基点；期限超过 {1} 年的用五年期以上 LPR",
            (decimal.Parse(Text(condition, "spread"), CultureInfo.InvariantCulture) * 10_000m).ToString("0", CultureInfo.InvariantCulture), condition.GetProperty("long_term_after_years").GetInt32()],
        "registered_in_window" => T["借据日期至登记截止日之间入库；{0} 至 {1} 的贷款可凭理由补录", Text(condition.GetProperty("legacy"), "from"), Text(condition.GetProperty("legacy"), "to")],
        "npl_after_registration" => T["不良认定日在入库日之后；同一天的由审核人员认定"],
        "filed_within" => rulebook.Deadlines.FirstOrDefault(rule => rule.Code == Text(condition, "deadline")) is { } rule ? T["在期限内：{0}", Length(T, rule)] : "",
        "bank_not" => Text(condition, "standing") switch
        {
            "dishonest" => T["银行不在严重失信主体名单上"],
            "removed" => T["银行的加盟资格有效"],
            _ => T["银行没有被暂停补偿业务"],
        },
        _ => "",
    };

    public static string AtRegistrationOf(this IText T, AtRegistration effect) => effect switch
    {
        AtRegistration.Refuse => T["不符合则不能入库"],
        AtRegistration.Warn => T["不符合则提示，可以入库"],
        _ => "—",
    };

    public static string AtClaimOf(this IText T, AtClaim effect) => effect switch
    {
        AtClaim.Decide => T["不符合则不予补偿"],
        AtClaim.Halt => T["不符合则暂停办理，保留时序"],
        _ => T["由审核人员认定"],
    };

    public static string Length(this IText T, DeadlineRule rule) => rule.Counting switch
    {
        Counting.WorkingDays => T["{0} 个工作日", rule.Length],
        Counting.CalendarDays => T["{0} 个自然日", rule.Length],
        Counting.Months => T["{0} 个月", rule.Length],
        Counting.WorkingDayOfNextQuarter => T["下季度第 {0} 个工作日", rule.Length],
        _ => T["次年 2 月最后一天"],
    };

    public static string Who(this IText T, string who) => T[who switch
    {
        "bank" => Key.Of("加盟银行"),
        "reviewer" => Key.Of("项目库管理机构"),
        "treasurer" => Key.Of("资金管理机构"),
        "authority" => Key.Of("主管部门"),
        "finance" => Key.Of("财政部门"),
        "managers" => Key.Of("各管理机构"),
        "system" => Key.Of("系统"),
        _ => who,
    }];

    /// <summary>What stops and what goes on while a bank is suspended.</summary>
    public static string Activity(this IText T, string code) => T[code switch
    {
        "review" => Key.Of("审核补偿申请"),
        "batch" => Key.Of("进入补偿批次"),
        "registration" => Key.Of("贷款登记"),
        "claim_intake" => Key.Of("接收补偿申请"),
        "published" => Key.Of("已公示的项目"),
        "planned" => Key.Of("已列入计划的项目"),
        "payment" => Key.Of("拨付"),
        "recovery" => Key.Of("清收"),
        "return" => Key.Of("返还资金"),
        _ => code,
    }];

    public static string Percent(Share share) => (share.BasisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>The reasons of an addition, as people call them.</summary>
    public static IEnumerable<string> Reasons(this IText T, ShareAddition addition)
    {
        IEnumerable<Words> labels = LoanCodes.Qualifications.In(addition.AnyQualification).Select(entry => entry.Label)
            .Concat(LoanCodes.Features.In(addition.AnyFeature).Select(entry => entry.Label))
            .Concat(LoanCodes.Securities.In(addition.AnySecurity).Select(entry => entry.Label));
        return addition.PureCredit ? labels.Select(T.Of).Append(T["纯信用"]) : labels.Select(T.Of);
    }

    private static string Amount(string plain) => decimal.Parse(plain, CultureInfo.InvariantCulture).ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static string Text(JsonElement part, string name) => part.GetProperty(name).GetString() ?? "";

    private static IEnumerable<string> Texts(JsonElement part, string name) => part.GetProperty(name).EnumerateArray().Select(item => item.GetString() ?? "");

    private static string Labels<TValue>(IText T, CodeList<TValue> list, JsonElement part, string name)
        where TValue : struct, Enum =>
        string.Join(T["、"], Texts(part, name).Select(code => list.TryCode(code, out TValue value) ? T.Of(list.Label(value)) : code));
}
