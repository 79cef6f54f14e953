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

namespace FundPool.Application.Compensation;

/// <summary>Adds documents to a line of a claim's checklist. What each is, its bytes say, not its name.</summary>
public static class UploadMaterials
{
    /// <summary>The most documents that a claim holds.</summary>
    public const int MostFiles = 50;

    /// <summary>The most bytes that a claim's documents hold together.</summary>
    public const long MostBytes = 200L << 20;

    public sealed record Upload(Stream Content, string Name);

    /// <param name="Code">The line of the checklist.</param>
    [Requires(Permission.MakeClaims)]
    [UnderArticle("19(2)")]
    public sealed record Command(long Claim, string Code, IReadOnlyList<Upload> Files) : IRequest<Outcome<int>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Files.Count).InclusiveBetween(1, MostFiles).OverridePropertyName("file")
                .Saying("required", "请选择文件，一次最多 50 份", "Choose files, up to 50 at a time");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IFileStore files, IVirusScanner scanner) : IRequestHandler<Command, Outcome<int>>
    {
        public async Task<Outcome<int>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Claims.LockAsync(actor.Pool(), actor.Bank(), command.Claim, cancellationToken) is not { } claim)
            {
                return default(NotFound);
            }

            if (SaveClaim.WhyNotEdited(claim) is { } elsewhere)
            {
                return elsewhere;
            }

            if (command.Files.Select(WhyNot).OfType<Problem>().ToList() is { Count: > 0 } wrong)
            {
                return wrong;
            }

            RuleBase at = await rules.InAsync(db, cancellationToken);
            if (ClaimMaterials.RulesOf(at.Rulebooks.Home).All(rule => rule.Code != command.Code))
            {
                return new Problem("code", "unknown_code", new Words("材料清单中没有这一项", "The checklist has no such line"));
            }

            List<MaterialFile> there = await ClaimMaterials.FilesAsync(db, claim, cancellationToken);
            if (there.Count + command.Files.Count > MostFiles || there.Sum(file => file.Size) + command.Files.Sum(file => file.Content.Length) > MostBytes)
            {
                return new Problem("file", "range", new Words("一项申请的材料最多 50 份、共 200 MB；请合并或压缩后再传", "A claim holds up to 50 documents of 200 MB in all; merge or compress them"));
            }

            foreach (Upload upload in command.Files)
            {
                if (await scanner.WhyNotAsync(upload.Content, cancellationToken) is { } harmful)
                {
                    return harmful;
                }

                DocumentType type = DocumentType.Of(upload.Content)!;
                StoredFile file = await files.SaveAsync(claim.PoolId, claim.BankId, upload.Content, type.Rename(upload.Name), type.ContentType, actor.Acting.Person, cancellationToken);
                if (there.Any(other => other.Code == command.Code && other.Sha256 == Convert.ToHexStringLower(file.Sha256)))
                {
                    return new Problem("file", "exists", new Words($"“{file.Name}”已在这一项中上传过", $"“{file.Name}” was uploaded to this line already"));
                }

                db.Materials.Add(new Material
                {
                    PoolId = claim.PoolId,
                    BankId = claim.BankId,
                    ClaimId = claim.Id,
                    Code = command.Code,
                    FileId = file.Id,
                    UploadedBy = actor.Person(),
                    UploadedByName = actor.Acting.PersonName,
                });
            }

            claim.TouchedBy(actor.Person());
            await db.SaveChangesAsync(cancellationToken);
            return command.Files.Count;
        }

        private static Problem? WhyNot(Upload upload)
        {
            string name = Beginning.Shown(upload.Name, 60);
            return upload.Content.Length is 0 or > AttachDocument.LargestFile
                ? new Problem("file", "range", new Words($"“{name}”是空的或超过 20 MB", $"“{name}” is empty or larger than 20 MB"))
                : DocumentType.Of(upload.Content) is null
                ? new Problem("file", "format", new Words(
                    $"“{name}”不能接收：只接受 PDF、JPG、PNG、Word（.docx）和 Excel（.xlsx），内容须与格式相符，不含宏、嵌入对象和外部链接",
                    $"“{name}” is not taken: only PDF, JPG, PNG, Word (.docx) and Excel (.xlsx), of that form in fact, without macros, embedded objects or outside links"))
                : null;
        }
    }
}
