using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Drafts;

/// <summary>Forgets a draft: it was sent, or the person wants to begin anew.</summary>
public static class DropDraft
{
    [Requires(Permission.RegisterLoans)]
    public sealed record Command(string Kind, string Key) : IRequest<Done>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, Done>
    {
        public async Task<Done> Handle(Command command, CancellationToken cancellationToken)
        {
            await db.Drafts.Where(d => d.PoolId == actor.Pool() && d.BankId == actor.Bank() && d.PersonId == actor.Person() && d.Kind == command.Kind && d.Key == command.Key)
                .ExecuteDeleteAsync(cancellationToken);
            return default;
        }
    }
}
