using System.Globalization;
using System.Text.Json;
using FundPool.Application.Compensation;
using FundPool.Application.Loans;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;

namespace FundPool.Application.Papers;

/// <summary>The claim form (风险补偿申请表) of one submission: what the bank stated, how each condition was ruled, what was enclosed.</summary>
internal static class ClaimPaper
{
    /// <param name="ruled">The version ruled again on what it rested on: share and amount of a question that is left to the reviewer are those of its being met.</param>
    public static Paper Of(Claim claim, ClaimVersion version, ClaimRuling ruled, Loan loan, string bank, string pool, RulebookSet rules)
    {
        using JsonDocument ruling = JsonDocument.Parse(version.Ruling), stated = JsonDocument.Parse(version.Stated), materials = JsonDocument.Parse(version.Materials);
        List<Block> body =
        [
            new Facts(
            [
                new Fact("申请编号", claim.Number), new Fact("提交日期", PaperText.Day(DayOf(version.SubmittedAt))),
                new Fact("加盟银行", bank), new Fact("经办机构", loan.Branch ?? "—"),
                new Fact("借款人", loan.BorrowerName, IsWide: true),
                new Fact("证件号码", loan.BorrowerIdShown), new Fact("借款人类型", LoanLabels.Of(LoanCodes.BorrowerKinds, loan.BorrowerKind, english: false)),
                new Fact("合同编号", loan.ContractNo), new Fact("借据编号", loan.NoteNo),
                new Fact("借据日期", PaperText.Day(loan.LoanDate)), new Fact("到期日期", PaperText.Day(loan.MaturityDate)),
                new Fact("贷款金额（元）", PaperText.Yuan(loan.PrincipalFen)), new Fact("年利率", (loan.AnnualRate * 100).ToString("0.######", CultureInfo.InvariantCulture) + "%"),
                new Fact("五级分类", LoanLabels.Of(LoanCodes.RiskClasses, Text(stated, "risk_class", claim.RiskClass), english: false)),
                new Fact("不良认定日期", Day(Text(stated, "npl_date", Iso(claim.NplDate)))),
                new Fact("申请日本金余额（元）", Sum(Text(stated, "outstanding_principal", Plain(claim.OutstandingFen)))),
                new Fact("不良认定日本金余额（元）", Sum(Text(stated, "npl_principal", Plain(claim.NplPrincipalFen)))),
                new Fact("征信报告日期", Day(Text(stated, "credit_report_on", Iso(claim.CreditReportOn)))),
                new Fact("补偿比例", PaperText.Percent(ruled.Share.BasisPoints)),
                new Fact("申请补偿金额", PaperText.InFull(ruled.Amount.Fen), IsWide: true),
                new Fact("情况说明", Text(stated, "statement", claim.Statement) is { Length: > 0 } said ? said : "—", IsWide: true),
                new Fact("本行声明", "以上内容和所附材料真实、准确、完整；该笔贷款未获得保险、融资担保、再担保或其他风险补偿资金的分担；如有不实，愿按有关规定承担责任。", IsWide: true),
                new Fact("经办人", claim.MadeByName), new Fact("复核人", version.SubmittedByName),
            ]),
        ];
        List<IReadOnlyList<string>> enclosed = [.. materials.RootElement.EnumerateArray().Select((file, i) => (IReadOnlyList<string>)
            [Number(i + 1), MaterialName(rules, file.GetProperty("code").GetString()!), file.GetProperty("name").GetString()!, ShortDigest(file.GetProperty("sha256").GetString()!)])];
        List<Annex> annexes = [new Annex("逐条认定情况", [RulingGrid(ruling.RootElement)], IsWide: false)];
        if (enclosed.Count > 0)
        {
            annexes.Add(new Annex("申请材料清单",
                [new Grid([new Column("序号", 6, ColumnSide.Centre), new Column("材料", 26), new Column("文件名", 36), new Column("摘要（SHA-256 前 16 位）", 24)], enclosed)], IsWide: false));
        }

        return new Paper
        {
            Kind = PaperKinds.ClaimForm,
            Number = version.N == 1 ? claim.Number : string.Create(CultureInfo.InvariantCulture, $"{claim.Number}（第{version.N}次提交）"),
            Title = [.. PaperTitle.Break(pool), "风险补偿申请表"],
            Body = body,
            Annexes = annexes,
            Signer = bank,
            Date = DayOf(version.SubmittedAt),
            AmountFen = ruled.Amount.Fen,
        };
    }

    /// <summary>Every step of a ruling as it is stored (contract.md section 3).</summary>
    internal static Grid RulingGrid(JsonElement ruling) => new(
        [new Column("序号", 6, ColumnSide.Centre), new Column("依据", 20), new Column("认定情况", 54), new Column("结论", 18, ColumnSide.Centre)],
        [.. ruling.GetProperty("steps").EnumerateArray().Select((step, i) => (IReadOnlyList<string>)
        [
            Number(i + 1), new Article(step.GetProperty("article").GetString()!).Zh, step.GetProperty("text").GetString()!, Verdict(step),
        ])]);

    internal static DateOnly DayOf(DateTime moment) => DateOnly.FromDateTime(moment.ToUniversalTime().AddHours(8));

    private static string Verdict(JsonElement step)
    {
        string effect = step.GetProperty("effect").GetString() ?? "";
        if (effect is "+0.00")
        {
            return "不上浮";
        }

        if (effect.Length > 0 && (char.IsAsciiDigit(effect[0]) || effect[0] == '+'))
        {
            return effect.Contains('.', StringComparison.Ordinal) && effect.Length <= 7 && step.GetProperty("code").GetString() != "amount"
                ? (effect[0] == '+' ? "+" : "") + PercentOf(effect.TrimStart('+')) : Sum(effect) + "元";
        }

        return step.GetProperty("met").ValueKind switch { JsonValueKind.True => "符合", JsonValueKind.False => "不符合", _ => "由审核人员判断" };
    }

    private static string MaterialName(RulebookSet rules, string code) => rules.Home.Materials.FirstOrDefault(material => material.Code == code)?.Name.Zh ?? code;

    private static string ShortDigest(string sha256) => sha256.Length > 16 ? sha256[..16] : sha256;

    private static string PercentOf(string share) => PaperText.Percent(Share.Parse(share).BasisPoints);

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    // A version keeps what was stated by the fields' names; the row stands in where a name is missing.
    private static string Text(JsonDocument stated, string name, string? row) =>
        (stated.RootElement.TryGetProperty(name, out JsonElement value) ? value.GetString() : row) ?? "";

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Plain(long? fen) => fen is { } known ? new Money(known).ToString() : null;

    private static string Day(string iso) => DateOnly.TryParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? PaperText.Day(day) : "—";

    private static string Sum(string plain) => Money.TryParse(plain, out Money money) ? PaperText.Yuan(money.Fen) : "—";
}
