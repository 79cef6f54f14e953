using FluentValidation;
using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.People;

/// <summary>
/// A forgotten password: a one-time secret, shown once, in its place. The authenticator stays what it was, so that the
/// secret alone opens nothing; only where the phone is lost too is it taken off, and that stands in the record.
/// </summary>
public static class ResetSignIn
{
    [Requires(Permission.ManageOwnPeople)]
    public sealed record Command(int Person, bool AuthenticatorToo, string? Reason) : IRequest<Outcome<AddPerson.Answer>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).AreReason();
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, PeopleBook book) : IRequestHandler<Command, Outcome<AddPerson.Answer>>
    {
        public async Task<Outcome<AddPerson.Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.People.Own(actor).SingleOrDefaultAsync(p => p.Id == command.Person && p.DisabledAt == null, cancellationToken) is not { } person)
            {
                return default(NotFound);
            }

            if (person.Id == actor.Person())
            {
                return new Problem("reason", "range", new Words("自己的密码请在“账户与安全”中修改", "Change your own password under “Account and security”"));
            }

            string secret = await book.ResetAsync(person, command.AuthenticatorToo, cancellationToken);
            return new AddPerson.Answer(person.Id, person.UserName, person.FullName, secret);
        }
    }
}
