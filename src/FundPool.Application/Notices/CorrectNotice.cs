using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>Drafts the notice that corrects a published one. The old one stays as it is and points to the new; the period begins anew.</summary>
public static class CorrectNotice
{
    [Requires(Permission.PrepareNotices)]
    [UnderArticle("20(2)")]
    public sealed record Command(long Notice, string? Reason) : IRequest<Outcome<long>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason")
            .Saying("required", "请写明更正原因，500 字以内；原因会公开", "Say why it is corrected, up to 500 characters; the reason is public");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (await db.Notices.LockAsync(pool, command.Notice, cancellationToken) is not { } old || old.State == "draft")
            {
                return default(NotFound);
            }

            if (old.State != "published" || old.OverAt is not null || old.EndsOn < rules.Today)
            {
                return new Refusal(new Article("20(2)"), new Words("该公示已被替代或公示期已满，不能再更正", "The notice is replaced or over and is not corrected any more"));
            }

            if (await db.Notices.AnyAsync(n => n.PoolId == pool && n.ReplacesId == old.Id, cancellationToken))
            {
                return new Refusal(new Article("20(2)"), new Words("该公示已有一份更正稿；请打开更正稿修改", "A correction of this notice is being drafted already"));
            }

            Notice notice = new()
            {
                PoolId = pool,
                BatchId = old.BatchId,
                ReplacesId = old.Id,
                CorrectionReason = command.Reason!.Trim(),
                Title = old.Title,
                Basis = old.Basis,
                Consult = old.Consult,
                Object = old.Object,
                WorkingDays = old.WorkingDays,
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
