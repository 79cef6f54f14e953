using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Suspension;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Members;

/// <summary>The pool's member banks with what stops them: suspension (a.17), the dishonesty list (a.30), the end of membership (a.24).</summary>
public static class ListMembers
{
    [Requires(Permission.ReadStandings)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <param name="Proposed">The change that waits for a decision; never told to a bank.</param>
    public sealed record Row(Organisation Bank, Standing Standing, MemberStatus Status, string? Proposed);

    /// <summary>Where a bank stands with the dishonesty list and its membership on a day.</summary>
    public static MemberStatus StatusOf(Organisation bank, DateOnly today) =>
        bank.IsRemovedOn(today) ? MemberStatus.Removed
        : bank.DishonestFrom <= today && (bank.DishonestUntil is null || bank.DishonestUntil >= today) ? MemberStatus.Listed
        : MemberStatus.Member;

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? own = actor.Acting.Bank;
            List<Organisation> banks = await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Kind == "bank" && (own == null || o.Id == own)).OrderBy(o => o.Code).ToListAsync(cancellationToken);
            Dictionary<int, StandingCrossing> standings = await new MeasureStanding(db).LastOfAllAsync(pool, cancellationToken);
            Dictionary<int, string> proposed = own is not null ? [] : await db.BankStatusChanges.Where(c => c.PoolId == pool && c.State == "proposed").ToDictionaryAsync(c => c.BankId, c => c.Change, cancellationToken);
            return [.. banks.Select(bank => new Row(bank, MeasureStanding.StandingOf(standings.GetValueOrDefault(bank.Id)), StatusOf(bank, rules.Today), proposed.GetValueOrDefault(bank.Id)))];
        }
    }
}

/// <summary>Whether a bank may claim, as far as the dishonesty list and its membership go.</summary>
public enum MemberStatus
{
    Member,

    /// <summary>On the list of seriously dishonest entities (a.30).</summary>
    Listed,

    /// <summary>Membership has ended (a.24).</summary>
    Removed,
}
