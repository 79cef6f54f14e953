using FundPool.Domain.Kernel;

namespace FundPool.Application.Objections;

/// <summary>The three things that the public may say, kept apart (domain.md section 8), and what becomes of them.</summary>
public static class ObjectionKinds
{
    public const string Objection = "objection";
    public const string Report = "report";
    public const string Complaint = "complaint";

    public static IReadOnlyList<(string Code, Words Label)> Kinds { get; } =
    [
        (Objection, new Words("异议", "Objection")), (Report, new Words("举报", "Report")), (Complaint, new Words("投诉", "Complaint")),
    ];

    /// <summary>Why something is not taken up.</summary>
    public static IReadOnlyList<(string Code, Words Label)> Grounds { get; } =
    [
        ("late", new Words("超过公示期", "After the period")), ("anonymous", new Words("身份无法核实", "The sender can't be verified")),
        ("not_an_item", new Words("不涉及公示项目", "Not about an item of the notice")), ("no_facts", new Words("没有具体事实或依据", "No facts are given")), ("other", new Words("其他", "Other")),
    ];

    public static IReadOnlyList<(string Code, Words Label)> States { get; } =
    [
        ("received", new Words("已收到，待处理", "Received")), ("taken_up", new Words("已受理，办理中", "Taken up")),
        ("declined", new Words("不予受理", "Not taken up")), ("answered", new Words("已答复", "Answered")),
    ];

    public static Words Label(this IReadOnlyList<(string Code, Words Label)> choices, string code) => choices.First(choice => choice.Code == code).Label;
}
