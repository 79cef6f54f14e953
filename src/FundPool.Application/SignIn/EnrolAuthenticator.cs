using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.SignIn;

/// <summary>The key that the person's phone is to hold: as text and as what the QR code says.</summary>
public sealed record AuthenticatorToEnrol(string Key, string Uri)
{
    internal const string Issuer = "FundPool 资金池";

    internal static async Task<AuthenticatorToEnrol> OfAsync(PortalAccounts accounts, Person person)
    {
        string? key = await accounts.GetAuthenticatorKeyAsync(person);
        if (key is null)
        {
            // Not by Identity's own reset: it changes the stamp, and with it the ticket of the sign-in under way.
            key = Secrets.AuthenticatorKey();
            await accounts.SetAuthenticatorKeyAsync(person, key);
            await accounts.UpdateAsync(person);
        }

        return new AuthenticatorToEnrol(key, Totp.Uri(Issuer, person.UserName, key));
    }
}

/// <summary>Setting up the authenticator during the first sign-in. The key stays the same while the page is reloaded.</summary>
public static class EnrolAuthenticator
{
    [Requires(Permission.Public)]
    public sealed record Query(string Ticket) : IRequest<AuthenticatorToEnrol?>;

    [Requires(Permission.Public)]
    public sealed record Command(string Ticket, string Code, string Address, string Agent) : IRequest<SignInAnswer>;

    internal sealed class QueryHandler(PortalAccounts accounts, SignInPath path) : IRequestHandler<Query, AuthenticatorToEnrol?>
    {
        public async Task<AuthenticatorToEnrol?> Handle(Query request, CancellationToken cancellationToken) =>
            await path.OpenAsync(request.Ticket, cancellationToken) is var (ticket, person)
            && await path.NextAsync(ticket, person, cancellationToken) == SignInStage.Enrol
                ? await AuthenticatorToEnrol.OfAsync(accounts, person)
                : null;
    }

    internal sealed class Handler(PortalAccounts accounts, SignInGuard guard, SignInPath path) : IRequestHandler<Command, SignInAnswer>
    {
        public async Task<SignInAnswer> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await path.OpenAsync(command.Ticket, cancellationToken) is not var (ticket, person)
                || await path.NextAsync(ticket, person, cancellationToken) != SignInStage.Enrol)
            {
                return SignInPath.Lapsed;
            }

            if (!await accounts.VerifyTwoFactorTokenAsync(person, PortalAccounts.Authenticator, command.Code))
            {
                return new SignInAnswer(SignInStage.Enrol)
                {
                    Refused = new Words("验证码不正确，请检查手机时间后输入新的验证码。", "The code is wrong. Check the clock of your phone and enter a new code."),
                };
            }

            person.AuthenticatorConfirmed = true;
            await accounts.UpdateAsync(person);
            IEnumerable<string>? codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(person, PortalAccounts.RecoveryCodes);
            await guard.RememberAsync(person.UserName, command.Address, cancellationToken);
            SignInAnswer answer = await path.AdvanceAsync(ticket with { CodeShown = true }, person, command.Address, command.Agent, cancellationToken);
            return answer with { RecoveryCodes = [.. codes ?? []] };
        }
    }
}
