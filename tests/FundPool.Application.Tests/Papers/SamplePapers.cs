using System.Security.Cryptography;
using FundPool.Application.Papers;

namespace FundPool.Application.Tests.Papers;

/// <summary>A letter with everything that a paper can have: head, levels, a wide attachment and an upright one, a code.</summary>
internal static class SamplePapers
{
    /// <summary>The verb of the tests' own Main that writes the digest of the letter as another process renders it.</summary>
    public const string Verb = "paper";

    public static string Digest() => Convert.ToHexStringLower(SHA256.HashData(DocxRenderer.Render(Letter())));

    public static Paper Letter(int items = 3, string borrower = "深圳市示例科技有限公司") => new()
    {
        Kind = PaperKinds.Plan,
        Head = "示例市中小企业服务局文件",
        Number = "深工信〔2026〕12号",
        Title = ["示例市中小企业服务局关于下达", "风险补偿项目资助计划的通知"],
        Addressee = "各加盟银行",
        Body =
        [
            Line.Of("现将资助计划下达给你们。"), new Line(LineLevel.First, "金额"), new Line(LineLevel.Second, "合计"), new Line(LineLevel.Third, "大写"),
            new Line(LineLevel.Fourth, "账户确认函"), new Line(LineLevel.Fourth, "收据"), new Line(LineLevel.First, "监督"),
        ],
        Annexes =
        [
            new Annex("资助计划表",
            [
                new Grid([new Column("序号", 6, ColumnSide.Centre), new Column("企业名称", 40), new Column("补偿金额", 18, ColumnSide.Right)],
                    [.. Enumerable.Range(1, items).Select(n => (IReadOnlyList<string>)[$"{n}", borrower, "360,000.00"])], ["", "合计", PaperText.Yuan(36_000_000L * items)], "元"),
            ], IsWide: true),
            new Annex("说明", [new Facts([new Fact("申请编号", "B001-2026-000001"), new Fact("加盟银行", "甲银行"), new Fact("大写", "叁拾陆万元整", IsWide: true)])], IsWide: false),
        ],
        Signer = "示例市中小企业服务局",
        Date = new DateOnly(2026, 3, 1),
        AmountFen = 36_000_000L * items,
        Stamp = new PaperStamp("7ABCDE-FGHJK-MNPQR-STVWX-YZ012", "https://pool.example/verify/7ABCDE-FGHJK-MNPQR-STVWX-YZ012"),
    };
}
