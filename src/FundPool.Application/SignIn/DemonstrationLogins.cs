using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.SignIn;

/// <summary>
/// The people of demonstration organisations, for the sign-in page of a demonstration: a newcomer needs nothing but the
/// browser. The web asks this only in demonstration mode, which production refuses.
/// </summary>
public static class DemonstrationLogins
{
    /// <summary>The password that demonstration people are made with.</summary>
    public const string Password = "Yanshi-2026-Huanying";

    [Requires(Permission.Public)]
    public sealed record Query : IRequest<IReadOnlyList<Login>>;

    /// <summary>One login. <c>Code</c> is null while the present code has been used; a new one comes in <c>Seconds</c>.</summary>
    public sealed record Login(
        OrganisationKind Kind, string Organisation, IReadOnlyList<Role> Roles, string FullName, string UserName, string? Code, int Seconds);

    internal sealed class Handler(FundPoolDb db, PortalAccounts accounts, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<Login>>
    {
        public async Task<IReadOnlyList<Login>> Handle(Query request, CancellationToken cancellationToken) =>
            await ReadAsync(db, db.People, accounts, clock, cancellationToken);
    }

    internal static async Task<List<Login>> ReadAsync(
        FundPoolDb db, IQueryable<Person> of, PortalAccounts accounts, TimeProvider clock, CancellationToken ct)
    {
        var people = await (
            from person in of.AsNoTracking()
            join organisation in db.Organisations on new { person.PoolId, Id = person.OrganisationId } equals new { organisation.PoolId, organisation.Id }
            where organisation.Demonstration && organisation.DisabledAt == null && person.DisabledAt == null && person.AuthenticatorConfirmed
                && person.PasswordSetAt == person.CreatedAt
            select new
            {
                Person = person,
                organisation.Kind,
                organisation.Name,
                Roles = db.PersonRoles.Where(r => r.PersonId == person.Id && r.OrganisationId == person.OrganisationId && r.PoolId == person.PoolId)
                    .Select(r => r.Role).ToList(),
            }).ToListAsync(ct);

        DateTimeOffset now = clock.GetUtcNow();
        long step = Totp.StepAt(now);
        List<Login> logins = [];
        foreach (var entry in people)
        {
            string? key = await accounts.GetAuthenticatorKeyAsync(entry.Person);
            logins.Add(new Login(
                Membership.KindOf(entry.Kind) ?? throw new InvalidOperationException($"Unknown kind {entry.Kind}."), entry.Name,
                [.. entry.Roles.Select(Membership.RoleOf).OfType<Role>()], entry.Person.FullName, entry.Person.UserName,
                key is not null && entry.Person.AuthenticatorLastStep < step ? Totp.Code(Secrets.FromBase32(key), step) : null,
                (int)Totp.LeftAt(now).TotalSeconds));
        }

        // Within an organisation in the order of the work: a bank's maker, its checker, its administrator.
        return [.. logins.OrderBy(login => login.Kind).ThenBy(login => Halves(login).Organisation, StringComparer.Ordinal)
            .ThenBy(login => login.Roles.DefaultIfEmpty(Role.PlatformAdministrator).Min()).ThenBy(login => Halves(login).Name, StringComparer.Ordinal)];
    }

    private static (string Name, string Organisation) Halves(Login login)
    {
        int at = login.UserName.IndexOf('@', StringComparison.Ordinal);
        return (login.UserName[..at], login.UserName[(at + 1)..]);
    }
}
