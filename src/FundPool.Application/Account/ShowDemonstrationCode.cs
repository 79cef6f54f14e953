using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Application.SignIn;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Account;

/// <summary>The own code of this moment, for the page that asks for it once more in a demonstration; null for people of real organisations.</summary>
public static class ShowDemonstrationCode
{
    [Requires(Permission.SignedIn)]
    public sealed record Query : IRequest<DemonstrationLogins.Login?>;

    internal sealed class Handler(FundPoolDb db, IActor actor, PortalAccounts accounts, TimeProvider clock) : IRequestHandler<Query, DemonstrationLogins.Login?>
    {
        public async Task<DemonstrationLogins.Login?> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), person = actor.Person();
            int? organisation = actor.Acting.Organisation;
            return (await DemonstrationLogins.ReadAsync(db, db.People.Where(p => p.PoolId == pool && p.OrganisationId == organisation && p.Id == person), accounts, clock, cancellationToken)).FirstOrDefault();
        }
    }
}
