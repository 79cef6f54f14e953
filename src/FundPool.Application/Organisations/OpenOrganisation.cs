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

/// <summary>A new organisation with its first administrator, who enters the others. The secret is shown once.</summary>
public static class OpenOrganisation
{
    [Requires(Permission.ManageOrganisations)]
    public sealed record Command(int Pool, OrganisationKind Kind, string Code, string Title, string Name, string FullName, string? Email, string? Phone)
        : IRequest<Outcome<Answer>>;

    public sealed record Answer(int Organisation, AddPerson.Answer Administrator);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Code).Must(code => code is not null && System.Text.RegularExpressions.Regex.IsMatch(code, "^[A-Z0-9][A-Z0-9_-]{0,31}$"))
                .OverridePropertyName("code")
                .Saying("format", "机构代码为 1 至 32 位大写字母、数字、横线或下划线，例如 B001", "A code is 1 to 32 capital letters, digits, hyphens or underscores, for example B001");
            RuleFor(command => command.Title).Must(title => title?.Trim().Length is > 0 and <= 200 && !title.Any(char.IsControl)).OverridePropertyName("title")
                .Saying("required", "请填写机构名称，200 字以内", "Enter the organisation's name, up to 200 characters");
            RuleFor(command => command.Name).AreUserName();
            RuleFor(command => command.FullName).AreFullName();
            RuleFor(command => command.Email).AreEmail();
            RuleFor(command => command.Phone).ArePhone();
        }
    }

    internal sealed class Handler(FundPoolDb db, PeopleBook book) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (command.Kind == OrganisationKind.Platform || !await db.Pools.AnyAsync(pool => pool.Id == command.Pool && pool.Id != 0, cancellationToken))
            {
                return new Problem("pool", "unknown_code", new Words("请选择资金池", "Choose a pool"));
            }

            if (await db.Organisations.AnyAsync(o => o.PoolId == command.Pool && o.Code == command.Code, cancellationToken))
            {
                return new Problem("code", "exists", new Words("这个资金池里已有该代码的机构", "The pool already has an organisation with this code"));
            }

            Organisation organisation = new()
            {
                PoolId = command.Pool, Kind = Membership.CodeOf(command.Kind), Code = command.Code, Name = command.Title.Trim(),
            };
            db.Organisations.Add(organisation);
            await db.SaveChangesAsync(cancellationToken);
            return await book.TryAddAsync(
                organisation, new NewPerson(command.Name, command.FullName, command.Email, command.Phone, [Role.OrganisationAdministrator]), cancellationToken)
                is var (person, secret)
                ? new Answer(organisation.Id, new AddPerson.Answer(person.Id, person.UserName, person.FullName, secret))
                : new Problem("name", "exists", new Words("这个用户名已有人使用，请换一个", "This user name is taken; choose another"));
        }
    }
}
