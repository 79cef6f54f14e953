using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>An officer drafts the public notice of a batch.</summary>
public static class DraftNotice
{
    [Requires(Permission.PrepareNotices)]
    [UnderArticle("20(2)")]
    public sealed record Command(long Batch, NoticeFields Fields) : IRequest<Outcome<long>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Fields).SetValidator(new NoticeFieldsValidator()).OverridePropertyName("")
            .Saying("required", "请填写公示内容", "Write the notice");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (await db.Batches.LockAsync(pool, command.Batch, cancellationToken) is not { } batch)
            {
                return default(NotFound);
            }

            if (batch.State != "gathering" || await db.Notices.AnyAsync(n => n.PoolId == pool && n.BatchId == batch.Id, cancellationToken))
            {
                return new Refusal(new Article("20(2)"), new Words("该批次已有公示；请打开原公示修改或更正", "The batch has a notice already; edit or correct that one"));
            }

            Notice notice = new()
            {
                PoolId = pool,
                BatchId = batch.Id,
                Title = command.Fields.Title!.Trim(),
                Basis = command.Fields.Basis!.Trim(),
                Consult = command.Fields.Consult!.Trim(),
                Object = command.Fields.Object!.Trim(),
                WorkingDays = command.Fields.WorkingDays!.Value,
                MadeBy = actor.Person(),
                MadeByName = actor.Acting.PersonName,
                Hands = [actor.Person()],
            };
            db.Notices.Add(notice);
            await db.SaveChangesAsync(cancellationToken);
            return notice.Id;
        }
    }
}
