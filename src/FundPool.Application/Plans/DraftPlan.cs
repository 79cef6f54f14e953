using FluentValidation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Plans;

/// <summary>An officer drafts a funding plan of claims that are clear (a.20(2)).</summary>
public static class DraftPlan
{
    [Requires(Permission.PreparePlans)]
    [UnderArticle("20(2)")]
    public sealed record Command(PlanFields Fields) : IRequest<Outcome<long>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Fields).SetValidator(new PlanFieldsValidator()).OverridePropertyName("")
            .Saying("required", "请填写资助计划", "Write the plan");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            Plan plan = new()
            {
                PoolId = actor.Pool(),
                Title = command.Fields.Title!.Trim(),
                Basis = command.Fields.Basis!.Trim(),
                MadeBy = actor.Person(),
                MadeByName = actor.Acting.PersonName,
                Hands = [actor.Person()],
            };
            db.Plans.Add(plan);
            await db.SaveChangesAsync(cancellationToken);
            return await new PlanDesk(db, rules).PutAsync(plan, command.Fields.Claims, cancellationToken) is { } refusal ? refusal : plan.Id;
        }
    }
}
