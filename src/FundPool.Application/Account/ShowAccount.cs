using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Account;

/// <summary>The own account: when the password was set, how many recovery codes are left, where one is signed in.</summary>
public static class ShowAccount
{
    [Requires(Permission.SignedIn)]
    public sealed record Query : IRequest<View>;

    public sealed record View(
        string UserName, string FullName, string? Email, string? Phone, DateTime? PasswordSetAt, DateTime? PasswordUntil, int RecoveryCodesLeft,
        DateTime? LastSignedInAt, IReadOnlyList<OpenSession> Sessions, bool MailOn);

    /// <summary>A session that is open now.</summary>
    public sealed record OpenSession(byte[] IdHash, string Address, string Agent, DateTime CreatedAt, DateTime LastSeenAt, DateTime EndsAt);

    internal sealed class Handler(FundPoolDb db, IActor actor, Sessions sessions, PortalAccounts accounts, AccountOptions options) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            Person person = await db.SelfAsync(actor, cancellationToken);
            List<OpenSession> open = await sessions.Live(person.PoolId, person.OrganisationId, person.Id)
                .Select(s => new OpenSession(s.IdHash, s.Address, s.Agent, s.CreatedAt, s.LastSeenAt, s.EndsAt)).ToListAsync(cancellationToken);
            return new View(
                person.UserName, person.FullName, person.Email, person.Phone, person.PasswordSetAt,
                options.Profile == PasswordProfile.DengBao ? person.PasswordSetAt?.AddDays(options.PasswordDays) : null,
                await accounts.CountRecoveryCodesAsync(person), person.LastSignedInAt, open, person.MailOn);
        }
    }
}
