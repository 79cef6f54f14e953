using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Notices;

/// <summary>Changes a notice that is not published. Whoever does can't be the one who publishes it.</summary>
public static class EditNotice
{
    [Requires(Permission.PrepareNotices)]
    [UnderArticle("20(2)")]
    public sealed record Command(long Notice, NoticeFields Fields, string? CorrectionReason = null) : IRequest<Outcome<Done>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Fields).SetValidator(new NoticeFieldsValidator()).OverridePropertyName("")
                .Saying("required", "请填写公示内容", "Write the notice");
            RuleFor(command => command.CorrectionReason).MaximumLength(500).OverridePropertyName("correction_reason")
                .Saying("too_long", "更正原因请在 500 字以内", "Keep the reason under 500 characters");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Notices.LockAsync(actor.Pool(), command.Notice, cancellationToken) is not { } notice)
            {
                return default(NotFound);
            }

            if (notice.State != "draft")
            {
                return new Refusal(new Article("20(2)"), new Words("公示已发布，内容不再改动；有误请发布更正公示", "The notice is published and does not change; publish a correction"));
            }

            if (notice.ReplacesId is not null && string.IsNullOrWhiteSpace(command.CorrectionReason))
            {
                return new Problem("correction_reason", "required", new Words("请写明更正原因", "Say why it is corrected"));
            }

            (notice.Title, notice.Basis, notice.Consult, notice.Object) = (command.Fields.Title!.Trim(), command.Fields.Basis!.Trim(), command.Fields.Consult!.Trim(), command.Fields.Object!.Trim());
            notice.WorkingDays = command.Fields.WorkingDays!.Value;
            notice.CorrectionReason = notice.ReplacesId is null ? null : command.CorrectionReason!.Trim();
            notice.Hands = notice.Hands.With(actor.Person());
            notice.RowVersion++;
            await db.SaveChangesAsync(cancellationToken);
            return default(Done);
        }
    }
}
