using FluentValidation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Objections;

/// <summary>What became of something that was filed, for whoever knows its receipt and the telephone number. Any other pair gets one and the same answer.</summary>
public static class LookUpObjection
{
    [Requires(Permission.Public)]
    public sealed record Command(string Pool, string? Receipt, string? Phone, string Caller) : IRequest<Outcome<Answer>>, IPublicPage;

    /// <param name="Found">Null where the pair fits nothing, and where a limit was reached.</param>
    public sealed record Answer(Status? Found, DateTime? RetryAt);

    public sealed record Status(string Kind, string State, DateTime ReceivedAt, string? NoticeNumber, int? Item, string? Answer, DateTime? DecidedAt, DateTime? AnsweredAt);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Receipt).NotEmpty().MaximumLength(40).OverridePropertyName("receipt")
                .Saying("required", "请填写回执编号，例如 YY-2026-0001", "Give the receipt, such as YY-2026-0001");
            RuleFor(command => command.Phone).NotEmpty().MaximumLength(40).OverridePropertyName("phone")
                .Saying("required", "请填写提交时的联系电话", "Give the telephone number that you gave then");
        }
    }

    internal sealed class Handler(FundPoolDb db, IPersonalNumbers numbers) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.PublicPoolAsync(command.Pool, cancellationToken) is null)
            {
                return default(NotFound);
            }

            string caller = numbers.Protect(command.Caller).Key;
            DateTime? retryAt = await db.Database.SqlQuery<DateTime?>($"""select compensation.admit('lookup', {caller}, null) as "Value" """).SingleAsync(cancellationToken);
            if (retryAt is not null)
            {
                return new Answer(null, retryAt);
            }

            string receipt = command.Receipt!.Normalize(System.Text.NormalizationForm.FormKC).Trim().ToUpperInvariant();
            string phone = numbers.Protect(FileObjection.Digits(command.Phone)).Key;
            return new Answer(await db.Database.SqlQuery<Status>($"""
                select kind as "Kind", state as "State", received_at as "ReceivedAt", notice_number as "NoticeNumber", item as "Item", answer as "Answer", decided_at as "DecidedAt", answered_at as "AnsweredAt"
                from compensation.objection_status({receipt}, {phone})
                """).FirstOrDefaultAsync(cancellationToken), null);
        }
    }
}
