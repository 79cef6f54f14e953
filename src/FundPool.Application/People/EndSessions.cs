using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.People;

/// <summary>Signs a colleague out everywhere, at once.</summary>
public static class EndSessions
{
    [Requires(Permission.ManageOwnPeople)]
    public sealed record Command(int Person) : IRequest<Outcome<int>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, Sessions sessions) : IRequestHandler<Command, Outcome<int>>
    {
        public async Task<Outcome<int>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.People.Own(actor).SingleOrDefaultAsync(p => p.Id == command.Person, cancellationToken) is not { } person)
            {
                return default(NotFound);
            }

            int ended = await sessions.EndAsync(person.PoolId, person.OrganisationId, person.Id, Sessions.ByAdministrator, keep: null, cancellationToken);
            await db.NoteAsync("SessionsEnded", "tenancy.person", $"{person.PoolId}/{person.OrganisationId}/{person.Id}", $"{ended}", cancellationToken);
            return ended;
        }
    }
}
