using FundPool.Domain.Loans;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Imports;

/// <summary>What the stored codes of an import are called.</summary>
public static class ImportWords
{
    public static readonly string[] States = ["checking", "checked", "registering", "registered", "cancelled", "failed"];

    public static (Tone Tone, string Text) ImportState(this IText T, string state) => state switch
    {
        "checking" => (Tone.Info, T["正在检查"]),
        "checked" => (Tone.Warn, T["待确认"]),
        "registering" => (Tone.Info, T["正在登记"]),
        "registered" => (Tone.Good, T["已登记"]),
        "cancelled" => (Tone.Neutral, T["已放弃"]),
        _ => (Tone.Bad, T["未能登记"]),
    };

    public static string ImportKind(this IText T, string kind) => kind == "loans" ? T["贷款登记"] : T["分类报告"];

    /// <summary>The label of a file's column, as the header shows it.</summary>
    public static string FieldLabel(this IText T, string field) =>
        LoanFields.All.Concat(ClassFields.All).FirstOrDefault(known => known.Name == field) is { } found ? T.Of(found.Label)
        : field == "file" ? T["文件"] : field;

    /// <summary>Why rows are refused, short enough for a table (contract.md section 2).</summary>
    public static string RefusalCode(this IText T, string code) => T[code switch
    {
        "required" => Key.Of("必填项未填"),
        "format" => Key.Of("格式不符"),
        "unknown_code" => Key.Of("代码不在列表中"),
        "check_digit" => Key.Of("校验位不正确"),
        "range" => Key.Of("超出允许范围"),
        "too_long" => Key.Of("内容过长"),
        "duplicate" => Key.Of("文件内重复"),
        "exists" => Key.Of("已登记且内容不同"),
        "borrower_kind" => Key.Of("借款人类型不在补偿范围"),
        "industry" => Key.Of("行业不在补偿范围"),
        "ceiling" => Key.Of("超过余额或授信上限"),
        "product" => Key.Of("贷款品种不在补偿范围"),
        "other_cover" => Key.Of("已有其他风险分担"),
        "registration_window" => Key.Of("不在登记期内"),
        "bank_removed" => Key.Of("加盟资格已取消"),
        _ => Key.Of("其他原因"),
    }];

    /// <summary>A file's size as people say it.</summary>
    public static string Size(long bytes) => bytes < 1 << 20
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Max(1, bytes >> 10)} KB")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1048576m:0.0} MB");
}
