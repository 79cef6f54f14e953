using FundPool.Data;
using FundPool.Data.Tenancy;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Accounts;

/// <summary>
/// Identity's own authenticator takes a code again and again within three minutes (aspnetcore #14423, closed as won't do);
/// this one takes each step once, by one conditional update (ASVS 5.0 6.5.1, 6.5.5).
/// </summary>
internal sealed class AuthenticatorCodes(FundPoolDb db, TimeProvider clock) : IUserTwoFactorTokenProvider<Person>
{
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Person> manager, Person user) => Task.FromResult(user.AuthenticatorConfirmed);

    /// <summary>Codes are made on the person's own device.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<Person> manager, Person user) => throw new NotSupportedException();

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Person> manager, Person user)
    {
        if (token.Length > 20 || await manager.GetAuthenticatorKeyAsync(user) is not { } key
            || Totp.Match(Secrets.FromBase32(key), token, clock.GetUtcNow()) is not { } step)
        {
            return false;
        }

        return await db.People
            .Where(person => person.PoolId == user.PoolId && person.OrganisationId == user.OrganisationId && person.Id == user.Id
                && person.AuthenticatorLastStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(person => person.AuthenticatorLastStep, step)) == 1;
    }
}
