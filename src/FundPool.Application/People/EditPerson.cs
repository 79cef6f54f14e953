using FluentValidation;
using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.People;

/// <summary>A colleague's name, reachability and roles. New roles count from the next click on; nobody changes the own ones.</summary>
public static class EditPerson
{
    [Requires(Permission.ManageOwnPeople)]
    public sealed record Command(int Person, string FullName, string? Email, string? Phone, IReadOnlyList<Role> Roles) : IRequest<Outcome<Done>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.FullName).AreFullName();
            RuleFor(command => command.Email).AreEmail();
            RuleFor(command => command.Phone).ArePhone();
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, PortalAccounts accounts) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.People.Own(actor).SingleOrDefaultAsync(p => p.Id == command.Person, cancellationToken) is not { } person)
            {
                return default(NotFound);
            }

            List<PersonRole> held = await db.PersonRoles.Own(actor).Where(r => r.PersonId == person.Id).ToListAsync(cancellationToken);
            HashSet<string> wanted = [.. command.Roles.Select(Membership.CodeOf)];
            if (!wanted.SetEquals(held.Select(role => role.Role)) && await WhyNotAsync(command, person, cancellationToken) is { } why)
            {
                return new Problem("roles", "range", why);
            }

            db.PersonRoles.RemoveRange(held.Where(role => !wanted.Contains(role.Role)));
            db.PersonRoles.AddRange(wanted.Except(held.Select(role => role.Role)).Select(role => new PersonRole
            {
                PoolId = person.PoolId, OrganisationId = person.OrganisationId, PersonId = person.Id, Role = role,
            }));
            person.FullName = command.FullName.Trim();
            person.Email = string.IsNullOrWhiteSpace(command.Email) ? null : command.Email.Trim();
            person.Phone = string.IsNullOrWhiteSpace(command.Phone) ? null : command.Phone.Trim();
            await accounts.UpdateAsync(person);
            return default(Done);
        }

        private async Task<Words?> WhyNotAsync(Command command, Person person, CancellationToken ct)
        {
            if (person.Id == actor.Person())
            {
                return new Words("不能修改自己的岗位，请由另一位管理员办理", "You cannot change your own roles; ask another administrator");
            }

            if (RoleSeparation.WhyNot(actor.Kind, [.. command.Roles]) is { } why)
            {
                return why;
            }

            bool administers = command.Roles.Any(role => role is Role.OrganisationAdministrator or Role.PlatformAdministrator);
            return !administers && !await db.HasOtherAdministratorAsync(actor, person.Id, ct)
                ? new Words("至少须保留一位管理员", "At least one administrator must remain")
                : null;
        }
    }
}
