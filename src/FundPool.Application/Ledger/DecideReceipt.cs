using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Ledger;
using FundPool.Domain.Kernel;
using FundPool.Domain.Ledger;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Ledger;

/// <summary>The treasurer's chief approves what was entered as received, and it is posted in the same transaction; or declines it with a reason.</summary>
public static class DecideReceipt
{
    [Requires(Permission.ApproveReceipts)]
    [UnderArticle("10(1)")]
    public sealed record Command(long Receipt, bool Approve, string? Opinion) : IRequest<Outcome<long>>, IReasoned
    {
        public string? Reason => Opinion;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Opinion).NotEmpty().When(command => !command.Approve).OverridePropertyName("opinion")
                .Saying("required", "退回时请写明理由", "Say why when declining");
            RuleFor(command => command.Opinion).MaximumLength(500).OverridePropertyName("opinion")
                .Saying("too_long", "意见请在 500 字以内", "Keep the opinion under 500 characters");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, TimeProvider clock) : IRequestHandler<Command, Outcome<long>>
    {
        private static readonly Refusal WouldOverdraw = new(new Article("10(1)"), new Words(
            "专户余额已不足以冲销该笔收款：其中的钱已经拨付", "The special account no longer holds this receipt: its money was paid out"));

        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Receipt? receipt = await db.Receipts.LockAsync(pool, command.Receipt, cancellationToken);
            if (receipt is null)
            {
                return default(NotFound);
            }

            if (receipt.State != "entered")
            {
                return new Refusal(new Article("10(1)"), new Words("该笔收款已处理", "This receipt was decided already"));
            }

            if (FourEyes.WhyNot(actor.Person(), [receipt.MadeBy], "10(1)") is { } own)
            {
                return own;
            }

            if (command.Approve)
            {
                (Entry entry, long? reverses) = await EntryOfAsync(receipt, cancellationToken);
                EntryFacts facts = new(receipt.Kind == "reversal" ? rules.Today : receipt.ReceivedOn, receipt.Memo, receipt.Document, receipt.MadeBy, receipt.MadeByName,
                    FormattableString.Invariant($"receipt:{receipt.Id}"), reverses);
                if (await db.PostAsync(actor, entry, facts, cancellationToken) is not { } posted)
                {
                    return WouldOverdraw;
                }

                receipt.EntryId = posted;
            }

            receipt.State = command.Approve ? "posted" : "declined";
            receipt.DecidedBy = actor.Person();
            receipt.DecidedByName = actor.Acting.PersonName;
            receipt.DecidedAt = clock.GetUtcNow().UtcDateTime;
            receipt.Opinion = string.IsNullOrWhiteSpace(command.Opinion) ? null : command.Opinion.Trim();
            receipt.RowVersion++;
            await db.SaveChangesAsync(cancellationToken);
            return receipt.Id;
        }

        private async Task<(Entry Entry, long? Reverses)> EntryOfAsync(Receipt receipt, CancellationToken ct)
        {
            if (receipt.Kind != "reversal")
            {
                return (receipt.Kind == "interest" ? Entry.Interest(new Money(receipt.Fen)) : Entry.Appropriation(new Money(receipt.Fen)), null);
            }

            long wrong = await db.Receipts.Where(r => r.PoolId == receipt.PoolId && r.Id == receipt.ReversesId).Select(r => r.EntryId!.Value).FirstAsync(ct);
            return (Entry.Reversal([.. await db.PostingsAsync(receipt.PoolId, wrong, ct)]), wrong);
        }
    }
}
