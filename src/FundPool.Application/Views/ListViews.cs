using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Views;

/// <summary>The person's saved views of a page and those that colleagues share.</summary>
public static class ListViews
{
    [Requires(Permission.ReadLoans)]
    public sealed record Query(string Page) : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(int Id, string Name, string Query, bool Shared, bool IsOwn);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            int person = actor.Person();
            List<SavedView> views = await db.SavedViews.AsNoTracking()
                .Where(v => v.PoolId == actor.Pool() && v.OrganisationId == actor.Acting.Organisation && v.Page == query.Page && (v.PersonId == person || v.Shared))
                .OrderBy(v => v.Name).ToListAsync(cancellationToken);
            return [.. views.Select(v => new Row(v.Id, v.Name, v.Query, v.Shared, v.PersonId == person))];
        }
    }
}
