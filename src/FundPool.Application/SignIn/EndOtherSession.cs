using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.SignIn;

/// <summary>An account has one session at a time: the person is shown the other one and decides whether it ends.</summary>
public static class EndOtherSession
{
    [Requires(Permission.Public)]
    public sealed record Query(string Ticket) : IRequest<IReadOnlyList<OtherSession>?>;

    [Requires(Permission.Public)]
    public sealed record Command(string Ticket, string Address, string Agent) : IRequest<SignInAnswer>;

    /// <summary>A session that is open elsewhere.</summary>
    public sealed record OtherSession(string Address, string Agent, DateTime CreatedAt, DateTime LastSeenAt);

    internal sealed class QueryHandler(SignInPath path, Sessions sessions) : IRequestHandler<Query, IReadOnlyList<OtherSession>?>
    {
        public async Task<IReadOnlyList<OtherSession>?> Handle(Query request, CancellationToken cancellationToken) =>
            await path.OpenAsync(request.Ticket, cancellationToken) is var (_, person)
                ? await sessions.Live(person.PoolId, person.OrganisationId, person.Id)
                    .Select(s => new OtherSession(s.Address, s.Agent, s.CreatedAt, s.LastSeenAt)).ToListAsync(cancellationToken)
                : null;
    }

    internal sealed class Handler(SignInPath path) : IRequestHandler<Command, SignInAnswer>
    {
        public async Task<SignInAnswer> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await path.OpenAsync(command.Ticket, cancellationToken) is not var (ticket, person))
            {
                return SignInPath.Lapsed;
            }

            return await path.AdvanceAsync(ticket with { EndOthers = true }, person, command.Address, command.Agent, cancellationToken);
        }
    }
}
