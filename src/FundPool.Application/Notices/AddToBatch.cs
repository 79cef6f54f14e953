using FluentValidation;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Notices;

/// <summary>Further approved claims enter a batch that is not published yet.</summary>
public static class AddToBatch
{
    [Requires(Permission.PrepareNotices)]
    [UnderArticle("20(2)")]
    public sealed record Command(long Batch, IReadOnlyList<ClaimRef> Claims) : IRequest<Outcome<Done>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Claims).NotEmpty().OverridePropertyName("claims")
            .Saying("required", "请至少勾选一笔审核通过的申请", "Tick at least one approved claim");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Batches.LockAsync(actor.Pool(), command.Batch, cancellationToken) is not { } batch)
            {
                return default(NotFound);
            }

            if (batch.State != "gathering")
            {
                return TakeFromBatch.Published;
            }

            return await new BatchEntry(db, actor, rules).PutInAsync(batch, command.Claims, cancellationToken) is { } refusal ? refusal : default(Done);
        }
    }
}
