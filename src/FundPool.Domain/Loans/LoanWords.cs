using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Loans;

/// <summary>What is wrong with a cell and how to mend it, in the words of the person who fills it in.</summary>
internal static class LoanWords
{
    public static Words Industry { get; } = new(
        "“行业代码”应为GB/T 4754-2017的门类字母（A–T），可加2至4位数字，例如C或C3921。",
        "\"Industry\" is a section letter A–T of GB/T 4754-2017 and none or two to four digits, for example C or C3921.");

    public static Words MaturityBeforeLoan { get; } = new(
        "“到期日期”须晚于“借据日期”，请核对两个日期。",
        "\"Maturity date\" must be after \"Loan date\"; check both.");

    public static Words CreditJoined { get; } = new(
        "“纯信用”只能单独填写或与“共同借款”同填；有其他担保的，请删去“纯信用”。",
        "Pure credit stands alone or with a co-borrower; where anything else secures the loan, take it out.");

    public static Words CreditLineMissing { get; } = new(
        "借款人是小微企业主或个体工商户，请填写“单户授信总额”（元）。",
        "The borrower is an owner or a sole trader: fill in \"Credit line\" in CNY.");

    public static Words FxRate { get; } = new(
        "“折算汇率”应为大于0、至多8位小数的数，例如7.0827（1外币折人民币）。",
        "\"Fx rate\" is a number above 0 with at most 8 decimals, for example 7.0827 (CNY per unit).");

    public static Words AnnualRateFormat { get; } = new(
        "“年利率”应写成小数或百分数，至多8位小数，例如0.0365或3.65%。",
        "\"Annual rate\" is a fraction or per cent with at most 8 decimals, for example 0.0365 or 3.65%.");

    public static Words ResidentNotAllowed { get; } = new(
        "这是居民身份证号；只有小微企业主可以填身份证号，其他借款人请填18位统一社会信用代码。",
        "This is a resident number; only an owner may give one. Fill in the unified social credit code of 18 characters.");

    public static Words Required(FileField field) => new(
        $"“{field.Header}”必须填写：{field.Meaning.Zh}，例如{field.Example}。",
        $"\"{field.Label.En}\" is required: {field.Meaning.En}, for example {field.Example}.");

    public static Words TooLong(FileField field, int length) => new(
        $"“{field.Header}”最多{field.MaxLength}个字，现有{length}个，请缩短。",
        $"\"{field.Label.En}\" may have at most {field.MaxLength} characters and has {length}; shorten it.");

    public static Words UnknownCode(FileField field, string text) => new(
        $"“{field.Header}”没有“{Short(text)}”这一项，可填：{field.Codes!.Sentence(Language.Zh)}。",
        $"\"{field.Label.En}\" has no \"{Short(text)}\"; choose from {field.Codes!.Sentence(Language.En)}.");

    public static Words Currency(string text) => new(
        $"“币种”应为ISO 4217三位字母代码，例如CNY、USD、HKD；“{Short(text)}”不是。",
        $"\"Currency\" is an ISO 4217 code of three letters such as CNY, USD, HKD; \"{Short(text)}\" is none.");

    public static Words FxRateMissing(string currency) => new(
        $"币种为{currency}，请填写“折算汇率”：放款当日人民币中间价，例如7.0827。",
        $"The currency is {currency}: fill in \"Fx rate\", the mid rate of the loan date, for example 7.0827.");

    public static Words WholeNumber(FileField field, string text) => new(
        $"“{field.Header}”应为0或正整数，现为“{Short(text)}”。",
        $"\"{field.Label.En}\" is a whole number of 0 or more, not \"{Short(text)}\".");

    public static Words Money(FileField field, string text) => new(
        $"“{field.Header}”应为至多两位小数的金额（元），例如{field.Example}；现为“{Short(text)}”。",
        $"\"{field.Label.En}\" is an amount with at most two decimals, for example {field.Example}; it reads \"{Short(text)}\".");

    public static Words MoneyTooSmall(FileField field, bool aboveZero) => aboveZero
        ? new($"“{field.Header}”须大于0。", $"\"{field.Label.En}\" must be above 0.")
        : new($"“{field.Header}”不能为负数。", $"\"{field.Label.En}\" can't be negative.");

    public static Words MoneyTooBig(FileField field) => new(
        $"“{field.Header}”折合人民币须大于0且不超过10万亿元，请核对单位是否为元。",
        $"\"{field.Label.En}\" must come to more than 0 and at most ten thousand billion CNY; check that it is in yuan.");

    public static Words Day(FileField field, string text) => new(
        $"“{field.Header}”应为存在的日期，例如2026-03-31、2026/3/31或2026年3月31日；现为“{Short(text)}”。",
        $"\"{field.Label.En}\" is an existing day such as 2026-03-31, 2026/3/31 or 20260331; it reads \"{Short(text)}\".");

    public static Words BalanceBelowLoan(Money principal) => new(
        $"“贷款余额合计”包含本笔贷款，不得少于本笔{principal}元，请核对。",
        $"\"Total balance\" includes this loan and can't be below its {principal} CNY; check both.");

    public static Words AnnualRateRange(string text) => new(
        $"“年利率”应在0和1之间：{Short(text)}若是百分数，请写成{Short(text).TrimEnd('%')}%或小数（如0.0365）。",
        $"\"Annual rate\" lies between 0 and 1: if {Short(text)} is per cent, write {Short(text).TrimEnd('%')}% or a fraction such as 0.0365.");

    public static Words Identity(IdentityFault fault, bool resident, int length) => (fault, resident) switch
    {
        (IdentityFault.Length, _) => new(
            $"“证件号码”应为18位，现有{length}位；请填18位统一社会信用代码（小微企业主可填居民身份证号）。",
            $"\"Borrower id\" has 18 characters, not {length}: the unified social credit code, or an owner's resident number."),
        (IdentityFault.Alphabet, _) => new(
            "“证件号码”含有不会出现的字符：统一社会信用代码只有数字和除I、O、S、V、Z外的大写字母，请核对是否把0写成O、1写成I。",
            "\"Borrower id\" has a character that never occurs: digits and capital letters without I, O, S, V, Z only; check for O instead of 0 and I instead of 1."),
        (IdentityFault.Birthday, _) => new(
            "居民身份证号第7至14位不是存在的出生日期，请核对。",
            "Characters 7 to 14 of the resident number are no existing day of birth; check it."),
        (IdentityFault.InnerCheck, _) => new(
            "统一社会信用代码第17位（组织机构代码校验位）不符，请对照营业执照核对第9至17位。",
            "The 17th character of the credit code (the organisation code's check) doesn't fit; compare characters 9 to 17 with the business licence."),
        (_, true) => new(
            "居民身份证号第18位校验码不符，请对照证件核对。",
            "The 18th character of the resident number doesn't fit; compare it with the card."),
        _ => new(
            "统一社会信用代码第18位校验码不符，请对照营业执照核对。",
            "The 18th character of the credit code doesn't fit; compare it with the business licence."),
    };

    private static string Short(string text) => Beginning.Shown(text, 40);
}
