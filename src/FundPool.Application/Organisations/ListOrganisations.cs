using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Organisations;

/// <summary>Every organisation of the installation, by pool. People are counted, loans are nobody's business here.</summary>
public static class ListOrganisations
{
    [Requires(Permission.ManageOrganisations)]
    public sealed record Query : IRequest<View>;

    public sealed record View(IReadOnlyList<PoolChoice> Pools, IReadOnlyList<Row> Organisations);

    public sealed record PoolChoice(int Id, string Code, string Name, string NameEn);

    public sealed record Row(
        int Pool, int Id, OrganisationKind Kind, string Code, string Name, bool Demonstration, bool Disabled, DateOnly? RemovedFrom, int People, int Administrators);

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            List<PoolChoice> pools = await db.Pools.OrderBy(p => p.Id).Select(p => new PoolChoice(p.Id, p.Code, p.Name, p.NameEn)).ToListAsync(cancellationToken);
            string[] administrators = [Membership.CodeOf(Role.OrganisationAdministrator), Membership.CodeOf(Role.PlatformAdministrator)];
            var rows = await db.Organisations.OrderBy(o => o.PoolId).ThenBy(o => o.Kind).ThenBy(o => o.Code)
                .Select(o => new
                {
                    o.PoolId, o.Id, o.Kind, o.Code, o.Name, o.Demonstration, o.DisabledAt, o.RemovedFrom,
                    People = db.People.Count(p => p.PoolId == o.PoolId && p.OrganisationId == o.Id && p.DisabledAt == null),
                    Administrators = db.People.Count(p => p.PoolId == o.PoolId && p.OrganisationId == o.Id && p.DisabledAt == null
                        && db.PersonRoles.Any(r => r.PoolId == p.PoolId && r.OrganisationId == p.OrganisationId && r.PersonId == p.Id && administrators.Contains(r.Role))),
                }).ToListAsync(cancellationToken);
            return new View(pools, [.. rows.Select(o => new Row(
                o.PoolId, o.Id, KindOf(o.Kind), o.Code, o.Name, o.Demonstration, o.DisabledAt is not null, o.RemovedFrom, o.People, o.Administrators))]);
        }
    }

    internal static OrganisationKind KindOf(string code) => Membership.KindOf(code) ?? throw new InvalidOperationException($"Unknown kind {code}.");
}
