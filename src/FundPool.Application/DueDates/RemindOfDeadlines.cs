using System.Globalization;
using FundPool.Application.Messages;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.DueDates;

/// <summary>
/// Warns of deadlines at 10, 5 and 1 days and on the day after they were missed, each warning once, gathered by organisation; and of
/// returns that lie with a bank for half a month and a month (lesson: the queue that nobody's clock pushes). Safe to run again and on
/// several nodes: the day is taken under a lock, and a warning that was given is in the way of itself.
/// </summary>
public sealed class RemindOfDeadlines(NpgsqlDataSource source, RuleSource rules)
{
    /// <summary>A job that slept may still find what was missed so many days ago.</summary>
    private const int LooksBack = 30;

    private const string Job = "remind_deadlines";

    private static readonly (int Days, string Band)[] Ageing = [(30, "month"), (15, "half_month")];

    /// <summary>How many warnings were given; -1 where the day is done or another node is at it.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        DateOnly today = rules.Today;
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Jobs, new Cause("RemindOfDeadlines"), ct);
        bool ours = await db.Database.SqlQuery<bool>($"""
            select pg_try_advisory_xact_lock(4711, 1) and not exists (select from reference.job_run where job = {Job} and business_date = {today}) as "Value"
            """).SingleAsync(ct);
        if (!ours)
        {
            return -1;
        }

        int given = 0;
        foreach (int pool in await db.Pools.Where(p => p.Id != 0).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(ct))
        {
            given += await RemindAsync(pool, today, ct);
        }

        await db.Database.ExecuteSqlAsync($"insert into reference.job_run (job, business_date) values ({Job}, {today})", ct);
        await transaction.CommitAsync(ct);
        return given;
    }

    private async Task<int> RemindAsync(int pool, DateOnly today, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.SystemForPool(pool), new Cause("RemindOfDeadlines", At: rules.Now), ct);
        var organisations = await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.DisabledAt == null).OrderBy(o => o.Id).Select(o => new { o.Id, o.Kind }).ToListAsync(ct);
        ILookup<string, int> ofKind = organisations.ToLookup(o => o.Kind, o => o.Id);
        IReadOnlyList<DeadlineLine> lines = await new RunningDeadlines(db, rules, pool, null).ReadAsync(today.AddDays(-LooksBack), ct);
        int given = 0;
        foreach (var group in lines.Where(line => !line.Stopped && BandOf(line, today) is not null)
                     .SelectMany(line => Owners(line, ofKind).Select(owner => (Line: line, Owner: owner)))
                     .GroupBy(entry => (entry.Owner, entry.Line.Rule, Band: BandOf(entry.Line, today)!)))
        {
            List<DeadlineLine> fresh = [];
            foreach ((DeadlineLine line, int owner) in group)
            {
                if (await PutDownAsync(db, pool, line.Bank ?? owner, line, group.Key.Band, today, ct))
                {
                    fresh.Add(line);
                }
            }

            if (fresh.Count > 0)
            {
                given += fresh.Count;
                await WarnAsync(db, pool, group.Key.Owner, group.Key.Rule, group.Key.Band, fresh, today, ct);
            }
        }

        given += await PressReturnsAsync(db, pool, ofKind, today, ct);
        await transaction.CommitAsync(ct);
        return given;
    }

    // Who has to act; what is the bank's is the bank's alone.
    private static IEnumerable<int> Owners(DeadlineLine line, ILookup<string, int> ofKind) => RunningDeadlines.WhoActs(line.Rule.Code).Kind switch
    {
        OrganisationKind.Bank => line.Bank is { } bank ? [bank] : ofKind["bank"],
        OrganisationKind kind => ofKind[Membership.CodeOf(kind)],
    };

    private static string? BandOf(DeadlineLine line, DateOnly today) => line.Deadline.On(today).Band switch
    {
        CountdownBand.TenDays => "ten",
        CountdownBand.FiveDays => "five",
        CountdownBand.OneDay => "one",
        // A notice that is over was not missed, and whether a quarter lacks a loan nobody but the bank knows.
        CountdownBand.Missed when line.Rule.Code is not ("notice" or "register") => "missed",
        _ => null,
    };

    private static async Task<bool> PutDownAsync(FundPoolDb db, int pool, int owner, DeadlineLine line, string band, DateOnly today, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync($"""
            insert into compensation.reminder (pool_id, bank_id, code, about, about_id, due, band, number, who, given_on)
            values ({pool}, {owner}, {line.Rule.Code}, {line.About}, {line.AboutId}, {line.Deadline.Due}, {band}, {line.Number}, {line.Rule.Who}, {today}) on conflict do nothing
            """, ct) == 1;

    private static async Task WarnAsync(FundPoolDb db, int pool, int owner, DeadlineRule rule, string band, List<DeadlineLine> fresh, DateOnly today, CancellationToken ct)
    {
        DateOnly due = fresh.Min(line => line.Deadline.Due);
        int left = due.DayNumber - today.DayNumber;
        string zh = fresh.Count == 1 ? $"“{rule.Name.Zh}”（{fresh[0].Number}）" : $"{fresh.Count.ToString(CultureInfo.InvariantCulture)} 项“{rule.Name.Zh}”";
        string en = fresh.Count == 1 ? $"{rule.Name.En} ({fresh[0].Number})" : $"{fresh.Count.ToString(CultureInfo.InvariantCulture)} × {rule.Name.En}";
        bool missed = band == "missed";
        Tidings tidings = new($"deadline.{band}",
            missed ? new Words($"{zh}已逾期", $"{en}: overdue")
                : left == 0 ? new Words($"{zh}今天到期", $"{en}: due today")
                : new Words($"{zh}还剩 {left.ToString(CultureInfo.InvariantCulture)} 天", $"{en}: {left.ToString(CultureInfo.InvariantCulture)} days left"),
            $"/deadlines?code={rule.Code}", MessageDesk.KeyOf(today, "deadline", rule.Code, band))
        {
            For = RunningDeadlines.WhoActs(rule.Code).Permission,
            Note = new Words($"逾期的后果：{rule.Missed.Zh}（{rule.Article.Zh}）", $"If missed: {rule.Missed.En} ({rule.Article.En})"),
            Count = fresh.Count,
            Due = due,
            Provisional = fresh.Any(line => line.Deadline.Provisional),
        };
        await db.TellAsync(owner, tidings, ct);
        if (missed && rule.Tells.Contains("authority"))
        {
            await db.TellEachAsync(pool, OrganisationKind.Authority, tidings with { For = Permission.ReadClaims, Key = MessageDesk.KeyOf(today, "missed", rule.Code, owner.ToString(CultureInfo.InvariantCulture)) }, ct);
        }

        if (missed && rule.Tells.Contains("head_office"))
        {
            await db.TellAsync(owner, tidings with { For = Permission.ManageOwnPeople, Href = "/messages?part=all", Key = MessageDesk.KeyOf(today, "head_office", rule.Code) }, ct);
        }
    }

    private static async Task<int> PressReturnsAsync(FundPoolDb db, int pool, ILookup<string, int> ofKind, DateOnly today, CancellationToken ct)
    {
        int given = 0;
        var old = (await ListReturned.ReadAsync(db, today, pool, null, ct)).Where(row => row.Days >= Ageing[^1].Days);
        foreach (var group in old.GroupBy(row => (row.Bank, Ageing.First(step => row.Days >= step.Days).Band)))
        {
            List<ListReturned.Row> fresh = [];
            foreach (ListReturned.Row row in group)
            {
                if (await db.Database.ExecuteSqlAsync($"""
                    insert into compensation.reminder (pool_id, bank_id, code, about, about_id, due, band, number, who, given_on)
                    values ({pool}, {row.Bank}, 'returned', 'claim', {row.Claim}, {row.ReturnedOn}, {group.Key.Band}, {row.Number}, 'bank', {today}) on conflict do nothing
                    """, ct) == 1)
                {
                    fresh.Add(row);
                }
            }

            if (fresh.Count == 0)
            {
                continue;
            }

            given += fresh.Count;
            string days = fresh.Max(row => row.Days).ToString(CultureInfo.InvariantCulture), many = fresh.Count.ToString(CultureInfo.InvariantCulture);
            Tidings tidings = new("returned." + group.Key.Band,
                fresh.Count == 1 ? new Words($"申请 {fresh[0].Number} 退回 {days} 天未补正", $"Claim {fresh[0].Number}: returned {days} days ago, no answer")
                    : new Words($"{many} 笔申请退回未补正，最长 {days} 天", $"{many} claims returned and unanswered, the oldest for {days} days"),
                "/deadlines/returned", MessageDesk.KeyOf(today, "returned", group.Key.Band, group.Key.Bank.ToString(CultureInfo.InvariantCulture)))
            {
                For = Permission.MakeClaims,
                Note = new Words("补正期间审核计时暂停，不补正则不会往下办理", "The reviewer's clock stands meanwhile; nothing goes on without the answer"),
                Count = fresh.Count,
            };
            await db.TellAsync(group.Key.Bank, tidings, ct);
            await db.TellAsync(group.Key.Bank, tidings with { For = Permission.ManageOwnPeople, Href = "/messages?part=all", Key = tidings.Key + "/head_office" }, ct);
            if (group.Key.Band == "month")
            {
                foreach (int reviewer in ofKind["reviewer"])
                {
                    await db.TellAsync(reviewer, tidings with { For = Permission.ReviewClaims }, ct);
                }
            }
        }

        return given;
    }
}
