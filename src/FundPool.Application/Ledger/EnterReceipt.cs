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
                .Saying("range", "请填写大于 0、不超过 1 万亿元的金额，最多两位小数", "Enter a sum above 0 and up to 1,000,000,000,000, with at most two decimals");
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

            string document = command.Document!.Trim();
            long fen = command.Sum!.Value.Fen;
            if (await db.Receipts.AsNoTracking().Where(r => r.PoolId == pool && r.Kind == command.Kind && r.Document == document && r.Fen == fen && r.ReceivedOn == command.ReceivedOn
                    && (r.State == "entered" || (r.State == "posted" && !db.Receipts.Any(back => back.PoolId == pool && back.ReversesId == r.Id && back.State == "posted"))))
                .Select(r => (long?)r.Id).FirstOrDefaultAsync(cancellationToken) is { } twin && !await db.IsPressedAsync(pool, command.Key!, cancellationToken))
            {
                return new Problem("document", "exists", new Words($"同一凭证号、日期和金额的收款已录入（收款 {twin}），请核对是否重复", $"A receipt with this paper, day and sum was entered already (receipt {twin}); is it the same?"));
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
                Fen = fen,
                ReceivedOn = command.ReceivedOn!.Value,
                Document = document,
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
