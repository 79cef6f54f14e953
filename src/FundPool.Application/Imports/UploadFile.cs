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

namespace FundPool.Application.Imports;

/// <summary>A bank sends a file of loans or of classes. It is kept, and checked by a job; nothing enters the library yet (a.19(1)).</summary>
public static class UploadFile
{
    /// <summary>The largest file taken, in bytes; the web's limits are this same figure.</summary>
    public const long LargestFile = 50L << 20;

    [Requires(Permission.RegisterLoans)]
    [UnderArticle("19(1)")]
    public sealed record Command(ImportKind Kind, Stream Content, string FileName, DateOnly AsOf, string? LegacyReason, bool AllOrNothing)
        : IRequest<Outcome<Answer>>;

    /// <param name="Batch">The new batch.</param>
    /// <param name="SentBefore">An earlier batch with the very same file that is registered already, if there is one.</param>
    public sealed record Answer(long Batch, long? SentBefore);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Content.Length).GreaterThan(0).OverridePropertyName("file")
                .Saying("required", "请选择要上传的文件；所选文件是空的", "Choose a file; the one chosen is empty");
            RuleFor(command => command.Content.Length).LessThanOrEqualTo(LargestFile).OverridePropertyName("file")
                .Saying("too_long", "文件超过 50 MB；请拆成几个文件上传", "The file is larger than 50 MB; split it");
            RuleFor(command => command.FileName).NotEmpty().MaximumLength(200).OverridePropertyName("file")
                .Saying("too_long", "文件名过长；请缩短到 200 个字以内", "The file's name is too long; keep it under 200 characters");
            RuleFor(command => command.LegacyReason).MaximumLength(500).OverridePropertyName("legacyReason")
                .Saying("too_long", "补录理由请在 500 字以内", "Keep the reason under 500 characters");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files, IVirusScanner scanner) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            if (await scanner.WhyNotAsync(command.Content, cancellationToken) is { } harmful)
            {
                return harmful;
            }

            StoredFile file = await files.SaveAsync(pool, bank, command.Content, command.FileName, "application/octet-stream", actor.Acting.Person, cancellationToken);
            long? before = await db.ImportBatches.AsNoTracking()
                .Where(batch => batch.PoolId == pool && batch.BankId == bank && batch.State == "registered" && batch.Kind == command.Kind.Code())
                .Where(batch => db.Files.Any(f => f.PoolId == pool && f.BankId == bank && f.Id == batch.FileId && f.Sha256 == file.Sha256))
                .OrderByDescending(batch => batch.Id).Select(batch => (long?)batch.Id).FirstOrDefaultAsync(cancellationToken);
            ImportBatch added = new()
            {
                PoolId = pool,
                BankId = bank,
                Kind = command.Kind.Code(),
                State = "checking",
                FileId = file.Id,
                AsOf = command.AsOf,
                LegacyReason = string.IsNullOrWhiteSpace(command.LegacyReason) ? null : command.LegacyReason.Trim(),
                AllOrNothing = command.AllOrNothing,
                CreatedBy = actor.Acting.Person,
            };
            db.ImportBatches.Add(added);
            await db.SaveChangesAsync(cancellationToken);
            return new Answer(added.Id, before);
        }
    }
}

/// <summary>What a file reports.</summary>
public enum ImportKind
{
    Loans,
    Classes,
}

public static class ImportKinds
{
    /// <summary>The stored form.</summary>
    public static string Code(this ImportKind kind) => kind == ImportKind.Loans ? "loans" : "classes";
}
