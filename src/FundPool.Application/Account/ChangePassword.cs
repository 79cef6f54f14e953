using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Account;

/// <summary>A new password for oneself. Every other session ends.</summary>
public static class ChangePassword
{
    [Requires(Permission.SignedIn)]
    public sealed record Command(string Current, string Password, string Again, byte[] Session, string Address) : IRequest<Outcome<Done>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, PortalAccounts accounts, Sessions sessions, SignInGuard guard) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            Person person = await db.SelfAsync(actor, cancellationToken);
            // Whoever sits down at an open session must not be able to guess the password here either.
            Admission admission = await guard.AdmitAsync(person.UserName, command.Address, cancellationToken);
            if (!admission.MayTry)
            {
                return new Problem("current", "range", new Words("失败次数过多，请稍后再试", "Too many failed attempts; try again later"));
            }

            if (command.Current.Length > 256 || !accounts.Opens(person, command.Current))
            {
                return new Problem("current", "format", new Words("当前密码不正确", "The current password is wrong"));
            }

            await guard.StrikeOutAsync(admission, cancellationToken);
            if (command.Password != command.Again)
            {
                return new Problem("again", "format", new Words("两次输入的密码不一致", "The two passwords are not the same"));
            }

            if (await accounts.ProblemsOfAsync(command.Password, person, cancellationToken) is { Count: > 0 } problems)
            {
                return problems.ToList();
            }

            await accounts.SetPasswordAsync(person, command.Password);
            await sessions.EndAsync(person.PoolId, person.OrganisationId, person.Id, Sessions.ByNewPassword, command.Session, cancellationToken);
            return default(Done);
        }
    }
}
