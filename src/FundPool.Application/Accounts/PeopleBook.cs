using System.Globalization;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FundPool.Application.Accounts;

/// <summary>A person as somebody enters one.</summary>
/// <param name="Name">The part of the user name before the @; what follows it is the organisation's code.</param>
public sealed record NewPerson(string Name, string FullName, string? Email, string? Phone, IReadOnlyList<Role> Roles);

/// <summary>Entering people: by an administrator with a one-time secret, or ready to sign in for demonstrations and tests.</summary>
public sealed class PeopleBook(FundPoolDb db, PortalAccounts accounts, Sessions sessions, TimeProvider clock)
{
    /// <summary>
    /// <c>zhangwei@b001</c>. The organisation's code keeps names of different organisations apart, so that entering a
    /// name never tells who else has it.
    /// </summary>
    public static string UserNameOf(string name, Organisation organisation) =>
        $"{name.Trim().ToLowerInvariant()}@{organisation.Code.ToLowerInvariant()}";

    /// <summary>
    /// A person who sets password and authenticator at the first sign-in, and the secret that opens it once. Null when
    /// the user name is taken.
    /// </summary>
    public async Task<(Person Person, string Secret)?> TryAddAsync(Organisation organisation, NewPerson entered, CancellationToken ct)
    {
        Person person = PersonOf(organisation, entered);
        if (await db.People.AnyAsync(known => known.NormalizedUserName == person.NormalizedUserName, ct))
        {
            return null;
        }

        string secret = await accounts.GiveFirstSecretAsync(person);
        try
        {
            await SaveAsync(person, entered.Roles, ct);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Behind the fence: an organisation of the same code in another pool. The transaction is spent; the caller undoes it.
            return null;
        }

        return (person, secret);
    }

    /// <summary>A one-time secret in place of the password, every session ended; the authenticator stays unless it is lost too.</summary>
    public async Task<string> ResetAsync(Person person, bool authenticatorToo, CancellationToken ct)
    {
        if (authenticatorToo)
        {
            person.AuthenticatorConfirmed = false;
            person.AuthenticatorKey = null;
            await db.RecoveryCodes.Where(code => code.PoolId == person.PoolId && code.OrganisationId == person.OrganisationId && code.PersonId == person.Id)
                .ExecuteDeleteAsync(ct);
        }

        string secret = await accounts.GiveFirstSecretAsync(person);
        await sessions.EndAsync(person.PoolId, person.OrganisationId, person.Id, Sessions.ByAdministrator, keep: null, ct);
        return secret;
    }

    /// <summary>A person who can sign in at once with this password and this authenticator key (base32). Safe to run again.</summary>
    public async Task<Person> AddReadyAsync(Organisation organisation, NewPerson entered, string password, string authenticatorKey, CancellationToken ct)
    {
        string normalized = accounts.NormalizeName(UserNameOf(entered.Name, organisation));
        if (await db.People.SingleOrDefaultAsync(p => p.NormalizedUserName == normalized, ct) is { } known)
        {
            return known;
        }

        Person person = PersonOf(organisation, entered);
        person.PasswordHash = accounts.PasswordHasher.HashPassword(person, password);
        // The moment of entering: whoever changes the password later is no longer offered under the demonstration's one.
        person.PasswordSetAt = person.CreatedAt;
        person.MustSetPassword = false;
        person.AuthenticatorConfirmed = true;
        await accounts.SetAuthenticatorKeyAsync(person, authenticatorKey);
        await SaveAsync(person, entered.Roles, ct);
        return person;
    }

    private Person PersonOf(Organisation organisation, NewPerson entered)
    {
        string userName = UserNameOf(entered.Name, organisation);
        return new Person
        {
            PoolId = organisation.PoolId,
            OrganisationId = organisation.Id,
            UserName = userName,
            NormalizedUserName = accounts.NormalizeName(userName),
            FullName = entered.FullName.Trim(),
            Email = Blank(entered.Email),
            Phone = Blank(entered.Phone),
            SecurityStamp = Secrets.SessionToken(),
            ConcurrencyStamp = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
    }

    private async Task SaveAsync(Person person, IReadOnlyList<Role> roles, CancellationToken ct)
    {
        db.People.Add(person);
        await db.SaveChangesAsync(ct);
        db.PersonRoles.AddRange(roles.Distinct().Select(role => new PersonRole
        {
            PoolId = person.PoolId,
            OrganisationId = person.OrganisationId,
            PersonId = person.Id,
            Role = Membership.CodeOf(role),
        }));
        await db.SaveChangesAsync(ct);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
