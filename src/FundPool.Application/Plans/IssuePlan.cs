using FluentValidation;
using FundPool.Application.Notices;
using FundPool.Application.Papers;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Plans;

/// <summary>
/// The authority's chief issues a funding plan (a.20(2)): it gets its document number, its content is frozen with its digest, and the banks'
/// days for the payment documents begin (a.19(3)).
/// </summary>
public static class IssuePlan
{
    /// <param name="Version">The plan as the chief read it.</param>
    [Requires(Permission.IssuePlans)]
    [UnderArticle("20(2)")]
    public sealed record Command(long Plan, int Version, string? Reason = null) : IRequest<Outcome<string>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).MaximumLength(500).OverridePropertyName("reason")
            .Saying("too_long", "意见请在 500 字以内", "Keep the opinion under 500 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, TimeProvider clock, PaperShelf shelf) : IRequestHandler<Command, Outcome<string>>
    {
        public async Task<Outcome<string>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (await PlanDesk.LockAsync(db, pool, command.Plan, cancellationToken) is not { } plan)
            {
                return default(NotFound);
            }

            await db.Database.ExecuteSqlAsync($"""
                select from compensation.claim c join compensation.plan_item i on i.pool_id = c.pool_id and i.bank_id = c.bank_id and i.claim_id = c.id
                where i.pool_id = {pool} and i.plan_id = {plan.Id} and i.left_at is null order by c.bank_id, c.id for update of c
                """, cancellationToken);
            PlanDesk desk = new(db, rules);
            (_, _, List<BatchLine> lines) = await desk.WriteAsync(plan, NoticeDesk.NoNumber, cancellationToken);
            if (await WhyNotAsync(command, plan, lines, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            string series = NoticeDesk.PapersOf(await rules.InAsync(db, cancellationToken)).PlanSeries;
            int year = rules.Today.Year;
            int n = await db.Database.SqlQuery<int>($"""select compensation.next_number({series}, {year}) as "Value" """).SingleAsync(cancellationToken);
            string number = PapersRule.Number(series, year, n);
            (PlanContent content, Deadline due, _) = await desk.WriteAsync(plan, number, cancellationToken);
            (plan.Content, plan.Sha256) = FrozenPapers.Freeze(content);
            plan.State = "issued";
            plan.Number = number;
            plan.TotalFen = content.TotalFen;
            plan.IssuedOn = rules.Today;
            plan.IssuedAt = clock.GetUtcNow().UtcDateTime;
            plan.DocumentsDue = due.Due;
            plan.IssuedBy = actor.Person();
            plan.IssuedByName = actor.Acting.PersonName;
            plan.RowVersion++;
            await db.SaveChangesAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"""
                update compensation.claim c set state = 'planned', plan_id = {plan.Id}, row_version = c.row_version + 1
                from compensation.plan_item i
                where i.pool_id = {pool} and i.plan_id = {plan.Id} and i.left_at is null and c.pool_id = {pool} and c.bank_id = i.bank_id and c.id = i.claim_id
                """, cancellationToken);
            await shelf.IssueAsync(new PaperSubject(pool, 0, PaperKinds.Plan, plan.Id), PlanPaper.Of(content), cancellationToken);
            return number;
        }

        private async Task<Refusal?> WhyNotAsync(Command command, Plan plan, List<BatchLine> lines, CancellationToken ct)
        {
            if (plan.State != "draft")
            {
                return EditPlan.NoDraft;
            }

            if (FourEyes.WhyNot(actor.Person(), plan.Hands, "20(2)") is { } hand)
            {
                return hand;
            }

            BatchLine[] gone = [.. lines.Where(line => line.Claim.State != "clear")];
            if (gone.Length > 0)
            {
                return new Refusal(new Article("20(2)"), new Words(
                    $"以下申请已不是“公示无异议”，须由经办人移出计划：{string.Join("、", gone.Select(line => line.Claim.Number))}",
                    $"These are not clear any more and have to leave the plan: {string.Join(", ", gone.Select(line => line.Claim.Number))}"));
            }

            // What each item was put in with, what the claim is approved for and what the plan adds up to are one sum, to the fen.
            long items = await db.PlanItems.Where(item => item.PoolId == plan.PoolId && item.PlanId == plan.Id && item.LeftAt == null).SumAsync(item => item.AmountFen, ct);
            return plan.RowVersion != command.Version || lines.Count == 0 || items != plan.TotalFen || lines.Sum(line => line.Claim.ApprovedFen ?? 0) != items
                ? new Refusal(new Article("20(2)"), new Words("资助计划在您打开之后已有变动（例如有申请被撤回）；请由经办人重新保存，核对后再下达", "The plan changed after you opened it (a claim was withdrawn, say); the officer saves it again, and you read it again"))
                : null;
        }
    }
}
