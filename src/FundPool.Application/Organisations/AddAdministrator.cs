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

/// <summary>One more administrator for an organisation, for instance because the only one has left.</summary>
public static class AddAdministrator
{
    [Requires(Permission.ManageOrganisations)]
    public sealed record Command(int Organisation, string Name, string FullName, string? Email, string? Phone) : IRequest<Outcome<AddPerson.Answer>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).AreUserName();
            RuleFor(command => command.FullName).AreFullName();
            RuleFor(command => command.Email).AreEmail();
            RuleFor(command => command.Phone).ArePhone();
        }
    }

    internal sealed class Handler(FundPoolDb db, PeopleBook book) : IRequestHandler<Command, Outcome<AddPerson.Answer>>
    {
        public async Task<Outcome<AddPerson.Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Organisations.SingleOrDefaultAsync(o => o.Id == command.Organisation, cancellationToken) is not { } organisation)
            {
                return default(NotFound);
            }

            Role role = organisation.PoolId == 0 ? Role.PlatformAdministrator : Role.OrganisationAdministrator;
            return await book.TryAddAsync(organisation, new NewPerson(command.Name, command.FullName, command.Email, command.Phone, [role]), cancellationToken)
                is var (person, secret)
                ? new AddPerson.Answer(person.Id, person.UserName, person.FullName, secret)
                : new Problem("name", "exists", new Words("这个用户名已有人使用，请换一个", "This user name is taken; choose another"));
        }
    }
}
