using System.Globalization;
using System.Text;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Reviews;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Demonstration;

/// <summary>What banks and reviewers do with claims, step by step, for the demonstration.</summary>
internal sealed class ClaimDesk(DemonstrationStage stage, RuleSource rules)
{
    /// <summary>
    /// Loans of the bank that a claim of this day would be eligible for: reported by then, not claimed for, the oldest NPL date first. Fewer where
    /// there are fewer: the demonstration is made of what the records hold.
    /// </summary>
    public async Task<IReadOnlyList<Loan>> LoansAsync(string bank, DateOnly on, int most)
    {
        string maker = $"jingban@{bank}";
        int? own = (await stage.PersonAsync(maker)).Acting.Bank;
        return await stage.ReadAsync(maker, async db =>
        {
            RuleBase at = await rules.InAsync(db, CancellationToken.None);
            List<Loan> bad = await db.Loans.AsNoTracking()
                .Where(l => l.PoolId == stage.Pool && l.BankId == own && l.Library == "loan" && l.NplSince <= on && l.OutstandingFen > 0
                    && db.Classifications.Any(c => c.PoolId == l.PoolId && c.BankId == l.BankId && c.LoanId == l.Id && c.BookedOn <= on)
                    && !db.Claims.Any(c => c.PoolId == l.PoolId && c.BankId == l.BankId && c.LoanId == l.Id))
                .OrderBy(l => l.NplSince).ThenBy(l => l.Id).ToListAsync();
            return bad.Where(loan => Ruling.On(ClaimCase.Of(loan, FactsOf(loan, on, at), new BankFacts(false, false, false)), at.Rulebooks, at.Facts).IsPayable).Take(most).ToList();
        });
    }

    /// <summary>Begins a claim for a loan and fills the form in.</summary>
    public async Task<ClaimRef> DraftAsync(string bank, Loan loan, DateOnly on, string statement = "借款人经营困难，已发出催收通知并启动诉讼保全")
    {
        string maker = $"jingban@{bank}";
        long claim = await stage.DoAsync(maker, new StartClaim.Command(loan.Id));
        Claim row = await RowAsync(new ClaimRef(loan.BankId, claim));
        string?[] cells = new string?[ClaimFields.All.Count];
        string principal = (Math.Min(loan.OutstandingFen!.Value, loan.PrincipalFen) / 100m).ToString("F2", CultureInfo.InvariantCulture);
        cells[(int)ClaimColumn.RiskClass] = loan.RiskClass;
        cells[(int)ClaimColumn.NplDate] = Day(loan.NplSince!.Value);
        cells[(int)ClaimColumn.CreditReportOn] = Day(ReportDay(on));
        cells[(int)ClaimColumn.OutstandingPrincipal] = principal;
        cells[(int)ClaimColumn.NplPrincipal] = principal;
        cells[(int)ClaimColumn.Statement] = statement;
        await stage.DoAsync(maker, new SaveClaim.Command(claim, cells, row.RowVersion));
        return new ClaimRef(loan.BankId, claim);
    }

    /// <summary>Uploads every document that the checklist needs for the loan.</summary>
    public async Task UploadAsync(string bank, ClaimRef claim, Loan loan, string? leaveOut = null)
    {
        LoanTerms terms = Loans.LoanMapping.FactsOf(loan).Terms;
        IReadOnlyList<MaterialRule> checklist = RulebookSet.Embedded("shenzhen")!.Home.Materials;
        foreach (MaterialRule material in checklist.Where(m => !m.ForPayment && m.IsNeededFor(terms) && m.Code != leaveOut))
        {
            await using MemoryStream pdf = new(SamplePdf.Of($"{material.Name.En} / {loan.NoteNo}"));
            await stage.DoAsync($"jingban@{bank}", new UploadMaterials.Command(claim.Id, material.Code, [new UploadMaterials.Upload(pdf, $"{material.Name.Zh}.pdf")]));
        }
    }

    /// <summary>The whole way inside the bank: filled in, documents, checked, submitted.</summary>
    public async Task<ClaimRef> SubmitAsync(string bank, Loan loan, DateOnly on)
    {
        stage.Clock.GoTo(on, 9);
        ClaimRef claim = await DraftAsync(bank, loan, on);
        await UploadAsync(bank, claim, loan);
        await stage.DoAsync($"jingban@{bank}", new SendToChecker.Command(claim.Id));
        await stage.DoAsync($"fuhe@{bank}", new SubmitClaim.Command(claim.Id, "资料齐全，与档案核对一致，同意提交"));
        return claim;
    }

    /// <summary>Submits for as many loans of the bank as there are, up to a number.</summary>
    public async Task<IReadOnlyList<ClaimRef>> SubmitSomeAsync(string bank, DateOnly on, int most)
    {
        List<ClaimRef> claims = [];
        foreach (Loan loan in await LoansAsync(bank, on, most))
        {
            claims.Add(await SubmitAsync(bank, loan, on));
        }

        return claims;
    }

    /// <summary>An officer's proposal; every doubtful step is confirmed, since nothing speaks against it.</summary>
    public async Task<long> ProposeAsync(ClaimRef claim, string proposal, string opinion, string officer = "chushen@GXT", Deducted? deduction = null, Ground? ground = null, params Lack[] lacks)
    {
        Claim row = await RowAsync(claim);
        Mark[] marks = proposal == "approve" ? [new Mark("purpose", "confirmed", "受托支付凭证与购销合同一致")] : [];
        return await stage.DoAsync(officer, new ProposeReview.Command(claim.Bank, claim.Id, row.RowVersion, proposal, deduction is null ? [] : [deduction], marks,
            ground is null ? [] : [ground], lacks, opinion));
    }

    /// <summary>An officer's proposal and the chief's consent.</summary>
    public async Task DecideAsync(ClaimRef claim, string proposal, string opinion, Deducted? deduction = null, Ground? ground = null, params Lack[] lacks)
    {
        long review = await ProposeAsync(claim, proposal, opinion, "chushen@GXT", deduction, ground, lacks);
        await stage.DoAsync("fushen@GXT", new DecideReview.Command(claim.Bank, claim.Id, review, true, "同意初审意见"));
    }

    /// <summary>Approves claims whole, the officer on one day and the chief on another.</summary>
    public async Task ApproveAsync(IReadOnlyList<ClaimRef> claims, DateOnly proposed, DateOnly decided)
    {
        List<long> reviews = [];
        stage.Clock.GoTo(proposed);
        foreach (ClaimRef claim in claims)
        {
            reviews.Add(await ProposeAsync(claim, "approve", "资料齐全，各项条件符合细则规定，建议按裁定金额补偿"));
        }

        stage.Clock.GoTo(decided);
        for (int i = 0; i < claims.Count; i++)
        {
            await stage.DoAsync("fushen@GXT", new DecideReview.Command(claims[i].Bank, claims[i].Id, reviews[i], true, "同意初审意见"));
        }
    }

    /// <summary>The claim as its reviewer sees it.</summary>
    public Task<Claim> RowAsync(ClaimRef claim) => stage.ReadAsync("chushen@GXT", db =>
        db.Claims.AsNoTracking().FirstAsync(c => c.PoolId == stage.Pool && c.BankId == claim.Bank && c.Id == claim.Id));

    // A report of the day before is within ten working days wherever the day falls.
    private static DateOnly ReportDay(DateOnly on) => on.AddDays(-1);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ClaimFacts FactsOf(Loan loan, DateOnly on, RuleBase at) => new()
    {
        RiskClass = Loans.LoanMapping.Value(LoanCodes.RiskClasses, loan.RiskClass),
        NplDate = loan.NplSince!.Value,
        AppliedOn = on,
        CreditReportOn = ReportDay(on),
        OutstandingPrincipal = new Domain.Kernel.Money(loan.OutstandingFen!.Value),
    };
}

/// <summary>A page of PDF that says what it stands for, so that the documents of the demonstration can be opened.</summary>
internal static class SamplePdf
{
    public static byte[] Of(string text)
    {
        string content = $"BT /F1 20 Tf 72 760 Td (FundPool demonstration) Tj 0 -40 Td /F1 14 Tf ({Ascii(text)}) Tj ET";
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            $"<</Length {content.Length}>>\nstream\n{content}\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        StringBuilder pdf = new("%PDF-1.4\n");
        List<int> starts = [];
        for (int i = 0; i < objects.Length; i++)
        {
            starts.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int table = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        starts.ForEach(start => pdf.Append(CultureInfo.InvariantCulture, $"{start:D10} 00000 n \n"));
        pdf.Append(CultureInfo.InvariantCulture, $"trailer <</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(pdf.ToString());
    }

    private static string Ascii(string text) => string.Concat(text.Where(c => c is >= ' ' and <= '~' and not '(' and not ')' and not '\\'));
}
