using System.Globalization;
using FundPool.Application.Suspension;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>A bank begins a claim for a loan that has turned non-performing (a.19(2)). What was last reported is filled in.</summary>
public static class StartClaim
{
    [Requires(Permission.MakeClaims)]
    [UnderArticle("19(2)")]
    public sealed record Command(long Loan) : IRequest<Outcome<long>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            Loan? loan = await db.Loans.AsNoTracking().FirstOrDefaultAsync(l => l.PoolId == pool && l.BankId == bank && l.Id == command.Loan, cancellationToken);
            if (loan is null)
            {
                return default(NotFound);
            }

            if (await WhyNotAsync(db, loan, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            Claim claim = await NewAsync(db, actor, loan, rules.Today, cancellationToken);
            db.Claims.Add(claim);
            await db.SaveChangesAsync(cancellationToken);
            return claim.Id;
        }
    }

    /// <summary>Why no claim can be begun for the loan now.</summary>
    internal static async Task<Refusal?> WhyNotAsync(FundPoolDb db, Loan loan, CancellationToken ct) =>
        WhyNot(loan, (await OpenAsync(db, loan.PoolId, loan.BankId, [loan.Id], ct)).GetValueOrDefault(loan.Id));

    /// <param name="open">The number of a claim for the loan that is under way.</param>
    internal static Refusal? WhyNot(Loan loan, string? open)
    {
        if (loan.Library != "loan")
        {
            return ClaimReadiness.NotInLoanLibrary;
        }

        if (loan.NplSince is null)
        {
            return new Refusal(new Article("15(3)"), new Words("该笔贷款最近一次报告的分类不是不良；请先报告五级分类", "The loan was last reported as performing; report its class first"));
        }

        return open is null ? null
            : new Refusal(new Article("19(2)"), new Words($"该笔贷款已有申请 {open} 在办理；同一笔贷款同时只能有一项申请", $"Claim {open} for this loan is under way; a loan has one claim at a time"));
    }

    /// <summary>The numbers of the claims that are under way, by loan.</summary>
    internal static async Task<Dictionary<long, string>> OpenAsync(FundPoolDb db, int pool, int bank, IReadOnlyList<long> loans, CancellationToken ct)
    {
        string[] over = [.. ClaimFlow.Over.Select(ClaimStates.All.Code)];
        return await db.Claims.AsNoTracking().Where(c => c.PoolId == pool && c.BankId == bank && loans.Contains(c.LoanId) && !over.Contains(c.State))
            .ToDictionaryAsync(c => c.LoanId, c => c.Number, ct);
    }

    internal static async Task<Claim> NewAsync(FundPoolDb db, IActor actor, Loan loan, DateOnly today, CancellationToken ct)
    {
        string code = await db.Organisations.AsNoTracking().Where(o => o.PoolId == loan.PoolId && o.Id == loan.BankId).Select(o => o.Code).FirstAsync(ct);
        string series = $"claim-{code}";
        int n = await db.Database.SqlQuery<int>($"select compensation.next_number({series}, {today.Year}) as \"Value\"").SingleAsync(ct);
        // The balance on the day from which it is non-performing: the first bad report that holds from then on.
        long? balance = await db.Classifications.AsNoTracking()
            .Where(c => c.PoolId == loan.PoolId && c.BankId == loan.BankId && c.LoanId == loan.Id && c.ValueDate == loan.NplSince && MeasureStanding.NonPerforming.Contains(c.RiskClass))
            .OrderByDescending(c => c.Id).Select(c => (long?)c.OutstandingFen).FirstOrDefaultAsync(ct);
        return new Claim
        {
            PoolId = loan.PoolId,
            BankId = loan.BankId,
            LoanId = loan.Id,
            Number = string.Create(CultureInfo.InvariantCulture, $"{code}-{today.Year}-{n:D6}"),
            RiskClass = loan.RiskClass,
            NplDate = loan.NplSince,
            OutstandingFen = loan.OutstandingFen is > 0 ? loan.OutstandingFen : null,
            NplPrincipalFen = balance is > 0 ? balance : null,
            Hands = [actor.Person()],
            MadeBy = actor.Person(),
            MadeByName = actor.Acting.PersonName,
        };
    }
}
