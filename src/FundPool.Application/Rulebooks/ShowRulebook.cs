using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Domain.Rulebooks;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Rulebooks;

/// <summary>A rulebook of the pool as data: conditions, steps, additions, caps, deadlines, suspension, each with its article.</summary>
public static class ShowRulebook
{
    /// <param name="Code">Which one; null for the one in force.</param>
    [Requires(Permission.ReadRulebooks)]
    public sealed record Query(string? Code = null) : IRequest<Outcome<Answer>>;

    /// <param name="Text">The rulebook's own JSON, for the figures inside its conditions.</param>
    /// <param name="All">Every rulebook of the pool, the one in force first.</param>
    public sealed record Answer(Rulebook Rulebook, string Text, IReadOnlyList<Rulebook> All);

    internal sealed class Handler(FundPoolDb db, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            RulebookSet set = (await rules.InAsync(db, cancellationToken)).Rulebooks;
            return (query.Code is null ? set.Home : set.Find(query.Code)) is { } found
                ? new Answer(found, RulebookSet.EmbeddedText(found.Code), [set.Home, .. set.All.Where(book => book != set.Home).OrderBy(book => book.Code, StringComparer.Ordinal)])
                : default(NotFound);
        }
    }
}
