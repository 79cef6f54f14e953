using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Messages;

/// <summary>What is to be done and what is unread, for the frame round every page. Counted to 100 and no further; the frame says 99+.</summary>
public static class CountMessages
{
    [Requires(Permission.SignedIn)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="Unread">What nobody has dealt with meanwhile and this person has not opened.</param>
    public sealed record Answer(int Todo, int Unread);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Answer>
    {
        private const int Most = 100;

        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int person = actor.Person();
            IQueryable<Message> open = db.Messages.AsNoTracking().To(actor).Where(m => m.ClosedAt == null);
            return new Answer(
                await open.Where(m => m.Todo).OrderBy(m => m.Id).Take(Most).CountAsync(cancellationToken),
                await open.Where(m => !db.MessageReads.Any(r => r.PoolId == m.PoolId && r.OrganisationId == m.OrganisationId && r.MessageId == m.Id && r.PersonId == person))
                    .OrderBy(m => m.Id).Take(Most).CountAsync(cancellationToken));
        }
    }
}
