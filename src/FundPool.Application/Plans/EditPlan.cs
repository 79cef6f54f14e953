using FluentValidation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Plans;

/// <summary>Changes a plan that is not issued: its words, and which clear claims stand in it. Whoever does can't be the one who issues it.</summary>
public static class EditPlan
{
    internal static readonly Refusal NoDraft = new(new Article("20(2)"), new Words("该资助计划已下达或作废，不再改动", "The plan is issued or dropped and does not change"));

    [Requires(Permission.PreparePlans)]
    [UnderArticle("20(2)")]
    public sealed record Command(long Plan, PlanFields Fields) : IRequest<Outcome<Done>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Fields).SetValidator(new PlanFieldsValidator()).OverridePropertyName("")
            .Saying("required", "请填写资助计划", "Write the plan");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await PlanDesk.LockAsync(db, actor.Pool(), command.Plan, cancellationToken) is not { } plan)
            {
                return default(NotFound);
            }

            if (plan.State != "draft")
            {
                return NoDraft;
            }

            (plan.Title, plan.Basis) = (command.Fields.Title!.Trim(), command.Fields.Basis!.Trim());
            plan.Hands = plan.Hands.With(actor.Person());
            plan.RowVersion++;
            return await new PlanDesk(db, rules).PutAsync(plan, command.Fields.Claims, cancellationToken) is { } refusal ? refusal : default(Done);
        }
    }
}
