using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Account;

/// <summary>Ten new recovery codes; the old ones open nothing any more. Shown once.</summary>
public static class RenewRecoveryCodes
{
    [Requires(Permission.SignedIn)]
    public sealed record Command : IRequest<IReadOnlyList<string>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, PortalAccounts accounts) : IRequestHandler<Command, IReadOnlyList<string>>
    {
        public async Task<IReadOnlyList<string>> Handle(Command command, CancellationToken cancellationToken)
        {
            Person person = await db.SelfAsync(actor, cancellationToken);
            IEnumerable<string>? codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(person, PortalAccounts.RecoveryCodes);
            await db.NoteAsync("RecoveryCodesRenewed", "tenancy.person", $"{person.PoolId}/{person.OrganisationId}/{person.Id}", null, cancellationToken);
            return [.. codes ?? []];
        }
    }
}
