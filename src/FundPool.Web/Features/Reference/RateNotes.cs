using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Reference;

/// <summary>The remarks that came with the rates (Domain/Facts/lpr.csv), in the language of the page; what an administrator wrote stays as it is.</summary>
internal static class RateNotes
{
    public static string RateNote(this IText text, string note) => note switch
    {
        "agrees with independent lists + knowledge" => text["与多份独立资料一致"],
        "list value; no rate change since 2025-05-20" => text["取自资料；2025-05-20 以来没有变动"],
        _ when note.StartsWith("agrees;", StringComparison.Ordinal) => text["与资料一致"],
        _ when note.StartsWith("5Y cut", StringComparison.Ordinal) => text["五年期自该日下调；个别资料误记为次月"],
        _ when note.StartsWith("published on Sunday", StringComparison.Ordinal) => text["该日为调休上班的周日，当日公布；只有一份资料"],
        _ when note.Contains("Dragon Boat", StringComparison.Ordinal) => text["当月 20 日在端午假期内，顺延公布"],
        _ => note,
    };
}
