using System.Text.Json.Serialization;
using FundPool.Data.Compensation;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Application.Notices;

/// <summary>A public notice as it was published: everything that its page and its files show. The text of this record is what the digest is taken of.</summary>
public sealed record NoticeContent
{
    public string Pool { get; init; } = "";

    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    public string Addressee { get; init; } = "各有关单位：";

    public string Basis { get; init; } = "";

    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    public string Consult { get; init; } = "";

    public string Object { get; init; } = "";

    public string Office { get; init; } = "";

    public DateOnly PublishedOn { get; init; }

    public DateOnly EndsOn { get; init; }

    public int WorkingDays { get; init; }

    /// <summary>The number of the notice that this one corrects.</summary>
    public string? Replaces { get; init; }

    public string? CorrectionReason { get; init; }

    public IReadOnlyList<NoticeItem> Items { get; init; } = [];

    public long TotalFen { get; init; }

    /// <summary>By bank, in the order of the items: how many and how much.</summary>
    public IEnumerable<(string Bank, int Items, long Fen)> ByBank() => Items.GroupBy(item => item.Bank).Select(bank => (bank.Key, bank.Count(), bank.Sum(item => item.AmountFen)));

    /// <summary>The content of a notice with these claims, published on a day.</summary>
    internal static NoticeContent Of(Notice notice, string number, string pool, PapersRule papers, DateOnly day, Deadline ends, IReadOnlyList<BatchLine> lines, string? replaces)
    {
        Money total = new(lines.Sum(line => line.Claim.ApprovedFen ?? 0));
        string from = Chinese(day), to = Chinese(ends.Due);
        List<string> paragraphs =
        [
            $"根据{notice.Basis}，经审核，{pool}拟对{lines.Count}个不良贷款项目予以风险补偿，拟补偿金额合计人民币{total.Yuan:#,##0.00}元（大写：{total.ToChineseCapital()}）。现予以公示，向社会广泛征求意见，项目清单附后。",
            $"公示期为{notice.WorkingDays}个工作日，自{from}起至{to}止。资金拨付最终以资助计划下达文件为准。",
            "公示期内，任何单位或者个人对公示项目有异议的，可以在本页面提出，也可以向异议受理处室书面提出。单位提出异议的，应当加盖公章，写明统一社会信用代码、联系人、联系电话和联系地址；个人提出异议的，应当署真实姓名，写明联系电话和联系地址。匿名异议不予受理。对异议人的身份信息予以保密。",
        ];
        if (replaces is not null)
        {
            paragraphs.Insert(0, $"本公示更正并替代{replaces}，公示期重新计算。更正原因：{notice.CorrectionReason}");
        }

        return new NoticeContent
        {
            Pool = pool,
            Number = number,
            Title = notice.Title,
            Basis = notice.Basis,
            Paragraphs = paragraphs,
            Consult = notice.Consult,
            Object = notice.Object,
            Office = papers.Office.Zh,
            PublishedOn = day,
            EndsOn = ends.Due,
            WorkingDays = notice.WorkingDays,
            Replaces = replaces,
            CorrectionReason = notice.CorrectionReason,
            Items = [.. lines.Select((line, i) => new NoticeItem(i + 1, line.BankName, line.Borrower, line.Claim.BasisFen ?? 0, line.Claim.ShareBp ?? 0, line.Claim.ApprovedFen ?? 0))],
            TotalFen = total.Fen,
        };
    }

    /// <summary>A day as documents write it: 2026年3月1日.</summary>
    internal static string Chinese(DateOnly day) => FormattableString.Invariant($"{day.Year}年{day.Month}月{day.Day}日");
}

/// <summary>A line of a notice's table. Natural persons are masked; nobody's number stands in it.</summary>
public sealed record NoticeItem(int N, string Bank, string Borrower, long PrincipalFen, int ShareBp, long AmountFen)
{
    /// <summary>Less than principal times share: the reviewer took something off.</summary>
    [JsonIgnore]
    public bool IsReduced => IsLess(PrincipalFen, ShareBp, AmountFen);

    /// <summary>The sentence under a table in which such a line stands, so that nobody takes it for an error.</summary>
    public static Words ReducedNote { get; } = new("注：金额低于不良本金与补偿比例之积的，为审核核减后的金额。", "Where an amount is below principal times share, the reviewer has taken a part off.");

    internal static bool IsLess(long principalFen, int shareBp, long amountFen) => amountFen < new Money(principalFen).Times(new Share(shareBp)).Fen;
}
