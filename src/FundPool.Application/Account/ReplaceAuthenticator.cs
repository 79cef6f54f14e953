using System.Text.Json;
using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Application.SignIn;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.AspNetCore.DataProtection;

namespace FundPool.Application.Account;

/// <summary>
/// A new phone. The old authenticator stays good until the new one has shown its first code; until then the new key
/// travels sealed in the form and is stored nowhere.
/// </summary>
public static class ReplaceAuthenticator
{
    private const string Purpose = "FundPool.NewAuthenticator.v1";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>The new key. <c>Sealed</c> given: the key of the form that is shown again.</summary>
    [Requires(Permission.SignedIn)]
    public sealed record Query(string? Sealed = null) : IRequest<Offer>;

    public sealed record Offer(string Sealed, AuthenticatorToEnrol Authenticator);

    [Requires(Permission.SignedIn)]
    public sealed record Command(string Sealed, string Code) : IRequest<Outcome<IReadOnlyList<string>>>;

    internal sealed class QueryHandler(FundPoolDb db, IActor actor, IDataProtectionProvider protection, TimeProvider clock) : IRequestHandler<Query, Offer>
    {
        public async Task<Offer> Handle(Query request, CancellationToken cancellationToken)
        {
            Person person = await db.SelfAsync(actor, cancellationToken);
            DateTime now = clock.GetUtcNow().UtcDateTime;
            string key = (request.Sealed is { } given ? Open(protection, person, given, now) : null) ?? Secrets.AuthenticatorKey();
            return new Offer(Seal(protection, person, key, now), new AuthenticatorToEnrol(key, Totp.Uri(AuthenticatorToEnrol.Issuer, person.UserName, key)));
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, PortalAccounts accounts, IDataProtectionProvider protection, TimeProvider clock)
        : IRequestHandler<Command, Outcome<IReadOnlyList<string>>>
    {
        public async Task<Outcome<IReadOnlyList<string>>> Handle(Command command, CancellationToken cancellationToken)
        {
            Person person = await db.SelfAsync(actor, cancellationToken);
            if (Open(protection, person, command.Sealed, clock.GetUtcNow().UtcDateTime) is not { } key
                || command.Code.Length > 20 || Totp.Match(Secrets.FromBase32(key), command.Code, clock.GetUtcNow()) is not { } step)
            {
                return new Problem("code", "format", new Words("验证码不正确，请检查手机时间后输入新的验证码", "The code is wrong. Check the clock of your phone and enter a new code"));
            }

            await accounts.SetAuthenticatorKeyAsync(person, key);
            person.AuthenticatorConfirmed = true;
            person.AuthenticatorLastStep = step;
            await accounts.UpdateAsync(person);
            await db.NoteAsync("AuthenticatorReplaced", "tenancy.person", $"{person.PoolId}/{person.OrganisationId}/{person.Id}", null, cancellationToken);
            IEnumerable<string>? codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(person, PortalAccounts.RecoveryCodes);
            return codes?.ToList() ?? [];
        }
    }

    private sealed record Pending(string Key, DateTime At);

    private static string Seal(IDataProtectionProvider protection, Person person, string key, DateTime now) =>
        Protector(protection, person).Protect(JsonSerializer.Serialize(new Pending(key, now)));

    private static string? Open(IDataProtectionProvider protection, Person person, string text, DateTime now)
    {
        try
        {
            Pending? pending = JsonSerializer.Deserialize<Pending>(Protector(protection, person).Unprotect(text));
            return pending?.At + Lasts > now ? pending?.Key : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    // Sealed for this person: the form of one account is of no use in another.
    private static IDataProtector Protector(IDataProtectionProvider protection, Person person) =>
        protection.CreateProtector(Purpose, $"{person.PoolId}/{person.OrganisationId}/{person.Id}");
}
