using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Documents;

/// <summary>Takes out a loan's document. Written down.</summary>
public static class OpenDocument
{
    [Requires(Permission.ReadLoans)]
    public sealed record Command(int Bank, long Document) : IRequest<Outcome<Answer>>;

    /// <param name="Content">A temporary file that deletes itself when closed.</param>
    public sealed record Answer(FileStream Content, string Name, string ContentType);

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Document? document = await db.Documents.AsNoTracking()
                .FirstOrDefaultAsync(d => d.PoolId == pool && d.BankId == command.Bank && d.Id == command.Document && d.WithdrawnAt == null, cancellationToken);
            if (document is null || await files.OpenAsync(pool, command.Bank, document.FileId, cancellationToken) is not { } content)
            {
                return default(NotFound);
            }

            StoredFile file = await db.Files.AsNoTracking().FirstAsync(f => f.PoolId == pool && f.BankId == command.Bank && f.Id == document.FileId, cancellationToken);
            await db.NoteAsync(nameof(OpenDocument), "loan.document", $"{pool}/{command.Bank}/{document.LoanId}", document.Title, cancellationToken);
            return new Answer(content, file.Name, file.ContentType);
        }
    }
}
