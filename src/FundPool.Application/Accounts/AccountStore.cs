using FundPool.Data;
using FundPool.Data.Tenancy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Accounts;

/// <summary>
/// ASP.NET Core Identity over the portal's own people. Works in the transaction of the use case; where there is none it
/// opens one in the identity scope. Lockout is not here: it goes by account and address (<see cref="SignInGuard"/>).
/// </summary>
internal sealed class AccountStore(FundPoolDb db, IDataProtectionProvider protection, TimeProvider clock) :
    IUserPasswordStore<Person>, IUserSecurityStampStore<Person>, IUserTwoFactorStore<Person>, IUserAuthenticatorKeyStore<Person>,
    IUserTwoFactorRecoveryCodeStore<Person>
{
    private readonly IDataProtector protector = protection.CreateProtector("FundPool.Authenticator.v1");

    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken)
    {
        user.UserName = userName ?? throw new ArgumentNullException(nameof(userName));
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.NormalizedUserName);

    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken)
    {
        user.NormalizedUserName = normalizedName ?? throw new ArgumentNullException(nameof(normalizedName));
        return Task.CompletedTask;
    }

    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) => Within(async () =>
    {
        user.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        db.People.Add(user);
        await db.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }, cancellationToken);

    public Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken) => Within(async () =>
    {
        user.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        await db.SaveChangesAsync(cancellationToken);
        return IdentityResult.Success;
    }, cancellationToken);

    /// <summary>People are never deleted: their deeds stand in the record. They are disabled.</summary>
    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Within(
        () => int.TryParse(userId, out int id) ? db.People.SingleOrDefaultAsync(person => person.Id == id, cancellationToken) : Task.FromResult<Person?>(null),
        cancellationToken);

    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Within(
        () => db.People.SingleOrDefaultAsync(person => person.NormalizedUserName == normalizedUserName, cancellationToken), cancellationToken);

    public Task SetPasswordHashAsync(Person user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        user.PasswordSetAt = clock.GetUtcNow().UtcDateTime;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Person user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetTwoFactorEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken)
    {
        user.AuthenticatorConfirmed = enabled;
        return Task.CompletedTask;
    }

    public Task<bool> GetTwoFactorEnabledAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.AuthenticatorConfirmed);

    public Task SetAuthenticatorKeyAsync(Person user, string key, CancellationToken cancellationToken)
    {
        user.AuthenticatorKey = protector.Protect(key);
        return Task.CompletedTask;
    }

    public Task<string?> GetAuthenticatorKeyAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult(user.AuthenticatorKey is { } key ? protector.Unprotect(key) : null);

    public async Task ReplaceCodesAsync(Person user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        await CodesOf(user).ExecuteDeleteAsync(cancellationToken);
        db.RecoveryCodes.AddRange(recoveryCodes.Select(code => new RecoveryCode
        {
            PoolId = user.PoolId,
            OrganisationId = user.OrganisationId,
            PersonId = user.Id,
            CodeHash = Secrets.Digest(Secrets.Plain(code)),
        }));
    }

    /// <summary>One statement decides, so that a code works once however many requests bring it at the same moment.</summary>
    public async Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken)
    {
        byte[] digest = Secrets.Digest(Secrets.Plain(code));
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return await CodesOf(user).Where(x => x.CodeHash == digest && x.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.UsedAt, now), cancellationToken) == 1;
    }

    public Task<int> CountCodesAsync(Person user, CancellationToken cancellationToken) =>
        CodesOf(user).CountAsync(code => code.UsedAt == null, cancellationToken);

    public void Dispose()
    {
        // The context belongs to the scope.
    }

    private IQueryable<RecoveryCode> CodesOf(Person user) => db.RecoveryCodes
        .Where(code => code.PoolId == user.PoolId && code.OrganisationId == user.OrganisationId && code.PersonId == user.Id);

    private async Task<T> Within<T>(Func<Task<T>> work, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            return await work();
        }

        await using Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction =
            await db.BeginAsync(Acting.Identity, new Cause("Account"), ct);
        T result = await work();
        await transaction.CommitAsync(ct);
        return result;
    }
}
