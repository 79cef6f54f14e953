using System.Globalization;

namespace FundPool.Bench;

/// <summary>A made-up loan note of the third quarter of 2026 that the 2024 rulebook admits, in the order of the file's columns.</summary>
internal static class MadeUpLoan
{
    public const string Header = "contract_no,note_no,borrower_name,borrower_id,borrower_kind,industry,employees,revenue,total_assets,loan_date,maturity_date,"
        + "currency,principal,fx_rate,annual_rate,product,purpose,security,features,qualifications,total_balance,credit_line,other_cover,branch";

    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly string[] Places = ["深圳市", "深圳", "深圳前海", "深圳龙岗", "深圳南山", "广东"];
    private const string Brands = "安邦宝昌辰诚创达德鼎东丰富广国海航浩恒弘华汇吉佳嘉建金锦京景聚凯康科力立利联隆美明宁鹏普启泰通旺伟新信兴旭亚阳一宜永裕远正志中";
    private static readonly string[] Trades = ["机械制造", "电子科技", "建筑工程", "农业发展", "食品加工", "纺织服装", "物流运输", "医药生物", "环保设备", "信息技术",
        "餐饮管理", "文化传媒", "新能源", "五金制品", "化工材料", "家具装饰", "包装印刷", "汽车配件", "教育咨询", "贸易"];
    private static readonly string[] Forms = ["有限公司", "有限公司", "有限责任公司", "股份有限公司"];
    private static readonly string[] Industries = ["C3921", "C34", "F5190", "I6510", "C1419", "G5430", "E4813", "M7320", "H6210", "A0111"];
    private static readonly string[] Purposes = ["采购原材料", "支付货款", "日常经营周转", "支付员工工资", "备货及支付运输费用"];
    private static readonly string[] Securities = ["保证", "纯信用", "不动产抵押", "保证;应收账款质押", "知识产权质押", "存货抵(质)押", "保证;动产抵押"];
    private static readonly string[] Features = ["", "", "", "首笔贷款", "绿色信贷", "无还本续贷", "首笔贷款;绿色信贷"];
    private static readonly string[] Qualifications = ["", "", "", "国家高新技术企业", "科技型中小企业", "专精特新中小企业;国家高新技术企业"];
    private static readonly string[] Branches = ["福田支行", "南山支行", "罗湖支行", "宝安支行", "龙岗支行", "前海分行营业部"];

    public static string[] Cells(int number, int seed)
    {
        Random random = new(unchecked((seed * 1_000_003) + number));
        int borrower = random.Next(40_000);
        Random of = new(borrower);
        string name = Places[of.Next(Places.Length)] + Brands[of.Next(Brands.Length)] + Brands[of.Next(Brands.Length)] + (borrower % 3 == 0 ? Brands[of.Next(Brands.Length)] : "")
            + Trades[of.Next(Trades.Length)] + Forms[of.Next(Forms.Length)];
        DateOnly day = new DateOnly(2026, 7, 1).AddDays(random.Next(92));
        string contract = string.Create(CultureInfo.InvariantCulture, $"HT{day:yyyyMMdd}-{seed:000}{number:000000}");
        long principal = 10_000L * random.Next(10, 480);
        long balance = principal + (10_000L * random.Next(0, 700));
        return
        [
            contract, contract + "-01", name, CreditCode(borrower), borrower % 4 == 0 ? "微型企业" : "小型企业", Industries[of.Next(Industries.Length)],
            Text(of.Next(21, 90)), Text(of.Next(10, 19) * 1_000_000L) + ".00", Text(of.Next(1, 9) * 1_000_000L) + ".50",
            day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.AddMonths(random.Next(3, 13)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "CNY", Text(principal) + ".00", "", "0.0" + Text(random.Next(290, 400)), "流动资金贷款", Pick(Purposes, random), Pick(Securities, random), Pick(Features, random), Pick(Qualifications, random),
            Text(balance) + ".00", "", "无", Pick(Branches, random),
        ];
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // GB 32100-2015: registering authority, kind, district, organisation code (GB 11714) and two check characters.
    private static string CreditCode(int borrower)
    {
        int[] inner = [3, 7, 9, 10, 5, 8, 4, 2];
        int[] outer = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        string body = "MA" + (borrower + 100_000).ToString("X6", CultureInfo.InvariantCulture);
        int sum = 0;
        for (int i = 0; i < 8; i++)
        {
            sum += (body[i] <= '9' ? body[i] - '0' : body[i] - 'A' + 10) * inner[i];
        }

        string code = "91440300" + body + ((11 - (sum % 11)) switch { 10 => "X", 11 => "0", int digit => Text(digit) });
        int all = 0;
        for (int i = 0; i < 17; i++)
        {
            all += Alphabet.IndexOf(code[i], StringComparison.Ordinal) * outer[i];
        }

        return code + Alphabet[(31 - (all % 31)) % 31];
    }
}
