using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.SignIn;

/// <summary>The demonstration login that a sign-in under way belongs to, for the page that asks for its code; null for people of real organisations.</summary>
public static class DemonstrationLogin
{
    [Requires(Permission.Public)]
    public sealed record Query(string Ticket) : IRequest<DemonstrationLogins.Login?>;

    internal sealed class Handler(FundPoolDb db, PortalAccounts accounts, SignInPath path, TimeProvider clock) : IRequestHandler<Query, DemonstrationLogins.Login?>
    {
        public async Task<DemonstrationLogins.Login?> Handle(Query request, CancellationToken cancellationToken) =>
            await path.OpenAsync(request.Ticket, cancellationToken) is var (_, known)
                ? (await DemonstrationLogins.ReadAsync(db, db.People.Where(p => p.PoolId == known.PoolId && p.OrganisationId == known.OrganisationId && p.Id == known.Id),
                    accounts, clock, cancellationToken)).FirstOrDefault()
                : null;
    }
}
