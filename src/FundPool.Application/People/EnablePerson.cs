using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.People;

/// <summary>A colleague comes back: with the password and the authenticator from before, or with a reset of them.</summary>
public static class EnablePerson
{
    [Requires(Permission.ManageOwnPeople)]
    public sealed record Command(int Person) : IRequest<Outcome<Done>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, PortalAccounts accounts) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.People.Own(actor).SingleOrDefaultAsync(p => p.Id == command.Person && p.DisabledAt != null, cancellationToken) is not { } person)
            {
                return default(NotFound);
            }

            person.DisabledAt = null;
            await accounts.UpdateAsync(person);
            return default(Done);
        }
    }
}
