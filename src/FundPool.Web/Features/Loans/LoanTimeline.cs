using System.Globalization;
using FundPool.Application.Loans;
using FundPool.Domain.Kernel;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;
using FundPool.Web.Features.AuditTrail;

namespace FundPool.Web.Features.Loans;

/// <summary>The history of a loan in the words of the page.</summary>
public static class LoanTimeline
{
    public static IEnumerable<TimelineEntry> Of(IText text, ShowLoan.Answer loan) => loan.History.Select(entry =>
        new TimelineEntry(
            new DateTimeOffset(DateTime.SpecifyKind(entry.At, DateTimeKind.Utc)),
            entry.Who.Length > 0 ? entry.Who : text["系统"],
            entry.Organisation is { } id ? loan.Organisations.GetValueOrDefault(id) ?? text["管理机构"] : text["系统"],
            entry.Detail is null ? What(text, entry.What) : text["{0}：{1}", What(text, entry.What), entry.Detail])
        {
            Why = entry.Reason,
            Article = entry.Article is { } article ? text.Of(new Article(article).Words) : null,
            Tone = ToneOfDeed(entry.What),
            Source = entry.What == nameof(RegisterLoan) ? loan.FileName : null,
            Changes = [.. text.Changes(entry.Changes)],
        });

    public static string State(IText text, string state) => text[state switch
    {
        "proposed" => Key.Of("待同意"),
        "consented" => Key.Of("已同意"),
        "refused" => Key.Of("不同意"),
        _ => Key.Of("已撤回"),
    }];

    public static Tone ToneOf(string state) => state switch
    {
        "proposed" => Tone.Warn,
        "consented" => Tone.Good,
        "refused" => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static string Size(long bytes) => bytes == 0 ? "0 KB" : bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes >> 10)} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB");

    private static string What(IText text, string deed) => deed switch
    {
        nameof(RegisterLoan) => text["登记入贷款项目库"],
        nameof(EditLoan) => text["登记期内修改"],
        nameof(ProposeCorrection) => text["申请更正"],
        "Consent" => text["同意更正"],
        "Refuse" => text["不同意更正"],
        nameof(WithdrawCorrection) => text["撤回更正申请"],
        nameof(ReportClassification) or "ReportClassifications" => text["报告风险分类"],
        "AttachDocument" => text["上传材料"],
        "OpenDocument" => text["查看材料"],
        "WithdrawDocument" => text["撤下材料"],
        nameof(UnmaskBorrower) => text["查看完整信息"],
        _ => text.ActionName(deed),
    };

    private static Tone ToneOfDeed(string deed) => deed switch
    {
        nameof(RegisterLoan) => Tone.Info,
        "Consent" => Tone.Good,
        "Refuse" => Tone.Bad,
        nameof(ProposeCorrection) or nameof(UnmaskBorrower) => Tone.Warn,
        _ => Tone.Neutral,
    };
}
