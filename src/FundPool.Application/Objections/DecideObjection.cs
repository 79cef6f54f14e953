using System.Text.Json;
using FluentValidation;
using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Objections;

/// <summary>
/// The authority takes up what the public said, or declines it with a ground. A claim that is objected to leaves its batch for the reviewer's
/// re-examination; the others of the notice go on. To decline an objection lets the money go on, so that it takes two people: the first proposes.
/// </summary>
public static class DecideObjection
{
    /// <param name="Opinion">For the file; it stands in the claim's history too, where the bank reads it.</param>
    /// <param name="Reply">What the sender is told.</param>
    [Requires(Permission.HandleObjections)]
    [UnderArticle("20(2)")]
    public sealed record Command(long Objection, bool TakeUp, string? Ground, string? Opinion, string? Reply) : IRequest<Outcome<Done>>, IReasoned
    {
        public string? Reason => Opinion;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Opinion).NotEmpty().MaximumLength(1000).OverridePropertyName("opinion")
                .Saying("required", "请填写处理意见，1000 字以内", "Write the opinion, up to 1000 characters");
            RuleFor(command => command.Ground).Must(ground => ObjectionKinds.Grounds.Any(known => known.Code == ground)).When(command => !command.TakeUp).OverridePropertyName("ground")
                .Saying("required", "不予受理时请选择理由", "Choose the ground for declining");
            RuleFor(command => command.Reply).NotEmpty().When(command => !command.TakeUp).OverridePropertyName("reply")
                .Saying("required", "不予受理时请写明给提交人的答复", "Write what the sender is told when declining");
            RuleFor(command => command.Reply).MaximumLength(1000).OverridePropertyName("reply")
                .Saying("too_long", "答复请在 1000 字以内", "Keep the answer under 1000 characters");
        }
    }

    internal static Task<Objection?> LockAsync(FundPoolDb db, int pool, long id, CancellationToken ct) => db.Objections
        .FromSql($"select * from compensation.objection where pool_id = {pool} and id = {id} for update").FirstOrDefaultAsync(ct);

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (await LockAsync(db, pool, command.Objection, cancellationToken) is not { } objection)
            {
                return default(NotFound);
            }

            if (objection.State != "received")
            {
                return new Refusal(new Article("20(2)"), new Words("该件已处理；请刷新页面查看", "This was decided already; reload the page"));
            }

            if (!command.TakeUp && objection.Kind == ObjectionKinds.Objection && (objection.ProposedBy is not { } first || first == actor.Person()))
            {
                Propose(objection, command);
                await db.SaveChangesAsync(cancellationToken);
                return default(Done);
            }

            objection.State = command.TakeUp ? "taken_up" : "declined";
            objection.Ground = command.TakeUp ? null : command.Ground;
            objection.Opinion = command.Opinion!.Trim();
            objection.Answer = string.IsNullOrWhiteSpace(command.Reply) ? null : command.Reply.Trim();
            objection.DecidedBy = actor.Person();
            objection.DecidedByName = actor.Acting.PersonName;
            objection.DecidedAt = clock.GetUtcNow().UtcDateTime;
            objection.RowVersion++;
            if (command.TakeUp && objection.ClaimId is not null && await HaltAsync(objection, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            await db.SaveChangesAsync(cancellationToken);
            return default(Done);
        }

        private void Propose(Objection objection, Command command)
        {
            objection.Proposal = JsonSerializer.Serialize(new DeclineProposal(command.Ground!, command.Opinion!.Trim(), command.Reply!.Trim()), DeclineProposal.Json);
            objection.ProposedBy = actor.Person();
            objection.ProposedByName = actor.Acting.PersonName;
            objection.ProposedAt = clock.GetUtcNow().UtcDateTime;
            objection.RowVersion++;
        }

        private async Task<Refusal?> HaltAsync(Objection objection, CancellationToken ct)
        {
            int pool = objection.PoolId;
            if (await db.Notices.Where(n => n.PoolId == pool && n.Id == objection.NoticeId).Select(n => (long?)n.BatchId).FirstAsync(ct) is { } batchId)
            {
                await db.Batches.LockAsync(pool, batchId, ct);
            }

            Claim claim = (await db.Claims.LockAsync(pool, objection.ClaimBankId!.Value, objection.ClaimId!.Value, ct))!;
            // A second objection to the same item joins the re-examination that runs.
            if (claim.StateOf() is ClaimState.Objected or ClaimState.ReExamined)
            {
                return null;
            }

            if (claim.Move(ClaimAction.Object, "20(2)") is { } refusal)
            {
                return refusal;
            }

            BatchItem? item = await db.BatchItems.FirstOrDefaultAsync(i => i.PoolId == pool && i.BankId == claim.BankId && i.ClaimId == claim.Id && i.LeftAt == null, ct);
            if (item is not null)
            {
                item.LeftAt = clock.GetUtcNow().UtcDateTime;
                item.LeftBecause = $"公示期间有异议（{objection.Receipt}），转管理机构复核";
            }

            claim.BatchId = null;
            return null;
        }
    }
}

/// <summary>What the first person proposes when an objection is to be declined.</summary>
public sealed record DeclineProposal(string Ground, string Opinion, string Answer)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The proposal that waits for another person; null where there is none.</summary>
    public static DeclineProposal? Of(Objection objection)
    {
        ArgumentNullException.ThrowIfNull(objection);
        return objection.Proposal is { } proposal ? JsonSerializer.Deserialize<DeclineProposal>(proposal, Json) : null;
    }
}
