using FluentValidation;
using FundPool.Application.Documents;
using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Members;

/// <summary>An officer of the authority proposes that a bank goes on or off the dishonesty list (a.30), or that its membership ends or begins again (a.24).</summary>
public static class ProposeBankStatus
{
    /// <summary>The changes that can be proposed, with their article.</summary>
    public static IReadOnlyList<(string Code, Article Article, Words Label)> Changes { get; } =
    [
        ("list", new Article("30"), new Words("列入严重失信主体名单", "Put on the dishonesty list")), ("delist", new Article("30"), new Words("移出严重失信主体名单", "Take off the dishonesty list")),
        ("remove", new Article("24"), new Words("取消加盟资格", "End the membership")), ("readmit", new Article("24"), new Words("恢复加盟资格", "Admit again")),
    ];

    /// <summary>The change with this code.</summary>
    public static (string Code, Article Article, Words Label) Change(string code) => Changes.First(change => change.Code == code);

    [Requires(Permission.ProposeBankStatus)]
    [UnderArticle("24, 30")]
    public sealed record Command(int Bank, string? ChangeTo, DateOnly? From, DateOnly? Until, string? Reason, Stream Content, string FileName) : IRequest<Outcome<long>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.ChangeTo).Must(code => Changes.Any(change => change.Code == code)).OverridePropertyName("change")
                .Saying("required", "请选择变更事项", "Choose the change");
            RuleFor(command => command.From).NotNull().OverridePropertyName("from")
                .Saying("required", "请填写生效日期", "Give the day from which it holds");
            RuleFor(command => command.Until).Must((command, until) => until is null || (command.ChangeTo == "list" && until >= command.From)).OverridePropertyName("until")
                .Saying("range", "截止日期只用于列入名单，且不早于生效日期；不确定可不填", "An end belongs to the list alone and is not before the beginning; leave it out where it is open");
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(1000).OverridePropertyName("reason")
                .Saying("required", "请写明理由和依据，1000 字以内；该行能看到", "Say why, up to 1000 characters; the bank reads it");
            RuleFor(command => command.Content.Length).InclusiveBetween(1, AttachDocument.LargestFile).OverridePropertyName("file")
                .Saying("required", "请上传依据文件，20 MB 以内", "Upload what it rests on, up to 20 MB");
            RuleFor(command => command).Must(command => command.Content.Length == 0 || DocumentType.Of(command.Content) is not null).OverridePropertyName("file")
                .Saying("format", "依据文件只接受 PDF、JPG、PNG、Word（.docx）和 Excel（.xlsx），且内容须与格式相符", "Only PDF, JPG, PNG, Word (.docx) and Excel (.xlsx) files are taken, and the content must be of that form");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IFileStore files, IVirusScanner scanner) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.PoolId == pool && o.Id == command.Bank && o.Kind == "bank", cancellationToken) is not { } bank)
            {
                return default(NotFound);
            }

            if (await db.BankStatusChanges.AnyAsync(c => c.PoolId == pool && c.BankId == bank.Id && c.State == "proposed", cancellationToken))
            {
                return new Refusal(Change(command.ChangeTo!).Article, new Words("该行已有一项变更待审定", "A change of this bank waits for a decision already"));
            }

            if (WhyNot(bank, command.ChangeTo!, rules.Today) is { } refusal)
            {
                return refusal;
            }

            if (await scanner.WhyNotAsync(command.Content, cancellationToken) is { } harmful)
            {
                return harmful;
            }

            DocumentType type = DocumentType.Of(command.Content)!;
            StoredFile file = await files.SaveAsync(pool, bank.Id, command.Content, type.Rename(command.FileName), type.ContentType, actor.Acting.Person, cancellationToken);
            BankStatusChange change = new()
            {
                PoolId = pool,
                BankId = bank.Id,
                Change = command.ChangeTo!,
                FromOn = command.From!.Value,
                UntilOn = command.Until,
                Reason = command.Reason!.Trim(),
                FileId = file.Id,
                ProposedBy = actor.Person(),
                ProposedByName = actor.Acting.PersonName,
            };
            db.BankStatusChanges.Add(change);
            await db.SaveChangesAsync(cancellationToken);
            return change.Id;
        }
    }

    /// <summary>Why the change makes no sense for this bank now; null where it does.</summary>
    internal static Refusal? WhyNot(Organisation bank, string change, DateOnly today)
    {
        MemberStatus status = ListMembers.StatusOf(bank, today);
        bool listed = bank.DishonestFrom is not null && (bank.DishonestUntil is null || bank.DishonestUntil >= today);
        return change switch
        {
            "list" when listed => new Refusal(Change(change).Article, new Words("该行已在名单中", "The bank is on the list already")),
            "delist" when !listed => new Refusal(Change(change).Article, new Words("该行不在名单中", "The bank is not on the list")),
            "remove" when bank.RemovedFrom is not null => new Refusal(Change(change).Article, new Words("该行已取消加盟资格", "The bank's membership has ended already")),
            "readmit" when status != MemberStatus.Removed => new Refusal(Change(change).Article, new Words("该行未被取消加盟资格", "The bank is a member")),
            "readmit" when bank.RemovedFrom!.Value.AddYears(2) > today => new Refusal(Change(change).Article, new Words(
                $"取消加盟资格满两年后方可再次申请加盟，即 {bank.RemovedFrom.Value.AddYears(2):yyyy-MM-dd} 起", $"Two years must pass after the end of membership: from {bank.RemovedFrom.Value.AddYears(2):yyyy-MM-dd}")),
            _ => null,
        };
    }
}
