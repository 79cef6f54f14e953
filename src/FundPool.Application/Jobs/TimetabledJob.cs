using FundPool.Application.DueDates;
using FundPool.Application.Messages;
using FundPool.Application.Notices;
using FundPool.Application.Suspension;
using FundPool.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace FundPool.Application.Jobs;

/// <summary>Work with a timetable. Safe to run at any time, again, and on several nodes: the work itself knows whether a day is done.</summary>
/// <param name="Code">Its name in the timetable and in the log.</param>
/// <param name="Cron">When it looks whether there is something to do; often, so that a failure is made up for within minutes.</param>
/// <param name="RunAsync">Answers with how many things were dealt with; 0 or less when there was nothing to do.</param>
public sealed record TimetabledJob(string Code, Words Name, Words When, string Cron, Func<IServiceProvider, CancellationToken, Task<int>> RunAsync)
{
    private static readonly Words Daily = new("每天一次，每 5 分钟检查当天是否已完成", "Once a day; every 5 minutes it is seen to that the day is done");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TimetabledJob> All { get; } =
    [
        new("measure_standings", new Words("测算各行不良率", "Measure every bank's ratio"), Daily, "10 0/5 * * * ?", (services, ct) => services.GetRequiredService<MeasureEveryBank>().RunAsync(ct)),
        new("end_notices", new Words("公示期满处理", "End public notices"), new Words("每 5 分钟", "Every 5 minutes"), "20 1/5 * * * ?", (services, ct) => services.GetRequiredService<EndNoticePeriods>().RunAsync(ct)),
        new("remind_deadlines", new Words("期限提醒", "Remind of deadlines"), Daily, "30 2/5 * * * ?", (services, ct) => services.GetRequiredService<RemindOfDeadlines>().RunAsync(ct)),
        new("recompute_dues", new Words("日历变动后重算期限", "Reckon due dates anew"), new Words("每分钟查看日历是否有变化", "Every minute: has the calendar changed?"), "40 * * * * ?", (services, ct) => services.GetRequiredService<RecomputeDues>().RunAsync(ct)),
        new("dispatch_mail", new Words("发送消息邮件", "Send mail"), new Words("每 15 秒；未设置邮件服务器时不发送", "Every 15 seconds; nothing without a mail server"), "5/15 * * * * ?", (services, ct) => services.GetRequiredService<DispatchMail>().RunAsync(ct)),
        new("clean_up", new Words("清理过期的登录和记录", "Clear away old sessions and logs"), Daily, "50 3/5 * * * ?", (services, ct) => services.GetRequiredService<CleanUp>().RunAsync(ct)),
    ];
}
