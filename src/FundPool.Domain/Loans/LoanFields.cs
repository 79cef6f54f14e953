using System.Collections.Frozen;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Loans;

/// <summary>How a field is written.</summary>
public enum FieldKind
{
    /// <summary>Free text.</summary>
    Text,

    /// <summary>A credit code or resident number.</summary>
    Identity,

    /// <summary>One code of a list.</summary>
    Code,

    /// <summary>Several codes of a list, joined by <c>;</c>.</summary>
    Codes,

    /// <summary>An industry code.</summary>
    Industry,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A sum with at most two decimals.</summary>
    Money,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A decimal fraction.</summary>
    Rate,

    /// <summary>An ISO 4217 code.</summary>
    Currency,
}

/// <summary>The columns of the loan file, in the contract's order.</summary>
public enum LoanColumn
{
#pragma warning disable CS1591 // LoanFields says of each what it means.
    ContractNo,
    NoteNo,
    BorrowerName,
    BorrowerId,
    BorrowerKind,
    Industry,
    Employees,
    Revenue,
    TotalAssets,
    LoanDate,
    MaturityDate,
    Currency,
    Principal,
    FxRate,
    AnnualRate,
    Product,
    Purpose,
    Security,
    Features,
    Qualifications,
    TotalBalance,
    CreditLine,
    OtherCover,
    Branch,
#pragma warning restore CS1591
}

/// <summary>One field of a file: its names, what it means and how it is written. Template, import, form and messages read it here.</summary>
/// <param name="Name">The English header, the outward field name.</param>
/// <param name="Header">The Chinese header.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Required">Whether it must be filled in always.</param>
/// <param name="MaxLength">The most characters of a text; 0 where the form limits it.</param>
/// <param name="Meaning">What to write, for the template's notes and the form's hint.</param>
/// <param name="Example">An example.</param>
/// <param name="Codes">The codes to choose from, if any.</param>
public sealed record FileField(string Name, string Header, FieldKind Kind, bool Required, int MaxLength, Words Meaning, string Example, CodeList? Codes = null)
{
    /// <summary>The header in both languages.</summary>
    public Words Label => new(Header, char.ToUpperInvariant(Name[0]) + Name[1..].Replace('_', ' '));
}

/// <summary>The loan file of contract.md section 2.</summary>
public static class LoanFields
{
    /// <summary>The fields in the contract's order; the index is the <see cref="LoanColumn"/>.</summary>
    public static IReadOnlyList<FileField> All { get; } =
    [
        new("contract_no", "合同编号", FieldKind.Text, true, 64, new("借款合同的编号", "Number of the loan contract"), "HT-2026-00123"),
        new("note_no", "借据编号", FieldKind.Text, true, 64, new("借据的编号，同一银行内不得重复；一张借据一行", "Number of the loan note, unique within the bank; one note a row"), "JJ-2026-00123-1"),
        new("borrower_name", "借款人名称", FieldKind.Text, true, 200, new("借款企业全称，或小微企业主、个体工商户姓名", "Full name of the enterprise or person"), "深圳市示例科技有限公司"),
        new("borrower_id", "证件号码", FieldKind.Identity, true, 18, new("18位统一社会信用代码；小微企业主可填18位居民身份证号", "Unified social credit code of 18 characters; an owner's resident number of 18"), "91440300192317458F"),
        new("borrower_kind", "借款人类型", FieldKind.Code, true, 0, new("按工信部联企业〔2011〕300号划型", "Size by the national standard, or a person"), "小型企业", LoanCodes.BorrowerKinds),
        new("industry", "行业代码", FieldKind.Industry, true, 5, new("GB/T 4754-2017：门类字母，可加2至4位数字", "GB/T 4754-2017: a section letter and none or two to four digits"), "C3921"),
        new("employees", "从业人员", FieldKind.WholeNumber, false, 0, new("人数，用于核对企业划型", "Head count, checks the size class"), "86"),
        new("revenue", "营业收入", FieldKind.Money, false, 0, new("上年度营业收入，元", "Last year's revenue in CNY"), "32000000.00"),
        new("total_assets", "资产总额", FieldKind.Money, false, 0, new("上年末资产总额，元", "Total assets in CNY"), "18000000.00"),
        new("loan_date", "借据日期", FieldKind.Date, true, 0, new("借据记载的日期，决定登记季度", "Date on the loan note; it decides the quarter"), "2026-03-31"),
        new("maturity_date", "到期日期", FieldKind.Date, true, 0, new("借据到期日，须晚于借据日期", "Day of maturity, after the loan date"), "2027-03-31"),
        new("currency", "币种", FieldKind.Currency, false, 3, new("ISO 4217代码，空白即CNY", "ISO 4217 code, CNY if left empty"), "CNY"),
        new("principal", "贷款金额", FieldKind.Money, true, 0, new("放款金额，以所填币种计，大于0", "Amount lent in the currency, above 0"), "4500000.00"),
        new("fx_rate", "折算汇率", FieldKind.Rate, false, 0, new("外币必填：放款当日人民币中间价（1外币折人民币）", "Required unless CNY: CNY per unit, mid rate of the loan date"), "7.0827"),
        new("annual_rate", "年利率", FieldKind.Rate, true, 0, new("小数或百分数：0.0365 或 3.65%", "A fraction or per cent: 0.0365 or 3.65%"), "0.0365"),
        new("product", "贷款品种", FieldKind.Code, true, 0, new("企业填流动资金贷款，个人填个人经营性贷款", "Working capital for enterprises, personal business for persons"), "流动资金贷款", LoanCodes.Products),
        new("purpose", "贷款用途", FieldKind.Text, true, 200, new("实际用途", "What the money is for"), "采购原材料"),
        new("security", "担保方式", FieldKind.Codes, true, 0, new("可多选，用分号隔开；纯信用只能与共同借款同选", "Any of the list joined by semicolons; pure credit only alone or with a co-borrower"), "保证;应收账款质押", LoanCodes.Securities),
        new("features", "贷款特征", FieldKind.Codes, false, 0, new("可多选，用分号隔开；没有则空白", "Any of the list joined by semicolons, or empty"), "首笔贷款", LoanCodes.Features),
        new("qualifications", "企业资质", FieldKind.Codes, false, 0, new("借据日期当日有效的资质，可多选，用分号隔开；没有则空白", "Valid on the loan date, joined by semicolons, or empty"), "国家高新技术企业", LoanCodes.Qualifications),
        new("total_balance", "贷款余额合计", FieldKind.Money, true, 0, new("借款人放款时点在各银行的流动资金（个人为经营性）贷款余额，含本笔，元", "The borrower's balance at all banks on the loan date, this loan included, in CNY"), "9800000.00"),
        new("credit_line", "单户授信总额", FieldKind.Money, false, 0, new("小微企业主、个体工商户必填，元", "Required for owners and sole traders, in CNY"), "5000000.00"),
        new("other_cover", "其他风险分担", FieldKind.Code, true, 0, new("没有则填“无”", "\"None\" where there is none"), "无", LoanCodes.OtherCovers),
        new("branch", "经办机构", FieldKind.Text, false, 100, new("经办支行", "The branch"), "福田支行"),
    ];

    private static readonly FrozenDictionary<string, int> ByHeader = All
        .SelectMany((field, i) => new[] { (field.Name, i), (field.Header, i) })
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.i, StringComparer.OrdinalIgnoreCase);

    /// <summary>The field of a column.</summary>
    public static FileField Of(LoanColumn column) => All[(int)column];

    /// <summary>The column that a header means, Chinese or English, in any case and with stray spaces; null for a column that the file doesn't know.</summary>
    public static LoanColumn? Find(string header) =>
        ByHeader.TryGetValue(CellText.Clean(header, foldWidth: true).TrimEnd('*'), out int column) ? (LoanColumn)column : null;

    /// <summary>Writes a loan back as the file's cells, in the contract's order and spelling. Equal loans give equal cells.</summary>
    public static string?[] Write(LoanFacts loan)
    {
        LoanTerms terms = loan.Terms;
        return
        [
            loan.ContractNo, loan.NoteNo, loan.BorrowerName, loan.BorrowerId, LoanCodes.BorrowerKinds.Code(terms.BorrowerKind), terms.Industry,
            loan.Employees?.ToString(System.Globalization.CultureInfo.InvariantCulture), loan.Revenue?.ToString(), loan.TotalAssets?.ToString(),
            Day(terms.LoanDate), Day(terms.MaturityDate), loan.Currency, loan.OriginalPrincipal.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), loan.FxRate?.ToString(),
            terms.AnnualRate.ToString(), LoanCodes.Products.Code(terms.Product), loan.Purpose, LoanCodes.Securities.Codes(terms.Securities),
            LoanCodes.Features.Codes(terms.Features), LoanCodes.Qualifications.Codes(terms.Qualifications), terms.TotalBalance.ToString(), terms.CreditLine?.ToString(),
            LoanCodes.OtherCovers.Code(terms.OtherCover), loan.Branch,
        ];

        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }
}
