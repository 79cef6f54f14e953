using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Account;

/// <summary>The authenticator's code once more, before something that much hangs on (ASVS 5.0 7.5.3).</summary>
public static class ConfirmAgain
{
    [Requires(Permission.SignedIn)]
    public sealed record Command(string Code, byte[] Session, string Address) : IRequest<Outcome<Done>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, PortalAccounts accounts, SignInGuard guard, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            Person person = await db.SelfAsync(actor, cancellationToken);
            Admission admission = await guard.AdmitAsync(person.UserName, command.Address, cancellationToken);
            if (!admission.MayTry)
            {
                return new Problem("code", "range", new Words("失败次数过多，请稍后再试", "Too many failed attempts; try again later"));
            }

            if (!await accounts.VerifyTwoFactorTokenAsync(person, PortalAccounts.Authenticator, command.Code))
            {
                return new Problem("code", "format", new Words("验证码不正确或已用过，请等待下一个验证码", "The code is wrong or was used before; wait for the next one"));
            }

            await guard.StrikeOutAsync(admission, cancellationToken);
            DateTime now = clock.GetUtcNow().UtcDateTime;
            await db.Sessions.Where(s => s.IdHash == command.Session && s.PersonId == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.ConfirmedAt, now), cancellationToken);
            return default(Done);
        }
    }
}
