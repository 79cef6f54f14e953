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

/// <summary>The authority gathers approved claims into a new batch for one public notice.</summary>
public static class StartBatch
{
    [Requires(Permission.PrepareNotices)]
    [UnderArticle("20(2)")]
    public sealed record Command(string? Name, IReadOnlyList<ClaimRef> Claims) : IRequest<Outcome<long>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).NotEmpty().MaximumLength(100).OverridePropertyName("name")
                .Saying("required", "请填写批次名称，100 字以内，例如“2026年第一批”", "Name the batch, up to 100 characters");
            RuleFor(command => command.Claims).NotEmpty().OverridePropertyName("claims")
                .Saying("required", "请至少勾选一笔审核通过的申请", "Tick at least one approved claim");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            Batch batch = new() { PoolId = actor.Pool(), Name = command.Name!.Trim(), MadeBy = actor.Person(), MadeByName = actor.Acting.PersonName, Hands = [actor.Person()] };
            db.Batches.Add(batch);
            await db.SaveChangesAsync(cancellationToken);
            return await new BatchEntry(db, actor, rules).PutInAsync(batch, command.Claims, cancellationToken) is { } refusal ? refusal : batch.Id;
        }
    }
}
