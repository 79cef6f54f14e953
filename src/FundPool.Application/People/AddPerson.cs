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

/// <summary>A new colleague. The secret in the answer is shown once and opens the first sign-in only.</summary>
public static class AddPerson
{
    [Requires(Permission.ManageOwnPeople)]
    public sealed record Command(string Name, string FullName, string? Email, string? Phone, IReadOnlyList<Role> Roles) : IRequest<Outcome<Answer>>;

    public sealed record Answer(int Person, string UserName, string FullName, string Secret);

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

    internal sealed class Handler(FundPoolDb db, IActor actor, PeopleBook book) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (RoleSeparation.WhyNot(actor.Kind, [.. command.Roles]) is { } why)
            {
                return new Problem("roles", "required", why);
            }

            int id = actor.Organisation();
            Organisation organisation = await db.Organisations.SingleAsync(o => o.Id == id, cancellationToken);
            return await book.TryAddAsync(organisation, new NewPerson(command.Name, command.FullName, command.Email, command.Phone, command.Roles), cancellationToken)
                is var (person, secret)
                ? new Answer(person.Id, person.UserName, person.FullName, secret)
                : new Problem("name", "exists", new Words("这个用户名已有人使用，请换一个", "This user name is taken; choose another"));
        }
    }
}
