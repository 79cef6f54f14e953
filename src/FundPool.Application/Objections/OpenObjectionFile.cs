using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Objections;

/// <summary>Takes out what was attached to an objection. Written down.</summary>
public static class OpenObjectionFile
{
    [Requires(Permission.HandleObjections)]
    public sealed record Command(long Objection) : IRequest<Outcome<Answer>>;

    public sealed record Answer(FileStream Content, string Name, string ContentType);

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), office = actor.Acting.Organisation ?? 0;
            long? id = await db.Objectors.Where(o => o.PoolId == pool && o.OrganisationId == office && o.ObjectionId == command.Objection).Select(o => o.FileId).FirstOrDefaultAsync(cancellationToken);
            if (id is null || await files.OpenAsync(pool, office, id.Value, cancellationToken) is not { } content)
            {
                return default(NotFound);
            }

            StoredFile file = await db.Files.AsNoTracking().FirstAsync(f => f.PoolId == pool && f.BankId == office && f.Id == id, cancellationToken);
            await db.NoteAsync(nameof(OpenObjectionFile), "compensation.objection", FormattableString.Invariant($"{pool}/{command.Objection}"), null, cancellationToken);
            return new Answer(content, file.Name, file.ContentType);
        }
    }
}
