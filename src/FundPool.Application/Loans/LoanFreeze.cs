using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Loans;

/// <summary>
/// A loan whose claim was decided on stays as it was ruled: what the register said carries the amount on its way to the money. Until the
/// decision a change is welcome, since the reviewer rules on today's register.
/// </summary>
internal static class LoanFreeze
{
    private static readonly string[] Decided =
        ["approved", "batched", "published", "objected", "re_examined", "clear", "planned", "filed", "payable", "ordered", "paid", "compensated"];

    public static async Task<Refusal?> WhyNotAsync(FundPoolDb db, Loan loan, string article, CancellationToken ct)
    {
        if (loan.Library is "closed" or "struck_out")
        {
            return new Refusal(new Article(article), new Words("该笔贷款已结项或剔除，不再更正", "This loan is closed or struck out and is not corrected any more"));
        }

        string? number = await db.Claims.AsNoTracking()
            .Where(c => c.PoolId == loan.PoolId && c.BankId == loan.BankId && c.LoanId == loan.Id && Decided.Contains(c.State)).Select(c => c.Number).FirstOrDefaultAsync(ct);
        return number is not null || loan.Library != "loan" ? new Refusal(new Article(article), new Words(
            $"该笔贷款的补偿申请{(number is null ? "" : $"（{number}）")}已审定，登记内容不能再改；确有错误的，请先撤回申请，已拨付的由主管部门处理",
            $"The claim for this loan{(number is null ? "" : $" ({number})")} was decided on, and its registration stays; where it is wrong, withdraw the claim first, or turn to the authority once it is paid")) : null;
    }
}
