using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.People;

/// <summary>One person of the own organisation: roles, sign-in, open sessions, open work and who could take it over.</summary>
public static class ShowPerson
{
    [Requires(Permission.ManageOwnPeople)]
    public sealed record Query(int Person) : IRequest<Outcome<View>>;

    public sealed record View(
        int Id, string UserName, string FullName, string? Email, string? Phone, IReadOnlyList<Role> Roles, bool Disabled, bool MustSetPassword,
        bool AuthenticatorConfirmed, DateTime CreatedAt, DateTime? LastSignedInAt, int OpenSessions, int RecoveryCodesLeft, bool IsSelf, OpenWork OpenWork,
        IReadOnlyList<Successor> Successors);

    /// <summary>Somebody who may do what the person did.</summary>
    public sealed record Successor(int Id, string FullName, string UserName);

    internal sealed class Handler(FundPoolDb db, IActor actor, Sessions sessions, PortalAccounts accounts) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (await db.People.Own(actor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.Person, cancellationToken) is not { } person)
            {
                return default(NotFound);
            }

            List<string> roles = await db.PersonRoles.Own(actor).Where(r => r.PersonId == person.Id).Select(r => r.Role).ToListAsync(cancellationToken);
            OpenWork work = await OpenWork.OfAsync(db, actor, person.Id, cancellationToken);
            return new View(
                person.Id, person.UserName, person.FullName, person.Email, person.Phone, [.. roles.Select(Membership.RoleOf).OfType<Role>().Order()],
                person.DisabledAt is not null, person.MustSetPassword, person.AuthenticatorConfirmed, person.CreatedAt, person.LastSignedInAt,
                await sessions.Live(person.PoolId, person.OrganisationId, person.Id).CountAsync(cancellationToken),
                await accounts.CountRecoveryCodesAsync(person), person.Id == actor.Person(), work,
                work.IsNone ? [] : await Successors(person).ToListAsync(cancellationToken));
        }

        private IQueryable<Successor> Successors(Person leaving)
        {
            string[] working = OpenWork.RolesThatTake(actor);
            return db.People.Own(actor)
                .Where(p => p.Id != leaving.Id && p.DisabledAt == null && db.PersonRoles.Any(
                    r => r.PoolId == p.PoolId && r.OrganisationId == p.OrganisationId && r.PersonId == p.Id && working.Contains(r.Role)))
                .OrderBy(p => p.UserName).Select(p => new Successor(p.Id, p.FullName, p.UserName));
        }
    }
}
