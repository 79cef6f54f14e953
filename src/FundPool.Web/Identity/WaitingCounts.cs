using System.Collections.Concurrent;
using FundPool.Application.Home;
using FundPool.Application.Messages;
using MediatR;

namespace FundPool.Web.Identity;

/// <summary>
/// The numbers beside the menu's entries, kept for some seconds per organisation: every page shows them, and none should wait for
/// them. Whoever changes one says so.
/// </summary>
public sealed class WaitingCounts(TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<int, (CountWaiting.Answer Answer, long At)> known = new();
    private readonly ConcurrentDictionary<int, (CountMessages.Answer Answer, long At)> inboxes = new();

    public async Task<CountWaiting.Answer> ReadAsync(int organisation, IMediator mediator, CancellationToken ct)
    {
        if (known.TryGetValue(organisation, out var kept) && clock.GetElapsedTime(kept.At) < Kept)
        {
            return kept.Answer;
        }

        CountWaiting.Answer answer = await mediator.Send(new CountWaiting.Query(), ct);
        known[organisation] = (answer, clock.GetTimestamp());
        return answer;
    }

    /// <summary>What waits in a person's inbox.</summary>
    public async Task<CountMessages.Answer> ReadInboxAsync(int person, IMediator mediator, CancellationToken ct)
    {
        if (inboxes.TryGetValue(person, out var kept) && clock.GetElapsedTime(kept.At) < Kept)
        {
            return kept.Answer;
        }

        CountMessages.Answer answer = await mediator.Send(new CountMessages.Query(), ct);
        inboxes[person] = (answer, clock.GetTimestamp());
        return answer;
    }

    /// <summary>Counts the person's inbox anew on the next page on this node.</summary>
    public void ForgetPerson(int person) => inboxes.TryRemove(person, out _);

    /// <summary>Counts anew on the next page of this organisation on this node.</summary>
    public void Forget(int organisation) => known.TryRemove(organisation, out _);
}
