using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Members;

/// <summary>Takes out what a change of a bank's status rests on; the bank itself once it is decided. Written down.</summary>
public static class OpenBankEvidence
{
    [Requires(Permission.ReadStandings)]
    public sealed record Command(int Bank, long Change) : IRequest<Outcome<Answer>>;

    public sealed record Answer(FileStream Content, string Name, string ContentType);

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? own = actor.Acting.Bank;
            long? id = await db.BankStatusChanges.Where(c => c.PoolId == pool && c.BankId == command.Bank && c.Id == command.Change && (own == null || (c.BankId == own && c.State == "decided")))
                .Select(c => c.FileId).FirstOrDefaultAsync(cancellationToken);
            if (id is null || await files.OpenAsync(pool, command.Bank, id.Value, cancellationToken) is not { } content)
            {
                return default(NotFound);
            }

            StoredFile file = await db.Files.AsNoTracking().FirstAsync(f => f.PoolId == pool && f.BankId == command.Bank && f.Id == id, cancellationToken);
            await db.NoteAsync(nameof(OpenBankEvidence), "compensation.bank_status", FormattableString.Invariant($"{pool}/{command.Bank}/{command.Change}"), null, cancellationToken);
            return new Answer(content, file.Name, file.ContentType);
        }
    }
}
