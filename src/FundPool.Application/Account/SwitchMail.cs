using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Account;

/// <summary>Messages go to the own e-mail address too, or no longer.</summary>
public static class SwitchMail
{
    [Requires(Permission.SignedIn)]
    public sealed record Command(bool On) : IRequest<Outcome<Done>>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            Person person = await db.SelfAsync(actor, cancellationToken);
            if (command.On && string.IsNullOrEmpty(person.Email))
            {
                return new Problem("mail", "no_address", new Words("还没有登记电子邮箱，请联系本单位管理员", "No e-mail address is on file; ask your organisation's administrator"));
            }

            person.MailOn = command.On;
            await db.SaveChangesAsync(cancellationToken);
            return default(Done);
        }
    }
}
