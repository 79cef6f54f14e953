using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Account;

/// <summary>Ends one session of one's own, the present one (signing out) or another.</summary>
public static class EndSession
{
    [Requires(Permission.SignedIn)]
    public sealed record Command(byte[] Session) : IRequest<Outcome<Done>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int organisation = actor.Organisation();
            int person = actor.Person();
            DateTime now = clock.GetUtcNow().UtcDateTime;
            int ended = await db.Sessions
                .Where(s => s.IdHash == command.Session && s.PoolId == pool && s.OrganisationId == organisation && s.PersonId == person && s.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now).SetProperty(s => s.RevokedBy, Sessions.ByPerson), cancellationToken);
            return ended == 1 ? default(Done) : default(NotFound);
        }
    }
}
