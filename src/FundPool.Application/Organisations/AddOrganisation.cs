using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Organisations;

/// <summary>A new member of a pool. The same code again only brings the name up to date.</summary>
public static class AddOrganisation
{
    [Requires(Permission.ManageOrganisations)]
    public sealed record Command(int Pool, OrganisationKind Kind, string Code, string Name) : IRequest<Outcome<Answer>>;

    public sealed record Answer(int Organisation, bool Added);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Code).Matches("^[A-Z0-9][A-Z0-9_-]{0,31}$").OverridePropertyName("code")
                .Saying("format", "机构代码为 1 至 32 位大写字母、数字、横线或下划线，例如 B001", "A code is 1 to 32 capital letters, digits, hyphens or underscores, for example B001");
            RuleFor(command => command.Name).NotEmpty().MaximumLength(200).OverridePropertyName("name")
                .Saying("required", "请填写机构名称，200 字以内", "Enter the organisation's name, up to 200 characters");
        }
    }

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            Organisation? known = await db.Organisations.FirstOrDefaultAsync(o => o.PoolId == command.Pool && o.Code == command.Code, cancellationToken);
            if (known is null)
            {
                known = new Organisation { PoolId = command.Pool, Code = command.Code, Kind = Membership.CodeOf(command.Kind), Name = command.Name };
                db.Organisations.Add(known);
                await db.SaveChangesAsync(cancellationToken);
                return new Answer(known.Id, true);
            }

            if (known.Kind != Membership.CodeOf(command.Kind))
            {
                return new Problem("code", "exists", new Words("该代码已用于另一类机构；请换一个代码", "The code belongs to an organisation of another kind; choose another"));
            }

            known.Name = command.Name;
            await db.SaveChangesAsync(cancellationToken);
            return new Answer(known.Id, false);
        }
    }
}
