using FluentValidation;
using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Documents;

/// <summary>Adds a document to a loan. What it is, its bytes say, not its name.</summary>
public static class AttachDocument
{
    public const long LargestFile = 20L << 20;

    [Requires(Permission.RegisterLoans)]
    [UnderArticle("11(4)")]
    public sealed record Command(long Loan, Stream Content, string FileName, string? Title) : IRequest<Outcome<long>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Title).NotEmpty().MaximumLength(100).OverridePropertyName("title")
                .Saying("required", "请填写材料名称，100 字以内", "Name the document, up to 100 characters");
            RuleFor(command => command.Content.Length).InclusiveBetween(1, LargestFile).OverridePropertyName("file")
                .Saying("range", "请选择 20 MB 以内的文件", "Choose a file of up to 20 MB");
            RuleFor(command => command).Must(command => DocumentType.Of(command.Content) is not null).OverridePropertyName("file")
                .Saying("format", "只接受 PDF、JPG、PNG、Word（.docx）和 Excel（.xlsx）文件，且内容须与格式相符", "Only PDF, JPG, PNG, Word (.docx) and Excel (.xlsx) files are taken, and the content must be of that form");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files, IVirusScanner scanner) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            if (!await db.Loans.AnyAsync(l => l.PoolId == pool && l.BankId == bank && l.Id == command.Loan, cancellationToken))
            {
                return default(NotFound);
            }

            if (await scanner.WhyNotAsync(command.Content, cancellationToken) is { } harmful)
            {
                return harmful;
            }

            DocumentType type = DocumentType.Of(command.Content)!;
            StoredFile file = await files.SaveAsync(pool, bank, command.Content, type.Rename(command.FileName), type.ContentType, actor.Acting.Person, cancellationToken);
            Document document = new()
            {
                PoolId = pool,
                BankId = bank,
                LoanId = command.Loan,
                FileId = file.Id,
                Title = command.Title!.Trim(),
                UploadedBy = actor.Person(),
                UploadedByName = actor.Acting.PersonName,
            };
            db.Documents.Add(document);
            await db.SaveChangesAsync(cancellationToken);
            return document.Id;
        }
    }
}
