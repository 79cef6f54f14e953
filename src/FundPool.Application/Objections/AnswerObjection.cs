using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Objections;

/// <summary>Tells the sender the outcome: for an objection once the reviewer's re-examination is decided.</summary>
public static class AnswerObjection
{
    [Requires(Permission.HandleObjections)]
    [UnderArticle("20(2)")]
    public sealed record Command(long Objection, string? Reply) : IRequest<Outcome<Done>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reply).NotEmpty().MaximumLength(1000).OverridePropertyName("reply")
            .Saying("required", "请填写给提交人的答复，1000 字以内", "Write what the sender is told, up to 1000 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (await DecideObjection.LockAsync(db, pool, command.Objection, cancellationToken) is not { } objection)
            {
                return default(NotFound);
            }

            if (objection.State != "taken_up")
            {
                return new Refusal(new Article("20(2)"), new Words("该件不在办理中；请刷新页面查看", "This is not being handled; reload the page"));
            }

            if (objection.ClaimId is { } about && await db.Claims.AnyAsync(
                c => c.PoolId == pool && c.BankId == objection.ClaimBankId && c.Id == about && (c.State == "objected" || c.State == "re_examined"), cancellationToken))
            {
                return new Refusal(new Article("20(2)"), new Words("管理机构的复核尚未作出结论；出具复核报告后再答复", "The reviewer's re-examination is not decided yet; answer after its report"));
            }

            objection.State = "answered";
            objection.Answer = command.Reply!.Trim();
            objection.AnsweredBy = actor.Person();
            objection.AnsweredByName = actor.Acting.PersonName;
            objection.AnsweredAt = clock.GetUtcNow().UtcDateTime;
            objection.RowVersion++;
            await db.SaveChangesAsync(cancellationToken);
            return default(Done);
        }
    }
}
