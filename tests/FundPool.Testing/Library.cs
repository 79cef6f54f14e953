namespace FundPool.Testing;

/// <summary>What tests of fences and audit need in every table of a bank.</summary>
public static class Library
{
    /// <summary>
    /// Puts at least one row of the bank into every table of the loan library through the use cases: an import with a refused row, a
    /// classification that suspends, a document, a draft, a correction and a saved view.
    /// </summary>
    public static async Task<TestActor> FillAsync(this TestPortal portal, string bank)
    {
        TestActor maker = await portal.MakerAsync(bank);
        await portal.ImportAsync(maker, Application.Imports.ImportKind.Loans,
            LoanRows.Csv(LoanRows.Sound($"{bank}-1"), LoanRows.Sound($"{bank}-2", ("industry", "K70")), LoanRows.Sound($"{bank}-3", ("loan_date", "2025-12-01"))), asOf: "2026-01-20");
        long loan = (await portal.Database.ScalarAsync<long>("select id from loan.loan where note_no = $1", $"{bank}-3"));
        await portal.SendAsync(maker, new Application.Loans.ReportClassification.Command(loan, "substandard", new DateOnly(2026, 3, 1), new Domain.Kernel.Money(450_000_000), 90, true));
        await using MemoryStream pdf = new([.. "%PDF-1.7 "u8, .. System.Text.Encoding.UTF8.GetBytes(bank)]);
        await portal.SendAsync(maker, new Application.Documents.AttachDocument.Command(loan, pdf, "合同.pdf", "借款合同"));
        await portal.SendAsync(maker, new Application.Drafts.KeepDraft.Command("register", "", "{}", 0));
        await portal.SendAsync(maker, new Application.Views.SaveView.Command("loans", "本季", "quarter=20261", true));
        await portal.SendAsync(maker, new Application.Loans.ProposeCorrection.Command(loan, LoanRows.Sound($"{bank}-3", ("loan_date", "2025-12-01"), ("branch", "福田支行")), "经办机构有误", 1));
        return maker;
    }
}
