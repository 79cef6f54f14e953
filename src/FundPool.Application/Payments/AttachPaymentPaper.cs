using FluentValidation;
using FundPool.Application.Documents;
using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>The bank adds one of the documents of a.19(3) for its claims of a plan; a newer one takes the place of the one before.</summary>
public static class AttachPaymentPaper
{
    [Requires(Permission.FilePaymentDocuments)]
    [UnderArticle("19(3)")]
    public sealed record Command(long Plan, string? Code, Stream Content, string FileName) : IRequest<Outcome<long>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Content.Length).InclusiveBetween(1, AttachDocument.LargestFile).OverridePropertyName("file")
                .Saying("range", "请选择 20 MB 以内的文件", "Choose a file of up to 20 MB");
            RuleFor(command => command).Must(command => command.Content.Length == 0 || DocumentType.Of(command.Content) is not null).OverridePropertyName("file")
                .Saying("format", "只接受 PDF、JPG、PNG、Word（.docx）和 Excel（.xlsx）文件，且内容须与格式相符", "Only PDF, JPG, PNG, Word (.docx) and Excel (.xlsx) files are taken, and the content must be of that form");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files, IVirusScanner scanner, RuleSource rules, TimeProvider clock) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            RuleBase at = await rules.InAsync(db, cancellationToken);
            if (!at.Rulebooks.Home.Materials.Any(m => m.ForPayment && m.Code == command.Code))
            {
                return default(NotFound);
            }

            if (!await db.Claims.AnyAsync(c => c.PoolId == pool && c.BankId == bank && c.PlanId == command.Plan, cancellationToken))
            {
                return default(NotFound);
            }

            if (!await db.Claims.AnyAsync(c => c.PoolId == pool && c.BankId == bank && c.PlanId == command.Plan && c.State == "planned", cancellationToken))
            {
                return new Refusal(new Article("19(3)"), new Words("拨款资料已提交，目前不能更换", "The payment documents are filed and can't be changed now"));
            }

            if (await scanner.WhyNotAsync(command.Content, cancellationToken) is { } harmful)
            {
                return harmful;
            }

            await db.PayoutPapers.Where(p => p.PoolId == pool && p.BankId == bank && p.PlanId == command.Plan && p.Code == command.Code && p.WithdrawnAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.WithdrawnAt, clock.GetUtcNow().UtcDateTime), cancellationToken);
            DocumentType type = DocumentType.Of(command.Content)!;
            StoredFile file = await files.SaveAsync(pool, bank, command.Content, type.Rename(command.FileName), type.ContentType, actor.Acting.Person, cancellationToken);
            PayoutPaper paper = new()
            {
                PoolId = pool,
                BankId = bank,
                PlanId = command.Plan,
                Code = command.Code!,
                FileId = file.Id,
                UploadedBy = actor.Person(),
                UploadedByName = actor.Acting.PersonName,
            };
            db.PayoutPapers.Add(paper);
            await db.SaveChangesAsync(cancellationToken);
            return paper.Id;
        }
    }
}
