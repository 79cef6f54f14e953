using System.Globalization;
using FundPool.Application.Notices;

namespace FundPool.Application.Papers;

/// <summary>A public notice as a paper: the frozen content, sentence for sentence and line for line.</summary>
internal static class NoticePaper
{
    public static Paper Of(NoticeContent content) => new()
    {
        Kind = PaperKinds.Notice,
        Number = content.Number,
        Title = PaperTitle.Break(content.Title),
        Addressee = content.Addressee,
        Body =
        [
            .. content.Paragraphs.Select(Line.Of),
            Line.Of($"业务咨询：{content.Consult}"),
            Line.Of($"异议受理：{content.Object}"),
        ],
        Annexes =
        [
            new Annex("风险补偿项目公示清单",
            [
                new Grid(
                    [
                        new Column("序号", 6, ColumnSide.Centre), new Column("加盟银行", 24), new Column("借款人", 36), new Column("不良贷款本金", 20, ColumnSide.Right),
                        new Column("补偿比例", 11, ColumnSide.Centre), new Column("拟补偿金额", 20, ColumnSide.Right),
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
        Date = content.PublishedOn,
        AmountFen = content.TotalFen,
    };
}
