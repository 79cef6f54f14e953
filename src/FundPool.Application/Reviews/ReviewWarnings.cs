using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>What speaks for a double claim: the same note at another bank or in another pool, the loan claimed before, the borrower's other claims.</summary>
internal sealed class ReviewWarnings(FundPoolDb db)
{
    private sealed record OtherPool(string Name, bool SameNote, bool SameBorrower);

    public async Task<List<Notable>> OfAsync(Claim claim, Loan loan, IReadOnlyList<ShowReview.Elsewhere> elsewhere, CancellationToken ct)
    {
        List<Notable> warnings = [];
        foreach (string bank in await SameNoteAsync(claim, loan, ct))
        {
            warnings.Add(Say($"{bank}登记有相同的借据编号 {loan.NoteNo}，请核对是否重复", $"{bank} has the same note number {loan.NoteNo}; check for a double"));
        }

        foreach (OtherPool pool in await OtherPoolsAsync(loan, ct))
        {
            warnings.Add(pool.SameNote
                ? Say($"资金池“{pool.Name}”登记有相同的借据编号，请核对是否重复享受补偿", $"The pool {pool.Name} has the same note number; check for double compensation")
                : Say($"该借款人在资金池“{pool.Name}”也有登记", $"The borrower is registered in the pool {pool.Name} as well"));
        }

        List<Claim> before = await db.Claims.AsNoTracking()
            .Where(c => c.PoolId == claim.PoolId && c.BankId == claim.BankId && c.LoanId == claim.LoanId && c.Id != claim.Id && c.Version > 0)
            .OrderBy(c => c.Id).ToListAsync(ct);
        long paid = before.Sum(c => c.PaidFen ?? 0);
        if (paid > 0)
        {
            warnings.Add(Say($"本笔贷款此前已获补偿 {paid / 100m:#,##0.00} 元；累计不得超过贷款本金的 50%", $"{paid / 100m:#,##0.00} CNY was paid for this loan before; in all it stays within 50 % of the principal"));
        }
        else if (before.Count > 0)
        {
            warnings.Add(Say($"本笔贷款此前有 {before.Count} 次申请未获通过或已撤回", $"{before.Count} earlier claim(s) for this loan were rejected or withdrawn"));
        }

        int claimed = elsewhere.Count(other => other.Claim is not null);
        if (claimed > 0)
        {
            warnings.Add(Say($"同一借款人另有 {claimed} 笔贷款已申请补偿，见“同一借款人”", $"{claimed} other loan(s) of the borrower are claimed for, see below"));
        }

        return warnings;
    }

    private static Notable Say(string zh, string en) => new(new Words(zh, en), false);

    private async Task<List<string>> SameNoteAsync(Claim claim, Loan loan, CancellationToken ct)
    {
        // By bank, so that the unique key of bank and note serves it.
        int[] banks = await db.Organisations.AsNoTracking().Where(o => o.PoolId == claim.PoolId && o.Kind == "bank" && o.Id != claim.BankId).Select(o => o.Id).ToArrayAsync(ct);
        return await (
            from other in db.Loans.AsNoTracking()
            where other.PoolId == claim.PoolId && banks.Contains(other.BankId) && other.NoteNo == loan.NoteNo
            join bank in db.Organisations on new { other.PoolId, Id = other.BankId } equals new { bank.PoolId, bank.Id }
            orderby bank.Code
            select bank.Name).ToListAsync(ct);
    }

    private Task<List<OtherPool>> OtherPoolsAsync(Loan loan, CancellationToken ct) => db.Database
        .SqlQuery<OtherPool>($"select name, same_note as \"SameNote\", same_borrower as \"SameBorrower\" from loan.in_other_pools({loan.NoteNo}, {loan.BorrowerKey}) where same_note or same_borrower order by name")
        .ToListAsync(ct);
}
