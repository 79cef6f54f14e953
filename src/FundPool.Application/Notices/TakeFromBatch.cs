using FluentValidation;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>Takes a claim out of a batch that is not published; it is approved as before and may enter another.</summary>
public static class TakeFromBatch
{
    internal static readonly Refusal Published = new(new Article("20(2)"), new Words("该批次已发布公示，不能再增减；有误请以更正公示处理", "The batch is published; correct it by a new notice"));

    [Requires(Permission.PrepareNotices)]
    [UnderArticle("20(2)")]
    public sealed record Command(long Batch, ClaimRef Claim, string? Reason) : IRequest<Outcome<Done>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason")
            .Saying("required", "请写明移出批次的原因，500 字以内", "Say why it is taken out, up to 500 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (await db.Batches.LockAsync(pool, command.Batch, cancellationToken) is not { } batch
                || await db.Claims.LockAsync(pool, command.Claim.Bank, command.Claim.Id, cancellationToken) is not { } claim
                || await db.BatchItems.FirstOrDefaultAsync(item => item.PoolId == pool && item.BankId == claim.BankId && item.BatchId == batch.Id && item.ClaimId == claim.Id && item.LeftAt == null, cancellationToken) is not { } item)
            {
                return default(NotFound);
            }

            if (batch.State != "gathering")
            {
                return Published;
            }

            if (claim.Move(ClaimAction.Unbatch, "20(2)") is { } refusal)
            {
                return refusal;
            }

            claim.BatchId = null;
            item.LeftAt = clock.GetUtcNow().UtcDateTime;
            item.LeftBecause = command.Reason!.Trim();
            batch.Hands = batch.Hands.With(actor.Person());
            batch.RowVersion++;
            await db.SaveChangesAsync(cancellationToken);
            return default(Done);
        }
    }
}
