using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.SignIn;

/// <summary>The second step: the code of the authenticator, or a recovery code where the phone is lost. Each works once.</summary>
public static class ShowCode
{
    [Requires(Permission.Public)]
    public sealed record Command(string Ticket, string Code, bool IsRecoveryCode, string Address, string Agent) : IRequest<SignInAnswer>;

    internal sealed class Handler(FundPoolDb db, PortalAccounts accounts, SignInGuard guard, SignInPath path) : IRequestHandler<Command, SignInAnswer>
    {
        public async Task<SignInAnswer> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await path.OpenAsync(command.Ticket, cancellationToken) is not var (ticket, person))
            {
                return SignInPath.Lapsed;
            }

            // Guesses at the code count like guesses at the password, for the same account and address.
            Admission admission = await guard.AdmitAsync(person.UserName, command.Address, cancellationToken);
            if (!admission.MayTry)
            {
                return SignInPath.TooMany(SignInStage.Code, admission);
            }

            if (!await IsRightAsync(person, command))
            {
                return new SignInAnswer(SignInStage.Code)
                {
                    Refused = command.IsRecoveryCode
                        ? new Words("恢复码不正确或已用过。", "The recovery code is wrong or was used before.")
                        : new Words("验证码不正确或已用过，请等待下一个验证码。", "The code is wrong or was used before. Wait for the next one."),
                };
            }

            await guard.StrikeOutAsync(admission, cancellationToken);
            await guard.RememberAsync(person.UserName, command.Address, cancellationToken);
            if (command.IsRecoveryCode)
            {
                await db.NoteAsync("RecoveryCodeUsed", "tenancy.person", $"{person.PoolId}/{person.OrganisationId}/{person.Id}", command.Address, cancellationToken);
            }

            return await path.AdvanceAsync(ticket with { CodeShown = true }, person, command.Address, command.Agent, cancellationToken);
        }

        private async Task<bool> IsRightAsync(Person person, Command command) => command.IsRecoveryCode
            ? (await accounts.RedeemTwoFactorRecoveryCodeAsync(person, command.Code)).Succeeded
            : await accounts.VerifyTwoFactorTokenAsync(person, PortalAccounts.Authenticator, command.Code);
    }
}
