using System.Globalization;
using FundPool.Application.Compensation;
using FundPool.Application.Messages;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Tenancy;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.DueDates;

/// <summary>
/// When the working calendar has changed, every due date that is stored and still runs is reckoned anew, pool by pool: written with its
/// reason, told to whom it concerns. A notice that is out only ever ends later: what the public was told is not shortened. Compares the
/// calendar with the one last reckoned with, so that a year that came by any path is seen, and running again changes nothing.
/// </summary>
public sealed class RecomputeDues(NpgsqlDataSource source, RuleSource rules)
{
    private const string Reason = "工作日历有变化，期限按新日历重新计算";

    /// <summary>How many due dates changed.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Jobs, new Cause("RecomputeDues"), ct);
        // Another node at it will do; the next look finds what this one leaves.
        if (!await db.Database.SqlQuery<bool>($"""select pg_try_advisory_xact_lock(4711, 2) as "Value" """).SingleAsync(ct))
        {
            return 0;
        }

        string calendar = await db.Database.SqlQuery<string>($"""
            select md5(coalesce((select string_agg(year::text, ',' order by year) from reference.calendar_year), '') || '/'
                || coalesce((select string_agg(date || kind, ',' order by date) from reference.calendar_day), '')) as "Value"
            """).SingleAsync(ct);
        List<int> pools = await db.Database.SqlQuery<int>($"""
            select p.id as "Value" from tenancy.pool p where p.id <> 0 and not exists (select from reference.reckoned r where r.pool_id = p.id and r.calendar = {calendar}) order by 1
            """).ToListAsync(ct);
        int changed = 0;
        foreach (int pool in pools)
        {
            changed += await ReckonAsync(pool, calendar, ct);
            await db.Database.ExecuteSqlAsync($"""
                insert into reference.reckoned (pool_id, calendar) values ({pool}, {calendar}) on conflict (pool_id) do update set calendar = excluded.calendar, at = now()
                """, ct);
        }

        await transaction.CommitAsync(ct);
        return changed;
    }

    private async Task<int> ReckonAsync(int pool, string calendar, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.SystemForPool(pool), new Cause("RecomputeDues", Reason), ct);
        RuleBase at = await rules.InAsync(db, ct);
        List<Moved> moved = [.. await ClaimsAsync(db, at, pool, ct), .. await PlansAsync(db, at, pool, ct), .. await PayoutsAsync(db, at, pool, ct), .. await NoticesAsync(db, at, pool, ct)];
        await db.SaveChangesAsync(ct);
        foreach (Moved one in moved.Where(one => one.Claim is not null))
        {
            await db.Database.ExecuteSqlAsync($"select tenancy.move_due({one.Claim}, {one.To.Due}, {one.To.Provisional})", ct);
        }

        await TellAsync(db, pool, calendar, moved, ct);
        await transaction.CommitAsync(ct);
        return moved.Count;
    }

    // A claim that lies with the bank has no due date that could move: its clock stands, and the answer reckons it anew.
    private async Task<List<Moved>> ClaimsAsync(FundPoolDb db, RuleBase at, int pool, CancellationToken ct)
    {
        List<Moved> moved = [];
        foreach (Claim claim in await db.Claims.Where(c => c.PoolId == pool && (c.State == "submitted" || c.State == "proposed" || c.State == "re_review" || c.State == "re_proposed" || c.State == "paid"))
                     .OrderBy(c => c.BankId).ThenBy(c => c.Id).ToListAsync(ct))
        {
            if (claim is { State: "submitted" or "proposed", AppliedOn: { } applied, ReviewDue: { } review })
            {
                Deadline due = at.Deadlines.Due("review", applied, ClaimStops.Of(claim, rules.Today));
                if (due.Due != review || due.Provisional != claim.ReviewDueProvisional)
                {
                    (claim.ReviewDue, claim.ReviewDueProvisional) = (due.Due, due.Provisional);
                    moved.Add(new Moved("review", claim.BankId, claim.Id, claim.Number, review, due));
                }
            }
            else if (claim is { State: "re_review" or "re_proposed", ReReviewDue: { } second })
            {
                DateTime asked = await db.ClaimSteps.Where(s => s.PoolId == pool && s.BankId == claim.BankId && s.ClaimId == claim.Id && s.ToState == "re_review" && (s.FromState == "rejected" || s.FromState == "approved"))
                    .MaxAsync(s => s.At, ct);
                Deadline due = at.Deadlines.Due("re_review", RunningDeadlines.DayOf(asked));
                if (due.Due != second)
                {
                    claim.ReReviewDue = due.Due;
                    moved.Add(new Moved("re_review", claim.BankId, claim.Id, claim.Number, second, due));
                }
            }
            else if (claim is { State: "paid", TransferDue: { } transfer } && (claim.ReceivedOn ?? claim.PaidOn) is { } money)
            {
                Deadline due = at.Deadlines.Due("transfer", money);
                if (due.Due != transfer)
                {
                    claim.TransferDue = due.Due;
                    moved.Add(new Moved("transfer", claim.BankId, claim.Id, claim.Number, transfer, due));
                }
            }
        }

        return moved;
    }

    private static async Task<List<Moved>> PlansAsync(FundPoolDb db, RuleBase at, int pool, CancellationToken ct)
    {
        List<Moved> moved = [];
        foreach (Plan plan in await db.Plans.Where(p => p.PoolId == pool && p.State == "issued" && db.Claims.Any(c => c.PoolId == pool && c.PlanId == p.Id && c.State == "planned"))
                     .OrderBy(p => p.Id).ToListAsync(ct))
        {
            if (plan is { IssuedOn: { } issued, DocumentsDue: { } before } && at.Deadlines.Due("payment_documents", issued) is var due && due.Due != before)
            {
                plan.DocumentsDue = due.Due;
                moved.AddRange(await db.Claims.Where(c => c.PoolId == pool && c.PlanId == plan.Id && c.State == "planned").OrderBy(c => c.BankId).ThenBy(c => c.Id)
                    .Select(c => new Moved("payment_documents", c.BankId, c.Id, c.Number, before, due)).ToListAsync(ct));
            }
        }

        return moved;
    }

    private static async Task<List<Moved>> PayoutsAsync(FundPoolDb db, RuleBase at, int pool, CancellationToken ct)
    {
        List<Moved> moved = [];
        foreach (Payout payout in await db.Payouts.Where(p => p.PoolId == pool && p.State == "complete"
                         && db.Claims.Any(c => c.PoolId == pool && c.BankId == p.BankId && c.PlanId == p.PlanId && (c.State == "payable" || c.State == "ordered")))
                     .OrderBy(p => p.BankId).ThenBy(p => p.Id).ToListAsync(ct))
        {
            if (payout.PaymentDue is { } before && at.Deadlines.Due("payment", payout.FiledOn) is var due
                && (due.Due != before || due.Provisional != payout.PaymentDueProvisional))
            {
                (payout.PaymentDue, payout.PaymentDueProvisional) = (due.Due, due.Provisional);
                moved.AddRange(await db.Claims.Where(c => c.PoolId == pool && c.BankId == payout.BankId && c.PlanId == payout.PlanId && (c.State == "payable" || c.State == "ordered")).OrderBy(c => c.Id)
                    .Select(c => new Moved("payment", c.BankId, c.Id, c.Number, before, due)).ToListAsync(ct));
            }
        }

        return moved;
    }

    private static async Task<List<Moved>> NoticesAsync(FundPoolDb db, RuleBase at, int pool, CancellationToken ct)
    {
        List<Moved> moved = [];
        foreach (Notice notice in await db.Notices.Where(n => n.PoolId == pool && n.State == "published" && n.OverAt == null).OrderBy(n => n.Id).ToListAsync(ct))
        {
            if (notice is not { PublishedOn: { } published, EndsOn: { } before })
            {
                continue;
            }

            Deadline due = at.Deadlines.Due("notice", published, notice.WorkingDays);
            due = due with { Due = due.Due > before ? due.Due : before };
            if (due.Due != before || due.Provisional != notice.EndsProvisional)
            {
                (notice.EndsOn, notice.EndsProvisional) = (due.Due, due.Provisional);
                moved.Add(new Moved("notice", null, null, notice.Number ?? notice.Title, before, due));
            }
        }

        return moved;
    }

    // One message to each organisation that has to act on any of them, with as many lines as it holds.
    private static async Task TellAsync(FundPoolDb db, int pool, string calendar, List<Moved> moved, CancellationToken ct)
    {
        foreach (var group in moved.Where(one => one.From != one.To.Due).GroupBy(one => (one.Code, Who: RunningDeadlines.WhoActs(one.Code), Bank: RunningDeadlines.WhoActs(one.Code).Kind == OrganisationKind.Bank ? one.Bank : null)))
        {
            List<Moved> all = [.. group];
            string lines = string.Join("；", all.Take(10).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Number}：{one.From:yyyy-MM-dd} → {one.To.Due:yyyy-MM-dd}"))) + (all.Count > 10 ? "……" : "");
            Tidings tidings = new("deadline.recomputed",
                new Words($"工作日历更新，{all.Count.ToString(CultureInfo.InvariantCulture)} 项期限已重新计算", $"The working calendar has changed: {all.Count.ToString(CultureInfo.InvariantCulture)} due dates were reckoned anew"),
                $"/deadlines?code={group.Key.Code}", $"recomputed/{group.Key.Code}/{calendar}")
            {
                For = group.Key.Who.Permission,
                Note = new Words(lines, lines),
                Count = all.Count,
                Due = all.Min(one => one.To.Due),
                Provisional = all.Exists(one => one.To.Provisional),
            };
            if (group.Key.Bank is { } bank)
            {
                await db.TellAsync(bank, tidings, ct);
            }
            else
            {
                await db.TellEachAsync(pool, group.Key.Who.Kind, tidings, ct);
            }
        }
    }

    private sealed record Moved(string Code, int? Bank, long? Claim, string Number, DateOnly From, Deadline To);
}
