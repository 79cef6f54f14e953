using FundPool.Application.Accounts;
using FundPool.Application.People;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Home;

/// <summary>What an organisation's administrator sees first: whose sign-in needs a hand.</summary>
public static class ShowPeopleHome
{
    /// <summary>After so many days without a sign-in it is asked whether the account is still needed.</summary>
    public const int DormantDays = 90;

    [Requires(Permission.ManageOwnPeople)]
    public sealed record Query : IRequest<Answer>;

    public sealed record Answer(int Active, int Disabled, IReadOnlyList<Line> NeverSignedIn, IReadOnlyList<Line> Paused, IReadOnlyList<Line> Dormant);

    public sealed record Line(int Id, string FullName, string UserName, DateTime? LastSignedInAt);

    internal sealed class Handler(FundPoolDb db, IActor actor, SignInGuard guard, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            var people = await db.People.Own(actor).AsNoTracking().OrderBy(p => p.UserName)
                .Select(p => new { p.Id, p.FullName, p.UserName, p.DisabledAt, p.MustSetPassword, p.AuthenticatorConfirmed, p.LastSignedInAt, p.CreatedAt }).ToListAsync(cancellationToken);
            var active = people.FindAll(p => p.DisabledAt is null);
            IReadOnlySet<string> paused = await guard.PausedAsync([.. active.Select(p => p.UserName)], cancellationToken);
            DateTime since = clock.GetUtcNow().UtcDateTime.AddDays(-DormantDays);
            return new Answer(active.Count, people.Count - active.Count,
                [.. active.Where(p => p.MustSetPassword || !p.AuthenticatorConfirmed).Select(p => new Line(p.Id, p.FullName, p.UserName, p.LastSignedInAt))],
                [.. active.Where(p => paused.Contains(p.UserName)).Select(p => new Line(p.Id, p.FullName, p.UserName, p.LastSignedInAt))],
                [.. active.Where(p => !p.MustSetPassword && (p.LastSignedInAt ?? p.CreatedAt) < since).Select(p => new Line(p.Id, p.FullName, p.UserName, p.LastSignedInAt))]);
        }
    }
}
