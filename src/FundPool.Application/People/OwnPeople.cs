using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application;

/// <summary>The people one may reach: the own organisation's, said in the query as well as by the database's fence.</summary>
internal static class OwnPeople
{
    public static IQueryable<Person> Own(this DbSet<Person> people, IActor actor)
    {
        int pool = actor.Pool();
        int organisation = actor.Organisation();
        return people.Where(person => person.PoolId == pool && person.OrganisationId == organisation);
    }

    public static IQueryable<PersonRole> Own(this DbSet<PersonRole> roles, IActor actor)
    {
        int pool = actor.Pool();
        int organisation = actor.Organisation();
        return roles.Where(role => role.PoolId == pool && role.OrganisationId == organisation);
    }

    public static Task<Person> SelfAsync(this FundPoolDb db, IActor actor, CancellationToken ct)
    {
        int self = actor.Person();
        return db.People.Own(actor).SingleAsync(person => person.Id == self, ct);
    }

    public static int Organisation(this IActor actor) =>
        actor.Acting.Organisation ?? throw new InvalidOperationException("Only a person of an organisation does this.");

    /// <summary>Whether somebody else who may still sign in keeps the organisation's people.</summary>
    public static Task<bool> HasOtherAdministratorAsync(this FundPoolDb db, IActor actor, int person, CancellationToken ct)
    {
        string role = Membership.CodeOf(actor.Kind == OrganisationKind.Platform ? Role.PlatformAdministrator : Role.OrganisationAdministrator);
        return db.People.Own(actor).AnyAsync(
            p => p.Id != person && p.DisabledAt == null && db.PersonRoles.Any(
                r => r.PoolId == p.PoolId && r.OrganisationId == p.OrganisationId && r.PersonId == p.Id && r.Role == role), ct);
    }
}
