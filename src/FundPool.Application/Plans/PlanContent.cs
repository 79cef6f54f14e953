using System.Text.Json.Serialization;
using FundPool.Application.Notices;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Application.Plans;

/// <summary>A funding plan (资助计划) as it was issued. The text of this record is what the digest is taken of. It names no person in full and no number of one.</summary>
public sealed record PlanContent
{
    public string Pool { get; init; } = "";

    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    public string To { get; init; } = "";

    public string Basis { get; init; } = "";

    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    public string Office { get; init; } = "";

    public DateOnly IssuedOn { get; init; }

    public DateOnly DocumentsDue { get; init; }

    public IReadOnlyList<PlanLine> Items { get; init; } = [];

    public long TotalFen { get; init; }

    public string TotalCapital { get; init; } = "";

    /// <summary>By bank, in the order of the items: how many and how much.</summary>
    public IEnumerable<(string Bank, int Items, long Fen)> ByBank() => Items.GroupBy(item => item.Bank).Select(bank => (bank.Key, bank.Count(), bank.Sum(item => item.AmountFen)));

    internal static PlanContent Of(Plan plan, string number, string pool, PapersRule papers, DateOnly day, DateOnly due, IReadOnlyList<BatchLine> lines)
    {
        Money total = new(lines.Sum(line => line.Claim.ApprovedFen ?? 0));
        return new PlanContent
        {
            Pool = pool,
            Number = number,
            Title = plan.Title,
            To = papers.PlanTo,
            Basis = plan.Basis,
            Paragraphs =
            [
                $"根据{plan.Basis}，现将{pool}风险补偿项目资助计划下达给你们，共{lines.Count}个项目，资助金额合计人民币{total.Yuan:#,##0.00}元（大写：{total.ToChineseCapital()}）。具体项目和金额见附件。",
                $"各加盟银行应当于{NoticeContent.Chinese(due)}前向金融中心提交加盖公章的账户确认函、加盖财务章的收据、经办人身份证复印件、企业委托书等拨款资料。金融中心自收齐拨款资料之日起10日内，将补偿资金划拨至加盟银行专用账户。",
                "各加盟银行应当在补偿资金到账后15个工作日内将项目转录入风险补偿项目库，继续尽责清收，并按补偿比例返还清收所得。资金的使用接受主管部门、财政部门和审计部门的监督检查。",
            ],
            Office = papers.Office.Zh,
            IssuedOn = day,
            DocumentsDue = due,
            Items = [.. lines.Select((line, i) => new PlanLine(i + 1, line.Claim.Number, line.BankName, line.Borrower, line.Claim.BasisFen ?? 0, line.Claim.ShareBp ?? 0, line.Claim.ApprovedFen ?? 0))],
            TotalFen = total.Fen,
            TotalCapital = total.ToChineseCapital(),
        };
    }
}

/// <summary>A line of the plan's table.</summary>
public sealed record PlanLine(int N, string Claim, string Bank, string Borrower, long PrincipalFen, int ShareBp, long AmountFen)
{
    /// <summary>Less than principal times share: the reviewer took something off.</summary>
    [JsonIgnore]
    public bool IsReduced => NoticeItem.IsLess(PrincipalFen, ShareBp, AmountFen);
}
