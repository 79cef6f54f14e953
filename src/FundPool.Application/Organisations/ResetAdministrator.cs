using FluentValidation;
using FundPool.Application.Accounts;
using FundPool.Application.People;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Organisations;

/// <summary>A one-time secret for an organisation's administrator who is locked out; nobody else's sign-in is touched from here.</summary>
public static class ResetAdministrator
{
    [Requires(Permission.ManageOrganisations)]
    public sealed record Command(int Organisation, int Person, bool AuthenticatorToo, string? Reason) : IRequest<Outcome<AddPerson.Answer>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).AreReason();
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, PeopleBook book) : IRequestHandler<Command, Outcome<AddPerson.Answer>>
    {
        public async Task<Outcome<AddPerson.Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            Organisation? organisation = await db.Organisations.SingleOrDefaultAsync(o => o.Id == command.Organisation, cancellationToken);
            Person? person = organisation is null ? null : await ShowOrganisation.Administrators(db, organisation)
                .SingleOrDefaultAsync(p => p.Id == command.Person && p.DisabledAt == null, cancellationToken);
            if (person is null)
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
