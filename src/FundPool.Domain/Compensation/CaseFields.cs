using FundPool.Domain.Kernel;

namespace FundPool.Domain.Compensation;

/// <summary>The fields of a case in the order of contract.md section 3; where several are wrong, the first of this order is reported.</summary>
internal enum CaseField
{
    Id,
    LoanDate,
    MaturityDate,
    BorrowerKind,
    Industry,
    Principal,
    AnnualRate,
    Product,
    TotalBalance,
    CreditLine,
    OtherCover,
    Security,
    Features,
    Qualifications,
    RegisteredOn,
    Legacy,
    RiskClass,
    NplDate,
    AppliedOn,
    CreditReportOn,
    OutstandingPrincipal,
    NplPrincipal,
    BankSuspended,
    BankDishonest,
    BankRemoved,
    Unknown,
}

/// <summary>What can be wrong with a field of a case.</summary>
internal enum CaseFault : byte
{
    None,
    Required,
    UnknownCode,
    BadDate,
    BadNumber,
    OutOfRange,
    Conflict,
    BadValue,
    BadJson,
}

/// <summary>Names of fields and the sentences about what is wrong with them.</summary>
internal static class CaseFields
{
    public const int Count = (int)CaseField.Unknown;

    private static readonly string[] Names =
    [
        "id", "loanDate", "maturityDate", "borrowerKind", "industry", "principal", "annualRate", "product", "totalBalance", "creditLine", "otherCover", "security",
        "features", "qualifications", "registeredOn", "legacy", "riskClass", "nplDate", "appliedOn", "creditReportOn", "outstandingPrincipal", "nplPrincipal",
        "bankSuspended", "bankDishonest", "bankRemoved",
    ];

    private static readonly byte[][] Utf8Names = [.. Names.Select(System.Text.Encoding.UTF8.GetBytes)];

    // Fields by the length of their name, so that one name is compared with two or three at most.
    private static readonly CaseField[][] ByLength = [.. Enumerable.Range(0, 24).Select(length =>
        Enumerable.Range(0, Count).Where(i => Names[i].Length == length).Select(i => (CaseField)i).ToArray())];

    public static string Name(CaseField field) => Names[(int)field];

    public static CaseField Find(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length)
        {
            foreach (CaseField field in ByLength[name.Length])
            {
                if (name.SequenceEqual(Utf8Names[(int)field]))
                {
                    return field;
                }
            }
        }

        return CaseField.Unknown;
    }

    /// <summary>Whether a case must have the field. The credit line only some borrowers must have.</summary>
    public static bool IsRequired(CaseField field) => field is not (CaseField.CreditLine or CaseField.Features or CaseField.Qualifications or CaseField.Legacy
        or CaseField.NplPrincipal or CaseField.BankSuspended or CaseField.BankDishonest or CaseField.BankRemoved);

    public static Problem Problem(CaseField field, CaseFault fault) => new(Name(field), Code(fault), Message(field, fault));

    public static Problem BadLine { get; } = new("line", Code(CaseFault.BadJson), new Words("这一行不是一个JSON对象", "This line is no JSON object"));

    private static string Code(CaseFault fault) => fault switch
    {
        CaseFault.Required => "required",
        CaseFault.UnknownCode => "unknown_code",
        CaseFault.BadDate => "bad_date",
        CaseFault.BadNumber => "bad_number",
        CaseFault.OutOfRange => "out_of_range",
        CaseFault.Conflict => "conflict",
        CaseFault.BadValue => "bad_value",
        _ => "bad_json",
    };

    private static Words Message(CaseField field, CaseFault fault) => (fault, field) switch
    {
        (CaseFault.Required, _) => new($"{Name(field)}必须填写", $"{Name(field)} is required"),
        (CaseFault.UnknownCode, _) => new($"{Name(field)}含有未知代码", $"{Name(field)} holds an unknown code"),
        (CaseFault.BadDate, _) => new($"{Name(field)}应为存在的日期，写成yyyy-MM-dd", $"{Name(field)} is an existing day, yyyy-MM-dd"),
        (CaseFault.BadNumber, CaseField.AnnualRate) => new("annualRate应为至多8位小数的字符串，如0.0365", "annualRate is a plain decimal string of at most 8 decimals, such as 0.0365"),
        (CaseFault.BadNumber, _) => new($"{Name(field)}应为至多两位小数的字符串，如4500000.00", $"{Name(field)} is a plain decimal string of at most two decimals, such as 4500000.00"),
        (CaseFault.OutOfRange, CaseField.MaturityDate) => new("maturityDate须晚于loanDate", "maturityDate must be after loanDate"),
        (CaseFault.OutOfRange, CaseField.TotalBalance) => new("totalBalance须大于0，且不少于principal", "totalBalance must be above 0 and not below principal"),
        (CaseFault.OutOfRange, CaseField.OutstandingPrincipal or CaseField.NplPrincipal) => new($"{Name(field)}须大于0，且不超过principal", $"{Name(field)} must be above 0 and not above principal"),
        (CaseFault.OutOfRange, _) => new($"{Name(field)}须大于0且在可记录的范围内", $"{Name(field)} must be above 0 and within what can be kept"),
        (CaseFault.Conflict, _) => new("credit只能单独填写或与co_borrower同填", "credit stands alone or with co_borrower"),
        (CaseFault.BadValue, CaseField.Industry) => new("industry应为字母A–T，可加2至4位数字", "industry is a letter A–T and none or two to four digits"),
        (CaseFault.BadValue, CaseField.Legacy or CaseField.BankSuspended or CaseField.BankDishonest or CaseField.BankRemoved) => new($"{Name(field)}应为true或false", $"{Name(field)} is true or false"),
        (CaseFault.BadValue, CaseField.Id) => new("id应为字符串或数字", "id is a string or a number"),
        _ => new($"{Name(field)}的形式不对", $"{Name(field)} has the wrong form"),
    };
}
