using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundPool.Application.Accounts;

/// <summary>The people who can sign in: Identity's own machinery with the portal's codes, history and digests.</summary>
public sealed class PortalAccounts(
    IUserStore<Person> store, IOptions<IdentityOptions> identity, IPasswordHasher<Person> hasher,
    IEnumerable<IUserValidator<Person>> userValidators, IEnumerable<IPasswordValidator<Person>> passwordValidators,
    ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider provider, ILogger<PortalAccounts> log,
    FundPoolDb db, PasswordPolicy policy, AccountOptions options, TimeProvider clock)
    : UserManager<Person>(store, identity, hasher, userValidators, passwordValidators, normalizer, errors, provider, log)
{
    public const string Authenticator = "FundPool";
    public const int RecoveryCodes = 10;

    private static readonly Person Nobody = new() { UserName = "", NormalizedUserName = "", FullName = "", SecurityStamp = "", ConcurrencyStamp = "" };
    private static string? hashOfNobody;

    /// <summary>
    /// Whether the password opens the account. Takes the time of one hash whether the account exists or not, so that the
    /// answer's delay names no user.
    /// </summary>
    public bool Opens(Person? person, string password)
    {
        string hash = person?.PasswordHash ?? (hashOfNobody ??= PasswordHasher.HashPassword(Nobody, Secrets.SessionToken()));
        bool matches = PasswordHasher.VerifyHashedPassword(person ?? Nobody, hash, password) != PasswordVerificationResult.Failed;
        return matches && person?.PasswordHash is not null && person.DisabledAt is null && !IsStale(person);
    }

    /// <summary>Problems of a new password: the policy, and the passwords used before.</summary>
    public async Task<IReadOnlyList<Problem>> ProblemsOfAsync(string password, Person person, CancellationToken ct)
    {
        Organisation? organisation = await db.Organisations.AsNoTracking()
            .SingleOrDefaultAsync(o => o.PoolId == person.PoolId && o.Id == person.OrganisationId, ct);
        IReadOnlyList<Problem> problems = policy.Check(password, person, organisation);
        if (problems.Count == 0 && HistoryOf(person).Any(hash => PasswordHasher.VerifyHashedPassword(person, hash, password) != PasswordVerificationResult.Failed))
        {
            return [new Problem("password", "exists", new Words(
                $"不能再用最近 {options.PasswordHistory} 次用过的密码。", $"The last {options.PasswordHistory} passwords cannot be used again."))];
        }

        return problems;
    }

    /// <summary>Sets a password that <see cref="ProblemsOfAsync"/> found nothing wrong with. Ends every other way in by a new stamp.</summary>
    public async Task SetPasswordAsync(Person person, string password)
    {
        person.PasswordHistory = [.. HistoryOf(person).Take(options.PasswordHistory - 1)];
        person.PasswordHash = PasswordHasher.HashPassword(person, password);
        person.PasswordSetAt = clock.GetUtcNow().UtcDateTime;
        person.MustSetPassword = false;
        await UpdateSecurityStampAsync(person);
    }

    /// <summary>Gives the account a secret that lasts until the person sets a password, and returns it: the only time it is seen.</summary>
    public async Task<string> GiveFirstSecretAsync(Person person)
    {
        string secret = Secrets.FirstSecret();
        // The current password stays in the history; a secret of an administrator's never enters it.
        person.PasswordHistory = [.. HistoryOf(person).Take(options.PasswordHistory)];
        person.PasswordHash = PasswordHasher.HashPassword(person, secret);
        person.PasswordSetAt = clock.GetUtcNow().UtcDateTime;
        person.MustSetPassword = true;
        if (person.Id != 0)
        {
            await UpdateSecurityStampAsync(person);
        }

        return secret;
    }

    /// <summary>Gives the person this authenticator key, protected; the caller saves.</summary>
    internal Task SetAuthenticatorKeyAsync(Person person, string base32Key) =>
        ((IUserAuthenticatorKeyStore<Person>)Store).SetAuthenticatorKeyAsync(person, base32Key, CancellationToken);

    public bool MustSetPassword(Person person) => person.MustSetPassword || policy.IsExpired(person, clock.GetUtcNow());

    /// <inheritdoc/>
    protected override string CreateTwoFactorRecoveryCode() => Secrets.RecoveryCode();

    /// <inheritdoc/>
    public override string GenerateNewAuthenticatorKey() => Secrets.AuthenticatorKey();

    private static string[] HistoryOf(Person person) =>
        person.PasswordHash is { } hash && !person.MustSetPassword ? [hash, .. person.PasswordHistory] : person.PasswordHistory;

    private bool IsStale(Person person) =>
        person.MustSetPassword && person.PasswordSetAt is { } given && given + options.FirstSecretLasts <= clock.GetUtcNow().UtcDateTime;
}

/// <summary>The net under the use cases: whatever path sets a password through Identity meets the same policy.</summary>
internal sealed class PolicyOfIdentity : IPasswordValidator<Person>
{
    public async Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password)
    {
        IReadOnlyList<Problem> problems = await ((PortalAccounts)manager).ProblemsOfAsync(password ?? "", user, CancellationToken.None);
        return problems.Count == 0
            ? IdentityResult.Success
            : IdentityResult.Failed([.. problems.Select(problem => new IdentityError { Code = problem.Code, Description = problem.Message.Zh })]);
    }
}
