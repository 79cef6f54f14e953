using System.Globalization;
using FundPool.Application.Reviews;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Application.Papers;

/// <summary>The opinion on a claim (审核意见书) once the chief has decided: what came of it, each deduction and each ground with its article.</summary>
internal static class ReviewPaper
{
    /// <param name="from">What the decision was taken from.</param>
    public static Paper Of(Claim claim, Review review, Money from, int ordinal, Loan loan, string bank, string office, string pool, RulebookSet rules)
    {
        IReadOnlyList<Deducted> deductions = ReviewContent.DeductedOf(review);
        IReadOnlyList<Ground> grounds = ReviewContent.GroundsOf(review);
        IReadOnlyList<Lack> lacks = ReviewContent.LacksOf(review);
        bool approves = review.Proposal == "approve";
        List<Block> body =
        [
            Line.Of($"你行提交的风险补偿申请（编号{claim.Number}）已{(review.Kind == "review" ? "审核" : "复核")}完毕。根据《{rules.Home.Name.Zh}》第二十条，现将意见告知如下。"),
            new Line(LineLevel.First, "申请情况"),
            new Facts(
            [
                new Fact("借款人", loan.BorrowerName, IsWide: true), new Fact("合同编号", loan.ContractNo), new Fact("借据编号", loan.NoteNo),
                new Fact(review.Kind == "re_examination" ? "原审核金额" : "申请补偿金额", PaperText.InFull(from.Fen), IsWide: true),
            ]),
            new Line(LineLevel.First, review.Kind == "review" ? "审核结论" : "复核结论"),
            Line.Of(Conclusion(review, from.Fen)),
        ];
        if (approves && deductions.Count > 0)
        {
            body.Add(new Line(LineLevel.First, "核减事项"));
            body.Add(new Grid([new Column("序号", 6, ColumnSide.Centre), new Column("核减事项", 30), new Column("理由", 40), new Column("金额", 20, ColumnSide.Right)],
                [.. deductions.Select((item, i) => (IReadOnlyList<string>)
                    [Number(i + 1), rules.Home.Deductions.FirstOrDefault(rule => rule.Code == item.Code)?.Name.Zh ?? item.Code, item.Reason, PaperText.Yuan(item.AmountFen)])],
                ["", "合计", "", PaperText.Yuan(deductions.Sum(item => item.AmountFen))], "元"));
        }

        if (review.Proposal == "reject" && grounds.Count > 0)
        {
            body.Add(new Line(LineLevel.First, "不予补偿的理由"));
            body.AddRange(grounds.Select(ground => new Line(LineLevel.Third, $"{new Article(ground.Article).Zh}：{(ground.Note is { Length: > 0 } note ? note : "该项条件不符合。")}")));
        }

        if (review.Proposal == "return" && lacks.Count > 0)
        {
            body.Add(new Line(LineLevel.First, "需要补正的事项"));
            body.Add(new Grid([new Column("序号", 6, ColumnSide.Centre), new Column("补正事项", 26), new Column("所涉材料", 26), new Column("具体要求", 40)],
                [.. lacks.Select((lack, i) => (IReadOnlyList<string>)
                [
                    Number(i + 1), rules.Home.Deficiencies.FirstOrDefault(rule => rule.Code == lack.Code)?.Name.Zh ?? lack.Code,
                    lack.Material is { } code ? rules.Home.Materials.FirstOrDefault(rule => rule.Code == code)?.Name.Zh ?? code : "—", lack.Note,
                ])]));
        }

        body.Add(new Line(LineLevel.First, "经办与审定"));
        body.Add(Line.Of($"初审：{review.OfficerName}（{PaperText.Day(ClaimPaper.DayOf(review.ProposedAt))}），意见：{review.OfficerOpinion}"));
        body.Add(Line.Of($"审定：{review.ChiefName}（{PaperText.Day(Decided(review))}）{(string.IsNullOrWhiteSpace(review.ChiefOpinion) ? "，同意。" : $"，意见：{review.ChiefOpinion}")}"));
        if (review.Kind == "review" && review.Proposal != "return")
        {
            body.Add(Line.Of("对审核结果不服的，可以申请复核一次。"));
        }

        return new Paper
        {
            Kind = PaperKinds.ReviewOpinion,
            Number = string.Create(CultureInfo.InvariantCulture, $"{claim.Number}-{ordinal}"),
            Title = [.. PaperTitle.Break(pool), TitleOf(review.Kind)],
            Addressee = bank,
            Body = body,
            Signer = office,
            Date = Decided(review),
            AmountFen = approves ? review.ApprovedFen : review.Proposal == "clear" ? from.Fen : null,
        };
    }

    private static string TitleOf(string kind) => kind switch
    {
        "re_review" => "风险补偿申请复核意见书",
        "re_examination" => "公示异议复核报告",
        _ => "风险补偿申请审核意见书",
    };

    private static string Conclusion(Review review, long from) => review.Proposal switch
    {
        "approve" when review.ApprovedFen is { } fen && fen < from => $"部分通过，同意补偿{PaperText.InFull(fen)}，核减{PaperText.Yuan(from - fen)}元。",
        "approve" => $"通过，同意补偿{PaperText.InFull(review.ApprovedFen ?? from)}。",
        "reject" => "不通过，不予补偿。",
        "return" => "材料需要补正，请按下列一次性告知的事项补正后重新提交；补正期间不计入审核期限。",
        "clear" => $"异议不成立，维持原审核结论，同意补偿{PaperText.InFull(from)}。",
        _ => throw new InvalidOperationException($"A review does not conclude with {review.Proposal}."),
    };

    private static DateOnly Decided(Review review) => ClaimPaper.DayOf(review.DecidedAt ?? throw new InvalidOperationException("Only a decided review has an opinion."));

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
}
