using System.Globalization;
using FundPool.Data.Compensation;

namespace FundPool.Application.Papers;

internal sealed record OrderLine(int N, string Claim, string Borrower, string Note, long Fen);

/// <summary>The payment order (付款通知单) of a released order: to whom, how much, for which claims.</summary>
internal static class OrderPaper
{
    public static Paper Of(PaymentOrder order, Payout payout, string plan, IReadOnlyList<OrderLine> lines, string bank, string office, string pool) => new()
    {
        Kind = PaperKinds.PaymentOrder,
        Number = order.Number,
        Title = [.. PaperTitle.Break(pool), "风险补偿资金付款单"],
        Addressee = bank,
        Body =
        [
            Line.Of($"根据{(plan.Length == 0 ? "资助计划" : $"《{plan}》资助计划")}，现将风险补偿资金拨付你行，请查收并在系统中确认到账。"),
            new Facts(
            [
                new Fact("收款单位", payout.AccountName, IsWide: true), new Fact("开户银行", payout.OpeningBank), new Fact("收款账号", payout.AccountShown),
                new Fact("拨付金额", PaperText.InFull(order.TotalFen), IsWide: true),
                new Fact("制单", $"{order.PreparedByName}（{PaperText.Day(order.PreparedOn)}）"), new Fact("放行", $"{order.ReleasedByName}（{PaperText.Day(Released(order))}）"),
                new Fact("项目数", lines.Count.ToString(CultureInfo.InvariantCulture)), new Fact("资助计划", plan.Length == 0 ? "—" : plan),
            ]),
        ],
        Annexes =
        [
            new Annex("风险补偿资金拨付明细表",
            [
                new Grid(
                    [new Column("序号", 6, ColumnSide.Centre), new Column("申请编号", 24), new Column("借款人", 36), new Column("借据编号", 24), new Column("拨付金额", 20, ColumnSide.Right)],
                    [.. lines.Select(line => (IReadOnlyList<string>)[line.N.ToString(CultureInfo.InvariantCulture), line.Claim, line.Borrower, line.Note, PaperText.Yuan(line.Fen)])],
                    ["", "合计", "", "", PaperText.Yuan(lines.Sum(line => line.Fen))], "元"),
            ], IsWide: false),
        ],
        Signer = office,
        Date = Released(order),
        AmountFen = order.TotalFen,
    };

    private static DateOnly Released(PaymentOrder order) => order.ReleasedOn ?? throw new InvalidOperationException("Only a released order is a paper.");
}
