namespace FundPool.Domain.Loans;

/// <summary>Who borrows (a.4). Sizes are of enterprises; owners and sole traders are persons.</summary>
public enum BorrowerKind
{
    /// <summary>中型企业.</summary>
    Medium,

    /// <summary>小型企业.</summary>
    Small,

    /// <summary>微型企业.</summary>
    Micro,

    /// <summary>小微企业主.</summary>
    Owner,

    /// <summary>个体工商户.</summary>
    SoleTrader,
}

/// <summary>What the loan is (a.14).</summary>
public enum Product
{
    /// <summary>流动资金贷款.</summary>
    WorkingCapital,

    /// <summary>个人经营性贷款.</summary>
    PersonalBusiness,
}

/// <summary>Who else bears the risk (a.14).</summary>
public enum OtherCover
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>保险.</summary>
    Insurance,

    /// <summary>融资担保.</summary>
    GuaranteeCompany,

    /// <summary>再担保.</summary>
    Reguarantee,

    /// <summary>其他风险补偿.</summary>
    OtherCompensation,
}

/// <summary>How the loan is secured; several may hold.</summary>
[Flags]
public enum Securities
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>纯信用.</summary>
    Credit = 1,

    /// <summary>保证.</summary>
    Guarantee = 2,

    /// <summary>共同借款.</summary>
    CoBorrower = 4,

    /// <summary>不动产抵押.</summary>
    RealEstate = 8,

    /// <summary>动产抵押.</summary>
    Movable = 16,

    /// <summary>权利质押.</summary>
    Rights = 32,

    /// <summary>知识产权质押.</summary>
    Ip = 64,

    /// <summary>应收账款质押.</summary>
    Receivable = 128,

    /// <summary>存货抵(质)押.</summary>
    Inventory = 256,
}

/// <summary>Features of the loan that raise the share (a.16(3)).</summary>
[Flags]
public enum Features
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>首笔贷款.</summary>
    FirstLoan = 1,

    /// <summary>政府采购订单融资.</summary>
    GovProcurement = 2,

    /// <summary>无还本续贷.</summary>
    NoRepayRenewal = 4,

    /// <summary>绿色信贷.</summary>
    Green = 8,
}

/// <summary>Qualifications of the enterprise, valid on the loan date (a.16(2)).</summary>
[Flags]
public enum Qualifications
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>制造业单项冠军.</summary>
    SingleChampion = 1,

    /// <summary>国家高新技术企业.</summary>
    HighTech = 2,

    /// <summary>科技型中小企业.</summary>
    TechSme = 4,

    /// <summary>专精特新小巨人.</summary>
    LittleGiant = 8,

    /// <summary>专精特新中小企业.</summary>
    SrdiSme = 16,

    /// <summary>创新型中小企业.</summary>
    InnovativeSme = 32,

    /// <summary>重点农业龙头企业.</summary>
    AgriLeader = 64,

    /// <summary>重点企业名录.</summary>
    KeyList = 128,
}

/// <summary>The five classes of the regulator's measures (《商业银行金融资产风险分类办法》), the best first.</summary>
public enum RiskClass
{
    /// <summary>正常.</summary>
    Normal,

    /// <summary>关注.</summary>
    SpecialMention,

    /// <summary>次级.</summary>
    Substandard,

    /// <summary>可疑.</summary>
    Doubtful,

    /// <summary>损失.</summary>
    Loss,
}
