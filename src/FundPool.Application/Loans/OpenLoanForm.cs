using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Loans;

/// <summary>A registered loan as its own form shows it, to be edited in its window or corrected afterwards. A resident ID stays masked.</summary>
public static class OpenLoanForm
{
    [Requires(Permission.RegisterLoans)]
    public sealed record Query(long Id) : IRequest<Outcome<Answer>>;

    /// <param name="Cells">In the order of <see cref="LoanFields.All"/>.</param>
    /// <param name="HasWaitingCorrection">One correction at a time: the one before is not decided yet.</param>
    public sealed record Answer(IReadOnlyList<string?> Cells, int Version, bool IsEditable, bool HasWaitingCorrection, Deadline Window, Share ExpectedShare);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            Loan? loan = await db.Loans.AsNoTracking().FirstOrDefaultAsync(l => l.PoolId == pool && l.BankId == bank && l.Id == query.Id, cancellationToken);
            if (loan is null)
            {
                return default(NotFound);
            }

            RuleBase at = await rules.InAsync(db, cancellationToken);
            bool waiting = await db.Corrections.AnyAsync(c => c.PoolId == pool && c.BankId == bank && c.LoanId == loan.Id && c.State == "proposed", cancellationToken);
            return new Answer(LoanFields.Write(LoanMapping.FactsOf(loan)), loan.Version, LoanWindow.IsOpen(loan, at, rules.Today), waiting,
                at.Deadlines.Due("register", loan.LoanDate), new Share(loan.ExpectedShareBp));
        }
    }
}
