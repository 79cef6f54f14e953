using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Messages;

/// <summary>Opens a message: it is read from now on, and leads to what it is about.</summary>
public static class OpenMessage
{
    [Requires(Permission.SignedIn)]
    public sealed record Command(long Id) : IRequest<Outcome<string>>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, Outcome<string>>
    {
        public async Task<Outcome<string>> Handle(Command command, CancellationToken cancellationToken)
        {
            Message? message = await db.Messages.AsNoTracking().To(actor).FirstOrDefaultAsync(m => m.Id == command.Id, cancellationToken);
            if (message is null)
            {
                return default(NotFound);
            }

            await db.Database.ExecuteSqlAsync($"""
                insert into tenancy.message_read (pool_id, organisation_id, message_id, person_id)
                values ({message.PoolId}, {message.OrganisationId}, {message.Id}, {actor.Person()}) on conflict do nothing
                """, cancellationToken);
            return message.Href;
        }
    }
}
