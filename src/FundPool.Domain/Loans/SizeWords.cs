using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Loans;

/// <summary>What a bank is told about an enterprise's size: warnings only, since the size class is the bank's statement and the reviewer's to check.</summary>
internal static class SizeWords
{
    public static bool Warns(in SizeFinding size, BorrowerKind kind) =>
        Stated(kind) is { } stated && (size.Contradicts(stated) || !size.Exact || size.IndustryUnclear) && !(size.AtMost is null && !size.IndustryUnclear);

    public static bool? Verdict(in SizeFinding size, BorrowerKind kind) =>
        Stated(kind) is { } stated && size.Contradicts(stated) ? false : size.Exact ? true : null;

    public static string Field(in SizeFinding size) =>
        size.IndustryUnclear ? "industry"
        : size.Misses(SizeMeasure.Employees) ? "employees"
        : size.Misses(SizeMeasure.Revenue) ? "revenue"
        : size.Misses(SizeMeasure.TotalAssets) ? "total_assets"
        : "borrower_kind";

    public static Words Of(in SizeFinding size, LoanFacts loan)
    {
        Words stated = LoanCodes.BorrowerKinds.Label(loan.Terms.BorrowerKind);
        if (size.IndustryUnclear)
        {
            return new Words(
                $"行业{loan.Terms.Industry}位数不足，无法核对企业划型，请补全行业代码",
                $"Industry {loan.Terms.Industry} has too few digits to check the size class; give the full code");
        }

        if (Stated(loan.Terms.BorrowerKind) is { } kind && size.Contradicts(kind) && size.AtMost is { } most)
        {
            return size.Exact
                ? new Words($"按从业人员、营业收入和资产总额划型为{Name(most).Zh}，与所填{stated.Zh}不符，请核对", $"The figures make it {Name(most).En}, not {stated.En}; please check")
                : new Words($"按已填数据最多为{Name(most).Zh}，与所填{stated.Zh}不符，请核对", $"By the figures given it is {Name(most).En} at most, not {stated.En}; please check");
        }

        (string zh, string en) = Missing(size);
        return new Words($"未填{zh}，无法完全核对企业划型", $"Without {en} the size class can't be checked in full");
    }

    private static (string Zh, string En) Missing(SizeFinding size)
    {
        LoanColumn[] columns =
        [
            .. size.Misses(SizeMeasure.Employees) ? [LoanColumn.Employees] : Array.Empty<LoanColumn>(),
            .. size.Misses(SizeMeasure.Revenue) ? [LoanColumn.Revenue] : Array.Empty<LoanColumn>(),
            .. size.Misses(SizeMeasure.TotalAssets) ? [LoanColumn.TotalAssets] : Array.Empty<LoanColumn>(),
        ];
        return (string.Join("、", columns.Select(column => LoanFields.Of(column).Header)), string.Join(", ", columns.Select(column => LoanFields.Of(column).Label.En)));
    }

    private static SizeClass? Stated(BorrowerKind kind) => kind switch
    {
        BorrowerKind.Medium => SizeClass.Medium,
        BorrowerKind.Small => SizeClass.Small,
        BorrowerKind.Micro => SizeClass.Micro,
        _ => null,
    };

    private static Words Name(SizeClass size) => size switch
    {
        SizeClass.Large => new("大型企业", "a large enterprise"),
        SizeClass.Medium => new("中型企业", "a medium enterprise"),
        SizeClass.Small => new("小型企业", "a small enterprise"),
        _ => new("微型企业", "a micro enterprise"),
    };
}
