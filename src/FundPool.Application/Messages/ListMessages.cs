using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Messages;

/// <summary>The inbox: what is to be done (the oldest deadline first), what was done, and everything that was told.</summary>
public static class ListMessages
{
    public enum Part
    {
        Todo,
        Done,
        All,
    }

    [Requires(Permission.SignedIn)]
    public sealed record Query(Part Part = Part.Todo, long? Before = null, int Most = 50) : IRequest<Answer>;

    /// <param name="More">The id to go on before; null at the end.</param>
    public sealed record Answer(IReadOnlyList<Row> Rows, int Todo, int Unread, long? More);

    /// <param name="Stands">All that it waits for is held by a suspension: nothing can be done now.</param>
    public sealed record Row(long Id, Words Title, Words? Note, DateTime At, DateOnly? Due, bool Provisional, bool Todo, DateTime? ClosedAt, bool Read, bool Stands);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int person = actor.Person();
            IQueryable<Message> mine = db.Messages.AsNoTracking().To(actor);
            IQueryable<Message> rows = query.Part switch
            {
                Part.Todo => mine.Where(m => m.Todo && m.ClosedAt == null).OrderBy(m => m.Due == null).ThenBy(m => m.Due).ThenBy(m => m.Id),
                Part.Done => mine.Where(m => m.Todo && m.ClosedAt != null && (query.Before == null || m.Id < query.Before)).OrderByDescending(m => m.Id),
                _ => mine.Where(m => query.Before == null || m.Id < query.Before).OrderByDescending(m => m.Id),
            };
            var found = await rows.Take(query.Part == Part.Todo ? 200 : query.Most + 1)
                .Select(m => new { Message = m, Read = db.MessageReads.Any(r => r.PoolId == m.PoolId && r.OrganisationId == m.OrganisationId && r.MessageId == m.Id && r.PersonId == person) })
                .ToListAsync(cancellationToken);
            bool more = query.Part != Part.Todo && found.Count > query.Most;
            Dictionary<long, Refusal> held = actor.Kind != OrganisationKind.Reviewer || found.Count == 0 ? []
                : await HeldClaims.OfAsync(db, await rules.InAsync(db, cancellationToken), actor.Pool(), rules.Today, cancellationToken);
            List<Row> shown = [.. found.Take(more ? query.Most : found.Count).Select(m => new Row(m.Message.Id, MessageWords.TitleOf(m.Message), MessageWords.NoteOf(m.Message),
                m.Message.CreatedAt, m.Message.Due, m.Message.DueProvisional, m.Message.Todo, m.Message.ClosedAt, m.Read,
                m.Message.WaitsFor.Length > 0 && m.Message.WaitsFor.All(held.ContainsKey)))];
            CountMessages.Answer counts = await new CountMessages.Handler(db, actor).Handle(new CountMessages.Query(), cancellationToken);
            if (query.Part == Part.Todo)
            {
                shown = [.. shown.OrderBy(row => row.Stands)];
            }

            return new Answer(shown, counts.Todo, counts.Unread, more ? shown[^1].Id : null);
        }
    }
}
