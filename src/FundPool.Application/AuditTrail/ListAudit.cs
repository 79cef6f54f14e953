using System.Globalization;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Audit;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.AuditTrail;

/// <summary>A page of the record of what was done, the newest first.</summary>
public static class ListAudit
{
    [Requires(Permission.ReadAudit)]
    public sealed record Query(AuditFilter Filter, string? After = null, int Size = 50) : IRequest<Answer>;

    /// <param name="Next">The cursor of the next page; null on the last.</param>
    /// <param name="Organisations">The organisations that acted, for a reader who sees several.</param>
    public sealed record Answer(IReadOnlyList<AuditRow> Rows, string? Next, IReadOnlyList<(int Id, string Name)> Organisations);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            List<AuditEvent> found = await AuditQuery.Ordered(AuditQuery.Readable(db, actor, query.Filter), query.Filter, Cursor.Read(query.After))
                .AsNoTracking().Take(query.Size + 1).ToListAsync(cancellationToken);
            string? next = null;
            if (found.Count > query.Size)
            {
                found.RemoveAt(query.Size);
                next = Cursor.Write(found[^1]);
            }

            int? pool = actor.Acting.Pool;
            bool all = actor.Kind == OrganisationKind.Platform;
            var organisations = await db.Organisations.AsNoTracking().Where(o => all || o.PoolId == pool).OrderBy(o => o.Kind).ThenBy(o => o.Code)
                .Select(o => new { o.Id, o.Name }).ToListAsync(cancellationToken);
            Dictionary<int, string> names = organisations.ToDictionary(o => o.Id, o => o.Name);
            bool several = actor.Kind is OrganisationKind.Auditor or OrganisationKind.Platform;
            return new Answer([.. found.Select(e => AuditRow.Of(e, names, actor))], next,
                several ? [.. organisations.Select(o => (o.Id, o.Name))] : []);
        }
    }

    /// <summary>Where a page ended: moment, chain and position, as <c>638679_12_345</c>. Anything else begins at the top.</summary>
    private static class Cursor
    {
        public static (DateTime At, int Chain, long Seq)? Read(string? text)
        {
            string[] parts = text?.Split('_') ?? [];
            return parts.Length == 3 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
                && ticks <= DateTime.MaxValue.Ticks && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int chain)
                && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long seq)
                ? (new DateTime(ticks, DateTimeKind.Utc), chain, seq) : null;
        }

        public static string Write(AuditEvent last) => string.Create(CultureInfo.InvariantCulture, $"{last.At.Ticks}_{last.Chain}_{last.Seq}");
    }
}
