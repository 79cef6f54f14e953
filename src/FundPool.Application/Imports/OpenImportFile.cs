using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Imports;

/// <summary>
/// The bank takes out the file that it sent, or the error workbook made of it. Written down, since both hold customers' data
/// in full; for the same reason nobody else gets them.
/// </summary>
public static class OpenImportFile
{
    [Requires(Permission.ReadLoans)]
    public sealed record Command(int Bank, long Batch, bool Errors) : IRequest<Outcome<Answer>>;

    /// <param name="Content">A temporary file that deletes itself when closed.</param>
    public sealed record Answer(FileStream Content, string Name);

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            if (actor.Acting.Bank != command.Bank)
            {
                return default(NotFound);
            }

            ImportBatch? batch = await db.ImportBatches.AsNoTracking()
                .FirstOrDefaultAsync(b => b.PoolId == pool && b.BankId == command.Bank && b.Id == command.Batch, cancellationToken);
            if ((command.Errors ? batch?.ErrorFileId : batch?.FileId) is not { } fileId)
            {
                return default(NotFound);
            }

            StoredFile file = await db.Files.AsNoTracking().FirstAsync(f => f.PoolId == pool && f.BankId == command.Bank && f.Id == fileId, cancellationToken);
            FileStream? content = await files.OpenAsync(pool, command.Bank, fileId, cancellationToken);
            if (content is null)
            {
                return default(NotFound);
            }

            await db.NoteAsync("OpenImportFile", "loan.file", $"{pool}/{command.Bank}/{fileId}", null, cancellationToken);
            return new Answer(content, file.Name);
        }
    }
}
