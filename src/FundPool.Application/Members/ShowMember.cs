using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Tenancy;
using FundPool.Domain.Suspension;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Members;

/// <summary>A member bank with every change of its status; the bank itself sees what was decided, and what it rests on.</summary>
public static class ShowMember
{
    [Requires(Permission.ReadStandings)]
    public sealed record Query(int Bank) : IRequest<Outcome<Answer>>;

    public sealed record Answer(Organisation Bank, Standing Standing, MemberStatus Status, IReadOnlyList<BankStatusChange> Changes);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? own = actor.Acting.Bank;
            if ((own is not null && own != query.Bank)
                || await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.PoolId == pool && o.Id == query.Bank && o.Kind == "bank", cancellationToken) is not { } bank)
            {
                return default(NotFound);
            }

            return new Answer(bank, await new MeasureStanding(db).LastAsync(pool, bank.Id, cancellationToken), ListMembers.StatusOf(bank, rules.Today),
                await db.BankStatusChanges.AsNoTracking().Where(c => c.PoolId == pool && c.BankId == bank.Id && (own == null || c.State == "decided")).OrderByDescending(c => c.Id).ToListAsync(cancellationToken));
        }
    }
}
