using FundPool.Application.Loans;
using FundPool.Data.Loans;
using FundPool.Domain.Loans;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Demonstration;

/// <summary>Work in the middle: corrections waiting, consented to and refused, done by the people of the demonstration through the use cases themselves.</summary>
internal static class DemonstrationWork
{
    private static readonly (string Bank, int Loan, string Field, string Value, string Reason, bool? Consent)[] Corrections =
    [
        ("SZ01", 40, "branch", "南山支行", "原登记经办机构有误，贷款实际由南山支行经办", null),
        ("SZ01", 41, "qualifications", "high_tech", "企业放款日持有有效的国家高新技术企业证书，登记时漏填", null),
        ("SZ01", 42, "purpose", "支付供应商货款", "与借款合同约定用途保持一致", true),
        ("SZ02", 40, "features", "first_loan", "经查征信，该笔为企业首笔贷款", null),
        ("SZ02", 41, "qualifications", "little_giant", "补充专精特新小巨人资质", false),
    ];

    public static async Task RunAsync(DemonstrationStage stage)
    {
        foreach ((string bank, int skip, string field, string value, string reason, bool? consent) in Corrections)
        {
            string maker = $"jingban@{bank}";
            int? own = (await stage.PersonAsync(maker)).Acting.Bank;
            Loan loan = await stage.ReadAsync(maker, db => db.Loans.AsNoTracking().Where(l => l.PoolId == stage.Pool && l.BankId == own && l.NplSince == null)
                .OrderByDescending(l => l.LoanDate).ThenByDescending(l => l.Id).Skip(skip).FirstAsync());
            string?[] cells = LoanFields.Write(LoanMapping.FactsOf(loan));
            cells[LoanFields.All.ToList().FindIndex(f => f.Name == field)] = value;
            long proposed = await stage.DoAsync(maker, new ProposeCorrection.Command(loan.Id, cells, reason, loan.Version));
            if (consent is { } agreed)
            {
                await stage.DoAsync("chushen@GXT", new DecideCorrection.Command(loan.BankId, proposed, agreed, agreed ? "材料齐全，同意更正" : "名单中查无该企业，请补充证明后重新提出"));
            }
        }
    }
}
