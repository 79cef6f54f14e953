using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Drafts;

/// <summary>What the person had typed, to go on with; null where there is nothing.</summary>
public static class ReadDraft
{
    [Requires(Permission.RegisterLoans)]
    public sealed record Query(string Kind, string Key) : IRequest<Draft?>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Draft?>
    {
        public Task<Draft?> Handle(Query query, CancellationToken cancellationToken) =>
            db.Drafts.AsNoTracking().FirstOrDefaultAsync(d => d.PoolId == actor.Pool() && d.BankId == actor.Bank() && d.PersonId == actor.Person() && d.Kind == query.Kind && d.Key == query.Key, cancellationToken);
    }
}
