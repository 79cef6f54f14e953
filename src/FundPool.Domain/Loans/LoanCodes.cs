using FundPool.Domain.Kernel;

namespace FundPool.Domain.Loans;

/// <summary>The code lists of contract.md section 2 with their labels.</summary>
public static class LoanCodes
{
    /// <summary>借款人类型.</summary>
    public static CodeList<BorrowerKind> BorrowerKinds { get; } = new(
        [
            Entry(BorrowerKind.Medium, "medium", "中型企业", "Medium enterprise"),
            Entry(BorrowerKind.Small, "small", "小型企业", "Small enterprise"),
            Entry(BorrowerKind.Micro, "micro", "微型企业", "Micro enterprise"),
            Entry(BorrowerKind.Owner, "owner", "小微企业主", "Owner of a small or micro enterprise"),
            Entry(BorrowerKind.SoleTrader, "sole_trader", "个体工商户", "Sole trader"),
        ],
        ("中型", BorrowerKind.Medium), ("小型", BorrowerKind.Small), ("微型", BorrowerKind.Micro), ("企业主", BorrowerKind.Owner), ("个体户", BorrowerKind.SoleTrader));

    /// <summary>贷款品种.</summary>
    public static CodeList<Product> Products { get; } = new(
        [
            Entry(Product.WorkingCapital, "working_capital", "流动资金贷款", "Working capital loan"),
            Entry(Product.PersonalBusiness, "personal_business", "个人经营性贷款", "Personal business loan"),
        ],
        ("流动资金", Product.WorkingCapital), ("流贷", Product.WorkingCapital), ("个人经营贷款", Product.PersonalBusiness), ("个人经营性", Product.PersonalBusiness), ("经营贷", Product.PersonalBusiness));

    /// <summary>其他风险分担.</summary>
    public static CodeList<OtherCover> OtherCovers { get; } = new(
        [
            Entry(OtherCover.None, "none", "无", "None"),
            Entry(OtherCover.Insurance, "insurance", "保险", "Insurance"),
            Entry(OtherCover.GuaranteeCompany, "guarantee_company", "融资担保", "Guarantee company"),
            Entry(OtherCover.Reguarantee, "reguarantee", "再担保", "Re-guarantee"),
            Entry(OtherCover.OtherCompensation, "other_compensation", "其他风险补偿", "Other compensation"),
        ],
        ("没有", OtherCover.None), ("担保公司", OtherCover.GuaranteeCompany), ("融资担保公司", OtherCover.GuaranteeCompany), ("财政再担保", OtherCover.Reguarantee));

    /// <summary>担保方式.</summary>
    public static CodeList<Securities> Securities { get; } = new(
        [
            Entry(Loans.Securities.Credit, "credit", "纯信用", "Pure credit"),
            Entry(Loans.Securities.Guarantee, "guarantee", "保证", "Guarantee"),
            Entry(Loans.Securities.CoBorrower, "co_borrower", "共同借款", "Co-borrower"),
            Entry(Loans.Securities.RealEstate, "real_estate", "不动产抵押", "Real estate mortgage"),
            Entry(Loans.Securities.Movable, "movable", "动产抵押", "Movables"),
            Entry(Loans.Securities.Rights, "rights", "权利质押", "Pledge of rights"),
            Entry(Loans.Securities.Ip, "ip", "知识产权质押", "Intellectual property"),
            Entry(Loans.Securities.Receivable, "receivable", "应收账款质押", "Receivables"),
            Entry(Loans.Securities.Inventory, "inventory", "存货抵(质)押", "Inventory"),
        ],
        ("信用", Loans.Securities.Credit), ("保证担保", Loans.Securities.Guarantee), ("共同借款人", Loans.Securities.CoBorrower), ("知识产权", Loans.Securities.Ip), ("应收账款", Loans.Securities.Receivable), ("存货", Loans.Securities.Inventory), ("存货抵质押", Loans.Securities.Inventory), ("存货抵押", Loans.Securities.Inventory), ("存货质押", Loans.Securities.Inventory));

    /// <summary>贷款特征.</summary>
    public static CodeList<Features> Features { get; } = new(
        [
            Entry(Loans.Features.FirstLoan, "first_loan", "首笔贷款", "First loan"),
            Entry(Loans.Features.GovProcurement, "gov_procurement", "政府采购订单融资", "Government procurement order"),
            Entry(Loans.Features.NoRepayRenewal, "no_repay_renewal", "无还本续贷", "Renewal without repayment"),
            Entry(Loans.Features.Green, "green", "绿色信贷", "Green credit"),
        ],
        ("首贷", Loans.Features.FirstLoan), ("政府采购", Loans.Features.GovProcurement), ("绿色信贷贷款", Loans.Features.Green), ("绿色贷款", Loans.Features.Green));

    /// <summary>企业资质.</summary>
    public static CodeList<Qualifications> Qualifications { get; } = new(
        [
            Entry(Loans.Qualifications.SingleChampion, "single_champion", "制造业单项冠军", "Manufacturing single-item champion"),
            Entry(Loans.Qualifications.HighTech, "high_tech", "国家高新技术企业", "National high-tech enterprise"),
            Entry(Loans.Qualifications.TechSme, "tech_sme", "科技型中小企业", "Technology SME"),
            Entry(Loans.Qualifications.LittleGiant, "little_giant", "专精特新小巨人", "Little giant"),
            Entry(Loans.Qualifications.SrdiSme, "srdi_sme", "专精特新中小企业", "Specialised and new SME"),
            Entry(Loans.Qualifications.InnovativeSme, "innovative_sme", "创新型中小企业", "Innovative SME"),
            Entry(Loans.Qualifications.AgriLeader, "agri_leader", "重点农业龙头企业", "Leading agricultural enterprise"),
            Entry(Loans.Qualifications.KeyList, "key_list", "重点企业名录", "On a key enterprise list"),
        ],
        ("制造业单项冠军企业", Loans.Qualifications.SingleChampion), ("高新技术企业", Loans.Qualifications.HighTech), ("专精特新“小巨人”企业", Loans.Qualifications.LittleGiant), ("专精特新小巨人企业", Loans.Qualifications.LittleGiant), ("专精特新“小巨人”", Loans.Qualifications.LittleGiant), ("小巨人", Loans.Qualifications.LittleGiant));

    /// <summary>五级分类.</summary>
    public static CodeList<RiskClass> RiskClasses { get; } = new(
        [
            Entry(RiskClass.Normal, "normal", "正常", "Normal"),
            Entry(RiskClass.SpecialMention, "special_mention", "关注", "Special mention"),
            Entry(RiskClass.Substandard, "substandard", "次级", "Substandard"),
            Entry(RiskClass.Doubtful, "doubtful", "可疑", "Doubtful"),
            Entry(RiskClass.Loss, "loss", "损失", "Loss"),
        ],
        ("正常类", RiskClass.Normal), ("关注类", RiskClass.SpecialMention), ("次级类", RiskClass.Substandard), ("可疑类", RiskClass.Doubtful), ("损失类", RiskClass.Loss));

    private static CodeEntry<T> Entry<T>(T value, string code, string zh, string en)
        where T : struct, Enum => new(value, code, new Words(zh, en));
}
