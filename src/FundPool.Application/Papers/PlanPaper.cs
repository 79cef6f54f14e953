using System.Globalization;
using FundPool.Application.Notices;
using FundPool.Application.Plans;

namespace FundPool.Application.Papers;

/// <summary>A funding plan as the letter that issues it: the frozen content, sentence for sentence and line for line. It tells of each item what the notice has told.</summary>
internal static class PlanPaper
{
    public static Paper Of(PlanContent content) => new()
    {
        Kind = PaperKinds.Plan,
        Head = content.Office + "文件",
        Number = content.Number,
        Title = PaperTitle.Break($"{content.Office}关于下达{content.Title}的通知"),
        Addressee = content.To,
        Body = [.. content.Paragraphs.Select(Line.Of)],
        Annexes =
        [
            new Annex("风险补偿项目资助计划表",
            [
                new Grid(
                    [
                        new Column("序号", 6, ColumnSide.Centre), new Column("加盟银行", 22), new Column("借款人", 32), new Column("不良贷款本金", 18, ColumnSide.Right),
                        new Column("补偿比例", 10, ColumnSide.Centre), new Column("资助金额", 18, ColumnSide.Right),
                    ],
                    [.. content.Items.Select(item => (IReadOnlyList<string>)
                    [
                        item.N.ToString(CultureInfo.InvariantCulture), item.Bank, item.Borrower, PaperText.Yuan(item.PrincipalFen), PaperText.Percent(item.ShareBp), PaperText.Yuan(item.AmountFen),
                    ])],
                    ["", "合计", "", PaperText.Yuan(content.Items.Sum(item => item.PrincipalFen)), "", PaperText.Yuan(content.TotalFen)], "元"),
                .. content.Items.Any(item => item.IsReduced) ? [Line.Of(NoticeItem.ReducedNote.Zh)] : (IEnumerable<Block>)[],
            ], IsWide: true),
        ],
        Signer = content.Office,
        Date = content.IssuedOn,
        AmountFen = content.TotalFen,
    };
}
