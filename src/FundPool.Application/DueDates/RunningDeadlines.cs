using System.Globalization;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Application.Suspension;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.DueDates;

/// <summary>One deadline that runs for one thing.</summary>
/// <param name="Bank">The bank that it concerns; null for a notice.</param>
/// <param name="About"><c>loan</c>, <c>claim</c>, <c>notice</c> or <c>quarter</c>.</param>
/// <param name="Number">What people call the thing; for a quarter its digits.</param>
/// <param name="From">The day of the event that started it, where it is one day.</param>
/// <param name="Stopped">The clock stands: the claim lies with the bank.</param>
public sealed record DeadlineLine(DeadlineRule Rule, int? Bank, string About, long AboutId, string Number, DateOnly? From, Deadline Deadline, bool Stopped, string? Href)
{
    public int DaysLeft(DateOnly today) => Deadline.On(today).DaysLeft;
}

/// <summary>Reads every deadline that runs in the transaction's pool: for one bank, or for all of them.</summary>
internal sealed class RunningDeadlines(FundPoolDb db, RuleSource rules, int pool, int? bank)
{
    /// <param name="since">Loans whose three months ended before this day are past and are left out.</param>
    public async Task<IReadOnlyList<DeadlineLine>> ReadAsync(DateOnly since, CancellationToken ct)
    {
        RuleBase at = await rules.InAsync(db, ct);
        List<DeadlineLine> lines = [.. await QuartersAsync(at, ct), .. await LoansAsync(at, since, ct), .. await ClaimsAsync(at, ct), .. await NoticesAsync(at, ct)];
        return [.. lines.OrderBy(line => line.Stopped).ThenBy(line => line.Deadline.Due).ThenBy(line => line.Number, StringComparer.Ordinal)];
    }

    // The window of a quarter runs for each bank; who looks at all of them sees it once, and the job that reminds asks bank by bank.
    private Task<IReadOnlyList<DeadlineLine>> QuartersAsync(RuleBase at, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        DateOnly today = rules.Today;
        DateOnly present = new(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1);
        IReadOnlyList<DeadlineLine> open = [.. ((DateOnly[])[present.AddMonths(-3), present])
            .Select(first => (First: first, Due: at.Deadlines.Due("register", first), Number: (first.Year * 10) + ((first.Month + 2) / 3)))
            .Where(quarter => quarter.Due.Due >= today)
            .Select(quarter => new DeadlineLine(at.Deadlines.Rule("register")!, bank, "quarter", quarter.Number,
                quarter.Number.ToString(CultureInfo.InvariantCulture), null, quarter.Due, false, string.Create(CultureInfo.InvariantCulture, $"/loans?quarter={quarter.Number}")))];
        return Task.FromResult(open);
    }

    // A draft does not stop the three months; a submission does.
    private async Task<IReadOnlyList<DeadlineLine>> LoansAsync(RuleBase at, DateOnly since, CancellationToken ct)
    {
        Func<DateOnly, Deadline> claim = at.Deadlines.Of("claim");
        DateOnly first = rules.Today;
        // A later event never has an earlier deadline, so that what is still in time begins on one day.
        while (claim(first.AddDays(-1)).Due >= since)
        {
            first = first.AddDays(-1);
        }

        var rows = await db.Loans.AsNoTracking()
            .Where(l => l.PoolId == pool && (bank == null || l.BankId == bank) && l.NplSince >= first && l.Library == "loan"
                && !db.Claims.Any(c => c.PoolId == l.PoolId && c.BankId == l.BankId && c.LoanId == l.Id && c.AppliedOn != null && c.State != "rejected" && c.State != "withdrawn"))
            .Select(l => new { l.BankId, l.Id, l.NoteNo, Since = l.NplSince!.Value }).ToListAsync(ct);
        DeadlineRule rule = at.Deadlines.Rule("claim")!;
        return [.. rows.Select(l => new DeadlineLine(rule, l.BankId, "loan", l.Id, l.NoteNo, l.Since, claim(l.Since), false, string.Create(CultureInfo.InvariantCulture, $"/loans/{l.BankId}/{l.Id}")))];
    }

    private async Task<IReadOnlyList<DeadlineLine>> ClaimsAsync(RuleBase at, CancellationToken ct)
    {
        string[] over = ["approved", "rejected", "batched", "published", "objected", "re_examined", "clear", "compensated", "withdrawn"];
        var rows = await (
            from claim in db.Claims.AsNoTracking()
            where claim.PoolId == pool && (bank == null || claim.BankId == bank) && !over.Contains(claim.State)
            from plan in db.Plans.Where(p => p.PoolId == claim.PoolId && p.Id == claim.PlanId).DefaultIfEmpty()
            from payout in db.Payouts.Where(p => p.PoolId == claim.PoolId && p.BankId == claim.BankId && p.PlanId == claim.PlanId && p.State == "complete").DefaultIfEmpty()
            select new
            {
                claim.BankId, claim.Id, claim.Number, claim.State, claim.StateSince, claim.CreditReportOn, claim.AppliedOn, claim.ReviewDue, claim.ReviewDueProvisional, claim.ReReviewDue,
                claim.PaidOn, claim.ReceivedOn, claim.TransferDue, plan.IssuedOn, plan.DocumentsDue, PaymentDue = payout.PaymentDue, PaymentProvisional = (bool?)payout.PaymentDueProvisional, FiledOn = (DateOnly?)payout.FiledOn,
            }).ToListAsync(ct);
        // While its bank is suspended a claim that was accepted meanwhile is held, and the reviewer's clock stands.
        Dictionary<long, Refusal> held = await HeldClaims.OfAsync(db, at, pool, rules.Today, ct);
        List<DeadlineLine> lines = [];
        foreach (var c in rows)
        {
            DeadlineLine Line(string code, DateOnly? from, Deadline due, bool stopped = false) => new(at.Deadlines.Rule(code)!, c.BankId, "claim", c.Id, c.Number, from, due, stopped,
                string.Create(CultureInfo.InvariantCulture, $"/claims/{c.BankId}/{c.Id}"));
            // Kept or missed once, by the first submission.
            if (c is { State: "draft" or "checking", AppliedOn: null, CreditReportOn: { } report })
            {
                lines.Add(Line("credit_report", report, at.Deadlines.Due("credit_report", report)));
            }

            (string Code, DateOnly? From, DateOnly? Due, bool Provisional) runs = c.State switch
            {
                "submitted" or "proposed" or "returned" or "supplementing" => ("review", c.AppliedOn, c.ReviewDue, c.ReviewDueProvisional),
                "re_review" or "re_proposed" => ("re_review", null, c.ReReviewDue, false),
                "planned" => ("payment_documents", c.IssuedOn, c.DocumentsDue, false),
                "payable" or "ordered" => ("payment", c.FiledOn, c.PaymentDue, c.PaymentProvisional ?? false),
                "paid" => ("transfer", c.ReceivedOn ?? c.PaidOn, c.TransferDue ?? (c.PaidOn is { } paid ? at.Deadlines.Due("transfer", paid).Due : null), false),
                _ => ("", null, null, false),
            };
            if (runs.Due is { } due)
            {
                lines.Add(Line(runs.Code, runs.From, new Deadline(due, runs.Provisional || !at.Facts.Calendar.IsLoaded(due)), c.State is "returned" or "supplementing" || held.ContainsKey(c.Id)));
            }
        }

        return lines;
    }

    private async Task<IReadOnlyList<DeadlineLine>> NoticesAsync(RuleBase at, CancellationToken ct)
    {
        var rows = await db.Notices.AsNoTracking().Where(n => n.PoolId == pool && n.State == "published" && n.OverAt == null && n.EndsOn != null)
            .Select(n => new { n.Id, n.Number, n.Title, n.PublishedOn, EndsOn = n.EndsOn!.Value, n.EndsProvisional }).ToListAsync(ct);
        DeadlineRule rule = at.Deadlines.Rule("notice")!;
        return [.. rows.Select(n => new DeadlineLine(rule, null, "notice", n.Id, n.Number ?? n.Title, n.PublishedOn, new Deadline(n.EndsOn, n.EndsProvisional), false,
            bank is null ? string.Create(CultureInfo.InvariantCulture, $"/notices/{n.Id}") : null))];
    }

    /// <summary>The day in Shenzhen on which a moment falls.</summary>
    internal static DateOnly DayOf(DateTime moment) => DateOnly.FromDateTime(moment.ToUniversalTime().AddHours(8));

    /// <summary>Who has to act on it: the kind of organisation and the permission there.</summary>
    internal static (OrganisationKind Kind, Permission Permission) WhoActs(string code) => code switch
    {
        "register" => (OrganisationKind.Bank, Permission.RegisterLoans),
        "review" or "re_review" => (OrganisationKind.Reviewer, Permission.ReviewClaims),
        "notice" => (OrganisationKind.Authority, Permission.PrepareNotices),
        "payment_documents" => (OrganisationKind.Bank, Permission.FilePaymentDocuments),
        "payment" => (OrganisationKind.Treasurer, Permission.PreparePayments),
        "transfer" => (OrganisationKind.Bank, Permission.ConfirmReceipts),
        _ => (OrganisationKind.Bank, Permission.MakeClaims),
    };
}
