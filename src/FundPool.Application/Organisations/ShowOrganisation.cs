using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Organisations;

/// <summary>One organisation with its administrators: the platform keeps these, the organisation keeps everybody else.</summary>
public static class ShowOrganisation
{
    [Requires(Permission.ManageOrganisations)]
    public sealed record Query(int Organisation) : IRequest<Outcome<View>>;

    public sealed record View(
        int Pool, int Id, OrganisationKind Kind, string Code, string Name, bool Demonstration, DateTime? DisabledAt, DateTime CreatedAt,
        string PoolName, string PoolNameEn, int People, IReadOnlyList<Administrator> Administrators);

    public sealed record Administrator(int Id, string UserName, string FullName, bool Disabled, bool MustSetPassword, DateTime? LastSignedInAt);

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == request.Organisation, cancellationToken) is not { } organisation)
            {
                return default(NotFound);
            }

            Pool pool = await db.Pools.SingleAsync(p => p.Id == organisation.PoolId, cancellationToken);
            IQueryable<Person> people = db.People.Where(p => p.PoolId == organisation.PoolId && p.OrganisationId == organisation.Id);
            return new View(
                organisation.PoolId, organisation.Id, ListOrganisations.KindOf(organisation.Kind), organisation.Code, organisation.Name,
                organisation.Demonstration, organisation.DisabledAt, organisation.CreatedAt, pool.Name, pool.NameEn,
                await people.CountAsync(p => p.DisabledAt == null, cancellationToken),
                await Administrators(db, organisation).OrderBy(p => p.UserName)
                    .Select(p => new Administrator(p.Id, p.UserName, p.FullName, p.DisabledAt != null, p.MustSetPassword, p.LastSignedInAt))
                    .ToListAsync(cancellationToken));
        }
    }

    internal static IQueryable<Person> Administrators(FundPoolDb db, Organisation organisation)
    {
        string[] roles = [Membership.CodeOf(Role.OrganisationAdministrator), Membership.CodeOf(Role.PlatformAdministrator)];
        return db.People.Where(p => p.PoolId == organisation.PoolId && p.OrganisationId == organisation.Id && db.PersonRoles.Any(
            r => r.PoolId == p.PoolId && r.OrganisationId == p.OrganisationId && r.PersonId == p.Id && roles.Contains(r.Role)));
    }
}
