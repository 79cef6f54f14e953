using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Messages;

/// <summary>Marks everything that was told until now as read.</summary>
public static class ReadMessages
{
    [Requires(Permission.SignedIn)]
    public sealed record Command : IRequest<Outcome<int>>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, Outcome<int>>
    {
        public async Task<Outcome<int>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), person = actor.Person();
            int? organisation = actor.Acting.Organisation;
            string[] permissions = [.. actor.Permissions.Select(permission => permission.ToString())];
            return await db.Database.ExecuteSqlAsync($"""
                insert into tenancy.message_read (pool_id, organisation_id, message_id, person_id)
                select m.pool_id, m.organisation_id, m.id, {person} from tenancy.message m
                where m.pool_id = {pool} and m.organisation_id = {organisation}
                  and (m.person_id = {person} or m.person_id is null and (m.permission is null or m.permission = any ({permissions})))
                on conflict do nothing
                """, cancellationToken);
        }
    }
}
