using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Views;

/// <summary>Deletes one of the person's own saved views.</summary>
public static class DropView
{
    [Requires(Permission.ReadLoans)]
    public sealed record Command(int Id) : IRequest<Outcome<Done>>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            int dropped = await db.SavedViews.Where(v => v.PoolId == actor.Pool() && v.OrganisationId == actor.Acting.Organisation && v.PersonId == actor.Person() && v.Id == command.Id)
                .ExecuteDeleteAsync(cancellationToken);
            return dropped == 1 ? default(Done) : default(NotFound);
        }
    }
}
