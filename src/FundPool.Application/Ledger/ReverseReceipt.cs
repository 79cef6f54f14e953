using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Ledger;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Ledger;

/// <summary>Asks to undo a receipt that was posted wrongly. The entry stays; a reversal is posted once the treasurer's chief approves it.</summary>
public static class ReverseReceipt
{
    [Requires(Permission.EnterReceipts)]
    [UnderArticle("10(1)")]
    public sealed record Command(long Receipt, string? Reason) : IRequest<Outcome<long>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(200).OverridePropertyName("reason")
                .Saying("required", "请写明冲销理由，200 字以内", "Say why it is reversed, up to 200 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Receipt? wrong = await db.Receipts.LockAsync(pool, command.Receipt, cancellationToken);
            if (wrong is null)
            {
                return default(NotFound);
            }

            if (wrong.State != "posted" || wrong.Kind == "reversal")
            {
                return new Refusal(new Article("10(1)"), new Words("只有已入账的收款才能冲销", "Only a posted receipt can be reversed"));
            }

            if (await db.Receipts.AnyAsync(r => r.PoolId == pool && r.ReversesId == wrong.Id && (r.State == "entered" || r.State == "posted"), cancellationToken))
            {
                return new Refusal(new Article("10(1)"), new Words("该笔收款已冲销或正待审核冲销", "This receipt is reversed already, or its reversal waits for approval"));
            }

            Receipt reversal = new()
            {
                PoolId = pool,
                Kind = "reversal",
                Fen = wrong.Fen,
                ReceivedOn = rules.Today,
                Document = wrong.Document,
                Memo = command.Reason!.Trim(),
                ReversesId = wrong.Id,
                MadeBy = actor.Person(),
                MadeByName = actor.Acting.PersonName,
                MadeByUnit = actor.Acting.Organisation!.Value,
            };
            db.Receipts.Add(reversal);
            await db.SaveChangesAsync(cancellationToken);
            return reversal.Id;
        }
    }
}
