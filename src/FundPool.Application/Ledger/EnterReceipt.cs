using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Ledger;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Ledger;

/// <summary>Money that came into the special account, as the paper says: an appropriation or interest. Nothing is posted before the treasurer's chief approves it.</summary>
public static class EnterReceipt
{
    /// <summary>What is entered as received.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["appropriation", "interest"];

    [Requires(Permission.EnterReceipts)]
    [UnderArticle("10(1)")]
    public sealed record Command(string? Kind, Money? Sum, DateOnly? ReceivedOn, string? Document, string? Memo, string? Key) : IRequest<Outcome<long>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Kind).Must(kind => kind is not null && Kinds.Contains(kind)).OverridePropertyName("kind")
                .Saying("unknown_code", "请选择收款种类", "Choose what was received");
            RuleFor(command => command.Sum).Must(sum => sum is { Fen: > 0 and <= 100_000_000_000_000 }).OverridePropertyName("sum")
                .Saying("range", "请填写大于 0 的金额", "Enter a sum above 0");
            RuleFor(command => command.ReceivedOn).NotNull().OverridePropertyName("receivedOn")
                .Saying("required", "请填写到账日期", "Enter the day of receipt");
            RuleFor(command => command.Document).NotEmpty().MaximumLength(100).OverridePropertyName("document")
                .Saying("required", "请填写凭证号，100 字以内", "Enter the number of the paper, up to 100 characters");
            RuleFor(command => command.Memo).NotEmpty().MaximumLength(200).OverridePropertyName("memo")
                .Saying("required", "请填写摘要，200 字以内", "Say what it is, up to 200 characters");
            RuleFor(command => command.Key).Must(LedgerBook.IsKey).OverridePropertyName("key")
                .Saying("required", "页面已失效，请刷新后重新填写", "The page is out of date; reload it and fill it in again");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (command.ReceivedOn > rules.Today)
            {
                return new Problem("receivedOn", "range", new Words("到账日期晚于今天", "The day of receipt lies in the future"));
            }

            if (command.Kind == "interest" && actor.Kind == OrganisationKind.Finance)
            {
                return new Problem("kind", "range", new Words("专户利息由资金管理机构录入", "Interest is entered by the treasurer"));
            }

            Press press = await db.PressAsync(pool, command.Key!, nameof(EnterReceipt), $"{command.Kind}|{command.Sum!.Value.Fen}|{command.ReceivedOn:O}|{command.Document}|{command.Memo}", cancellationToken);
            if (!press.IsFirst)
            {
                return press.Misused is { } misused ? misused : press.Answer;
            }

            Receipt receipt = new()
            {
                PoolId = pool,
                Kind = command.Kind!,
                Fen = command.Sum.Value.Fen,
                ReceivedOn = command.ReceivedOn!.Value,
                Document = command.Document!.Trim(),
                Memo = command.Memo!.Trim(),
                MadeBy = actor.Person(),
                MadeByName = actor.Acting.PersonName,
                MadeByUnit = actor.Acting.Organisation!.Value,
            };
            db.Receipts.Add(receipt);
            await db.SaveChangesAsync(cancellationToken);
            await db.AnswerPressAsync(pool, command.Key!, receipt.Id, cancellationToken);
            return receipt.Id;
        }
    }
}
