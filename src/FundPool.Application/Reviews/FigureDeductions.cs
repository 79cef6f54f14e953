using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>Reckons for the officer what the findings take off: a lower balance, a higher step, an addition that is not shown. Ruled anew on the changed facts.</summary>
public static class FigureDeductions
{
    [Requires(Permission.ReviewClaims)]
    public sealed record Query(int Bank, long Claim, FoundFacts Found, IReadOnlyList<Mark> Marks) : IRequest<Outcome<Answer>>;

    /// <param name="From">What the deductions are taken from.</param>
    public sealed record Answer(Money From, IReadOnlyList<FoundDeduction> Deductions)
    {
        public Money Left => From - Deductions.Aggregate(Money.Zero, (sum, deduction) => sum + deduction.Amount);
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Claim? claim = await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.PoolId == pool && c.BankId == query.Bank && c.Id == query.Claim && c.Version > 0, cancellationToken);
            if (claim is null)
            {
                return default(NotFound);
            }

            if (query.Found.IsNothing)
            {
                return new Problem("found", "required", new Words("请先填写核定的本金余额、贷款余额合计，或勾选不予提高的事项", "State first what was found otherwise"));
            }

            ReviewDesk desk = await ReviewDesk.OpenAsync(db, rules, claim, cancellationToken);
            return new Answer(desk.BaseWith(query.Marks), desk.Figure(query.Found, query.Marks));
        }
    }
}
