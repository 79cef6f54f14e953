using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.SignIn;

/// <summary>The first step: user name and password. A wrong name, a wrong password and a disabled account get one and the same answer.</summary>
public static class SignInWithPassword
{
    [Requires(Permission.Public)]
    public sealed record Command(string UserName, string Password, string Address, string Agent) : IRequest<SignInAnswer>;

    internal sealed class Handler(FundPoolDb db, PortalAccounts accounts, SignInGuard guard, SignInPath path) : IRequestHandler<Command, SignInAnswer>
    {
        private static readonly SignInAnswer Wrong = new(SignInStage.Password)
        {
            Refused = new Words("用户名或密码不正确，或账号已停用。", "The user name or password is wrong, or the account is disabled."),
        };

        public async Task<SignInAnswer> Handle(Command command, CancellationToken cancellationToken)
        {
            // Nothing that a person types is longer or holds control characters; a megabyte to hash is an attack.
            if (command.UserName.Length > 100 || command.UserName.Any(char.IsControl) || command.Password.Length > 256)
            {
                return Wrong;
            }

            Admission admission = await guard.AdmitAsync(command.UserName, command.Address, cancellationToken);
            if (!admission.MayTry)
            {
                return SignInPath.TooMany(SignInStage.Password, admission);
            }

            Person? person = await accounts.FindByNameAsync(command.UserName.Trim());
            bool opens = accounts.Opens(person, command.Password);
            if (person is null || !opens || await IsClosedAsync(person, cancellationToken))
            {
                return Wrong;
            }

            await guard.StrikeOutAsync(admission, cancellationToken);
            await path.KnownAsAsync(person, cancellationToken);
            return await path.AdvanceAsync(path.Ticket(person), person, command.Address, command.Agent, cancellationToken);
        }

        private Task<bool> IsClosedAsync(Person person, CancellationToken ct) =>
            db.Organisations.AnyAsync(o => o.PoolId == person.PoolId && o.Id == person.OrganisationId && o.DisabledAt != null, ct);
    }
}
