using FluentValidation;
using FundPool.Application.Accounts;
using FundPool.Application.People;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Organisations;

/// <summary>
/// Closes an organisation's sign-in or opens it again. This is not suspension (a.17): a suspended bank goes on answering,
/// returning money and reporting; a disabled organisation's people cannot get in at all.
/// </summary>
public static class SwitchOrganisation
{
    [Requires(Permission.ManageOrganisations)]
    public sealed record Command(int Organisation, bool Disabled, string? Reason) : IRequest<Outcome<Done>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).AreReason();
    }

    internal sealed class Handler(FundPoolDb db, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Organisations.SingleOrDefaultAsync(o => o.Id == command.Organisation, cancellationToken) is not { } organisation)
            {
                return default(NotFound);
            }

            if (organisation.PoolId == 0)
            {
                return new Problem("reason", "range", new Words("平台机构不能停用", "The platform itself cannot be disabled"));
            }

            DateTime now = clock.GetUtcNow().UtcDateTime;
            organisation.DisabledAt = command.Disabled ? organisation.DisabledAt ?? now : null;
            await db.SaveChangesAsync(cancellationToken);
            if (command.Disabled)
            {
                // Revoked and not only refused: enabling the organisation again brings no old session back.
                await db.Sessions.Where(s => s.PoolId == organisation.PoolId && s.OrganisationId == organisation.Id && s.RevokedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now).SetProperty(s => s.RevokedBy, Sessions.ByAdministrator), cancellationToken);
            }

            return default(Done);
        }
    }
}
