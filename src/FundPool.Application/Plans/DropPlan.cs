using FluentValidation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Plans;

/// <summary>Gives up a plan that is not issued; its claims are clear as before and may enter another.</summary>
public static class DropPlan
{
    [Requires(Permission.PreparePlans)]
    [UnderArticle("20(2)")]
    public sealed record Command(long Plan, string? Reason) : IRequest<Outcome<Done>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason")
            .Saying("required", "请写明作废的原因，500 字以内", "Say why it is given up, up to 500 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (await PlanDesk.LockAsync(db, pool, command.Plan, cancellationToken) is not { } plan)
            {
                return default(NotFound);
            }

            if (plan.State != "draft")
            {
                return EditPlan.NoDraft;
            }

            plan.State = "dropped";
            plan.Hands = plan.Hands.With(actor.Person());
            plan.RowVersion++;
            await db.SaveChangesAsync(cancellationToken);
            DateTime now = clock.GetUtcNow().UtcDateTime;
            await db.PlanItems.Where(item => item.PoolId == pool && item.PlanId == plan.Id && item.LeftAt == null).ExecuteUpdateAsync(set => set.SetProperty(item => item.LeftAt, now), cancellationToken);
            return default(Done);
        }
    }
}
