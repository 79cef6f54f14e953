using FluentValidation;
using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.People;

/// <summary>A colleague leaves: the sign-in closes at once and open work goes to another (domain.md section 1).</summary>
public static class DisablePerson
{
    [Requires(Permission.ManageOwnPeople)]
    public sealed record Command(int Person, string? Reason, int? HandOverTo) : IRequest<Outcome<Done>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).AreReason();
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, PortalAccounts accounts, Sessions sessions, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.People.Own(actor).SingleOrDefaultAsync(p => p.Id == command.Person && p.DisabledAt == null, cancellationToken) is not { } person)
            {
                return default(NotFound);
            }

            if (person.Id == actor.Person())
            {
                return new Problem("reason", "range", new Words("不能停用自己的账号，请由另一位管理员办理", "You cannot disable your own account; ask another administrator"));
            }

            if (!(await OpenWork.OfAsync(db, actor, person.Id, cancellationToken)).IsNone)
            {
                if (command.HandOverTo is not { } to || !await MayTakeAsync(to, person.Id, cancellationToken))
                {
                    return new Problem("hand_over_to", "required", new Words("该人员有未办结的工作，请选择接手人", "This person has open work; choose who takes it over"));
                }

                await OpenWork.HandOverAsync(db, actor, person.Id, to, cancellationToken);
            }

            person.DisabledAt = clock.GetUtcNow().UtcDateTime;
            await accounts.UpdateAsync(person);
            await sessions.EndAsync(person.PoolId, person.OrganisationId, person.Id, Sessions.ByAdministrator, keep: null, cancellationToken);
            return default(Done);
        }

        private Task<bool> MayTakeAsync(int to, int from, CancellationToken ct)
        {
            string[] working = OpenWork.RolesThatTake(actor);
            return db.People.Own(actor).AnyAsync(
                p => p.Id == to && p.Id != from && p.DisabledAt == null && db.PersonRoles.Any(
                    r => r.PoolId == p.PoolId && r.OrganisationId == p.OrganisationId && r.PersonId == p.Id && working.Contains(r.Role)), ct);
        }
    }
}
