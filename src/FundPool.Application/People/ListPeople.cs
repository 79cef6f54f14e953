using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.People;

/// <summary>The people of the own organisation, those who can sign in first.</summary>
public static class ListPeople
{
    [Requires(Permission.ManageOwnPeople)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(
        int Id, string UserName, string FullName, IReadOnlyList<Role> Roles, bool Disabled, bool MustSetPassword, bool AuthenticatorConfirmed,
        DateTime? LastSignedInAt);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query request, CancellationToken cancellationToken)
        {
            ILookup<int, Role> roles = (await db.PersonRoles.Own(actor).Select(r => new { r.PersonId, r.Role }).ToListAsync(cancellationToken))
                .Where(r => Membership.RoleOf(r.Role) is not null).ToLookup(r => r.PersonId, r => Membership.RoleOf(r.Role)!.Value);
            var people = await db.People.Own(actor).AsNoTracking()
                .OrderBy(p => p.DisabledAt != null).ThenBy(p => p.UserName)
                .Select(p => new { p.Id, p.UserName, p.FullName, p.DisabledAt, p.MustSetPassword, p.AuthenticatorConfirmed, p.LastSignedInAt })
                .ToListAsync(cancellationToken);
            return [.. people.Select(p => new Row(
                p.Id, p.UserName, p.FullName, [.. roles[p.Id].Order()], p.DisabledAt is not null, p.MustSetPassword, p.AuthenticatorConfirmed, p.LastSignedInAt))];
        }
    }
}
