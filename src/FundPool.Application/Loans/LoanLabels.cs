using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Application.Loans;

/// <summary>What people call the stored codes of a loan.</summary>
public static class LoanLabels
{
    public static string Of<T>(CodeList<T> list, string code, bool english)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(list);
        return list.TryCode(code, out T value) ? (english ? list.Label(value).En : list.Label(value).Zh) : code;
    }

    public static string OfList<T>(CodeList<T> list, string codes, bool english)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(codes);
        return codes.Length == 0 ? "" : string.Join(english ? ", " : "、", codes.Split(';').Select(code => Of(list, code, english)));
    }

    /// <summary>The library that a loan project is in (a.10).</summary>
    public static Words Library(string code) => code switch
    {
        "loan" => new Words("贷款项目库", "Loan library"),
        "compensation" => new Words("风险补偿项目库", "Compensation library"),
        "settlement" => new Words("清偿项目库", "Settlement library"),
        "closed" => new Words("已结项", "Closed"),
        "struck_out" => new Words("已剔除", "Struck out"),
        _ => new Words(code, code),
    };
}
