using FundPool.Web.Design;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FundPool.Web.Features.Showcase;

/// <summary>Figures for the design page: invented, but of the length and shape of real ones.</summary>
internal static class Samples
{
    public const string PersonalId = "440301199001011234";

    public static readonly LoanRow[] Loans =
    [
        new("JJ2026-0318-0042", "深圳市鹏远精密制造有限公司", "91440300MA5EXAMP01", "科技园支行", 450_000_000, 0.0365m, "2026-03-18", Tone.Good, Key.Of("已登记")),
        new("JJ2026-0311-0017", "深圳市前海蓝海智能科技股份有限公司", "91440300MA5EXAMP02", "前海分行营业部", 2_850_000_000, 0.0415m, "2026-03-11", Tone.Warn, Key.Of("利率高于上限")),
        new("JJ2026-0227-0008", "罗湖区福田里面馆", "92440303MA5EXAMP03", "东门支行", 38_000_000, 0.0435m, "2026-02-27", Tone.Good, Key.Of("已登记")),
        new("JJ2026-0215-0101", "深圳市宝安新材料有限公司", "91440300MA5EXAMP04", "宝安支行", 1_200_000_000, 0.0390m, "2026-02-15", Tone.Bad, Key.Of("不良")),
        new("JJ2026-0109-0003", "深圳绿野农业发展有限公司", "91440300MA5EXAMP05", "坪山支行", 300_000_050, 0.0360m, "2026-01-09", Tone.Halted, Key.Of("暂缓办理")),
        new("JJ2026-0104-0001", "深圳市龙岗区横岗街道星辰眼镜制品厂", "91440300MA5EXAMP06", "龙岗支行", 95_000_000, 0.0445m, "2026-01-04", Tone.Info, Key.Of("补偿审核中")),
    ];

    public static ShellView Shell(IText T, TimeProvider clock) => new()
    {
        Person = "陈晓琳",
        Role = T["经办"],
        Organisation = "深圳湾商业银行",
        Pool = T["深圳市风险补偿资金池"],
        UnreadNotices = 3,
        NoticesHref = "/design/messages",
        AccountHref = "/design/forms",
        SignOutHref = "/design/draft",
        Session = new SessionClock(clock.GetUtcNow().AddMinutes(15), "/design/session", "/design/sign-in"),
        Menu =
        [
            new("", Key.Of("首页"), "home", "/"),
            new(Key.Of("设计"), Key.Of("列表与查询"), "table", "/design/lists"),
            new(Key.Of("设计"), Key.Of("表单与上传"), "pencil", "/design/forms", 2),
            new(Key.Of("设计"), Key.Of("认定与历史"), "scale", "/design/rulings"),
            new(Key.Of("设计"), Key.Of("图表与数字"), "chart-bar", "/design/charts"),
            new(Key.Of("设计"), Key.Of("提示与任务"), "info-circle", "/design/messages", 12),
            new(Key.Of("公开"), Key.Of("登录页"), "login", "/design/sign-in"),
        ],
    };

    public static IReadOnlyList<SelectListItem> Kinds(IText T) =>
    [
        new(T["中型企业"], "medium"), new(T["小型企业"], "small"), new(T["微型企业"], "micro"),
        new(T["小微企业主"], "owner"), new(T["个体工商户"], "sole_trader"),
    ];

    public static IReadOnlyList<SelectListItem> Features(IText T) =>
    [
        new(T["首笔贷款"], "first_loan"), new(T["政府采购订单融资"], "gov_procurement"),
        new(T["无还本续贷"], "no_repay_renewal"), new(T["绿色信贷"], "green"),
    ];

    public static IReadOnlyList<SelectListItem> Industries(IText T) =>
    [
        new(T["C3921 通信系统设备制造"], "C3921"), new(T["C2922 塑料板、管、型材制造"], "C2922"), new(T["F5179 其他机械设备批发"], "F5179"),
        new(T["H6210 正餐服务"], "H6210"), new(T["I6513 应用软件开发"], "I6513"), new(T["M7320 工程和技术研究"], "M7320"),
    ];

    public static StepLine[] Conditions(IText T) =>
    [
        new(T["第三条"], T["借款人类型与行业"], true, T["小型企业，行业 C3921 通信系统设备制造，不在排除之列。"]),
        new(T["第四条"], T["贷款余额上限"], true, T["贷款余额合计 18,300,000.00 元，不超过 30,000,000.00 元。"]),
        new(T["第十五条（二）"], T["贷款用途"], null, T["用途“采购原材料”由初审人员核对凭证后认定。"]),
        new(T["第十五条（三）"], T["年利率"], false, T["年利率 5.60%，高于上限 5.45%（贷款日一年期 LPR 3.45% + 200 个基点）。"]),
        new(T["第十九条（二）"], T["申请期限"], true, T["不良认定日 2026-08-12，申请日 2026-10-09，期限至 2026-11-12。"]),
    ];

    public static StepLine[] Share(IText T) =>
    [
        new(T["第十六条（一）"], T["余额档次"], null, T["余额 18,300,000.00 元在 15,000,000.00 元至 30,000,000.00 元之间。"], "20 %"),
        new(T["第十六条（二）"], T["企业资质"], null, T["国家高新技术企业，贷款日有效。"], "+10 %"),
        new(T["第十六条（三）"], T["贷款特征"], null, T["绿色信贷。"], "+10 %"),
        new(T["第十六条（四）"], T["封顶"], null, T["合计 40%，未超过 50%。"], "40 %"),
    ];

    public static TimelineEntry[] History(IText T) =>
    [
        new(new(2026, 10, 9, 7, 22, 41, TimeSpan.Zero), "王建国", "深圳担保集团", T["同意更正"])
        {
            Tone = Tone.Good, Article = T["第十九条（一）"], Source = T["页面"],
        },
        new(new(2026, 10, 9, 2, 5, 3, TimeSpan.Zero), "陈晓琳", "深圳湾商业银行", T["申请更正"])
        {
            Tone = Tone.Warn, Source = T["页面"], Why = T["原登记金额漏填一位，附借据影像。"],
            Changes =
            [
                new(T["贷款金额"], "450,000.00", "4,500,000.00"),
                new(T["贷款余额合计"], "13,800,000.00", "18,300,000.00"),
                new(T["经办机构"], null, "科技园支行"),
            ],
        },
        new(new(2026, 3, 30, 8, 41, 12, TimeSpan.Zero), "陈晓琳", "深圳湾商业银行", T["登记入贷款项目库"])
        {
            Tone = Tone.Info, Article = T["第十三条"], Source = T["导入"],
        },
    ];

    public static ChartFigures Ratios(IText T) => new(
        ["鹏城银行", "南山农商行", "深圳湾商业银行", "前海银行", "大鹏村镇银行", "华侨城银行"],
        [new(T["不良率"], [3.42m, 2.71m, 1.96m, 1.20m, 0.84m, 0.31m])], "%", 3m, T["暂停线"]);

    public static ChartFigures Balance(IText T) => new(
        ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"],
        [
            new(T["资金池余额"], [52_300m, 51_870m, 51_200m, 50_910m, 58_400m, 57_950m, 57_100m, 56_480m, 55_020m, 54_600m, 53_980m, 53_100m]),
            new(T["已计划未支付"], [1_200m, 980m, 1_460m, 900m, 1_100m, 2_050m, 1_830m, 1_400m, 2_300m, 1_750m, 1_200m, 1_640m]),
        ],
        T["万元"]);
}

internal sealed record LoanRow(string Note, string Borrower, string Code, string Branch, long Fen, decimal Rate, string Date, Tone Tone, string State);
