using System.Globalization;
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

/// <summary>An officer and a chief of the reviewer.</summary>
internal sealed record ReviewPair(string Officer, string Chief)
{
    /// <summary>Looks at what comes in.</summary>
    public static ReviewPair First { get; } = new("chushen@GXT", "fushen@GXT");

    /// <summary>Looks again where a bank asked for it.</summary>
    public static ReviewPair Second { get; } = new("chushen2@GXT", "fushen2@GXT");

    /// <summary>Examines what is objected to.</summary>
    public static ReviewPair Third { get; } = new("chushen3@GXT", "fushen3@GXT");
}

/// <summary>What banks and reviewers do with claims, step by step, for the demonstration.</summary>
internal sealed class ClaimDesk(DemonstrationStage stage, RuleSource rules)
{
    /// <summary>
    /// Loans of the bank that a claim of this day would be eligible for: reported by then, not claimed for, the oldest NPL date first. Where there
    /// are fewer the seeding stops: a demonstration without one of its states would pass for a whole one.
    /// </summary>
    public async Task<IReadOnlyList<Loan>> LoansAsync(string bank, DateOnly on, int count)
    {
        string maker = $"jingban@{bank}";
        int? own = (await stage.PersonAsync(maker)).Acting.Bank;
        List<Loan> loans = await stage.ReadAsync(maker, async db =>
        {
            RuleBase at = await rules.InAsync(db, CancellationToken.None);
            List<Loan> bad = await db.Loans.AsNoTracking()
                .Where(l => l.PoolId == stage.Pool && l.BankId == own && l.Library == "loan" && l.NplSince <= on && l.OutstandingFen > 0
                    && db.Classifications.Any(c => c.PoolId == l.PoolId && c.BankId == l.BankId && c.LoanId == l.Id && c.BookedOn <= on)
                    && !db.Claims.Any(c => c.PoolId == l.PoolId && c.BankId == l.BankId && c.LoanId == l.Id))
                .OrderBy(l => l.NplSince).ThenBy(l => l.Id).ToListAsync();
            return bad.Where(loan => Ruling.On(ClaimCase.Of(loan, FactsOf(loan, on), new BankFacts(false, false, false)), at.Rulebooks, at.Facts).IsPayable).Take(count).ToList();
        });
        return loans.Count == count ? loans : throw new InvalidOperationException($"{bank} has {loans.Count} of the {count} loans that the demonstration claims for on {Day(on)}.");
    }

    /// <summary>Begins a claim for a loan and fills the form in.</summary>
    public async Task<ClaimRef> DraftAsync(string bank, Loan loan, DateOnly on, string statement = "借款人经营困难，已发出催收通知并启动诉讼保全")
    {
        string maker = $"jingban@{bank}";
        long claim = await stage.DoAsync(maker, new StartClaim.Command(loan.Id));
        ClaimRef made = new(loan.BankId, claim);
        await stage.DoAsync(maker, new SaveClaim.Command(claim, Cells(loan, on, statement), (await RowAsync(made)).RowVersion));
        return made;
    }

    /// <summary>Uploads every document that the checklist needs for the loan.</summary>
    public async Task UploadAsync(string bank, ClaimRef claim, Loan loan)
    {
        LoanTerms terms = Loans.LoanMapping.FactsOf(loan).Terms;
        IReadOnlyList<MaterialRule> checklist = RulebookSet.Embedded("shenzhen")!.Home.Materials;
        foreach (MaterialRule material in checklist.Where(m => !m.ForPayment && m.IsNeededFor(terms)))
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

    /// <summary>Submits for so many loans of each bank.</summary>
    public async Task<IReadOnlyList<ClaimRef>> SubmitAsync(DateOnly on, params (string Bank, int Count)[] banks)
    {
        List<ClaimRef> claims = [];
        foreach ((string bank, int count) in banks)
        {
            foreach (Loan loan in await LoansAsync(bank, on, count))
            {
                claims.Add(await SubmitAsync(bank, loan, on));
            }
        }

        return claims;
    }

    /// <summary>The maker answers what a return told the bank, with a newer document for each that was found lacking, and hands it to the checker.</summary>
    public async Task SupplementAsync(string bank, ClaimRef claim, DateOnly on)
    {
        string maker = $"jingban@{bank}";
        stage.Clock.GoTo(on, 9);
        Claim row = await RowAsync(claim);
        (Loan loan, List<Deficiency> told) = await stage.ReadAsync(maker, async db => (
            await db.Loans.AsNoTracking().FirstAsync(l => l.PoolId == stage.Pool && l.BankId == claim.Bank && l.Id == row.LoanId), await ClaimMaterials.ToldAsync(db, row, CancellationToken.None)));
        foreach (Deficiency deficiency in told.Where(d => d.MaterialCode is not null).DistinctBy(d => d.MaterialCode))
        {
            MaterialRule material = RulebookSet.Embedded("shenzhen")!.Home.Materials.First(m => m.Code == deficiency.MaterialCode);
            await using MemoryStream pdf = new(SamplePdf.Of($"{material.Name.En} / {loan.NoteNo} / supplement"));
            await stage.DoAsync(maker, new UploadMaterials.Command(claim.Id, material.Code, [new UploadMaterials.Upload(pdf, $"{material.Name.Zh}（补充）.pdf")]));
        }

        await stage.DoAsync(maker, new SaveClaim.Command(claim.Id, Cells(loan, row.AppliedOn!.Value, row.Statement!), row.RowVersion, told.ToDictionary(d => d.Id, string? (_) => "已按要求补充，见新上传的材料")));
        await stage.DoAsync(maker, new SendToChecker.Command(claim.Id));
    }

    /// <summary>An officer's proposal; every doubtful step is confirmed, since nothing speaks against it.</summary>
    public async Task<long> ProposeAsync(ClaimRef claim, string proposal, string opinion, ReviewPair? by = null, Deducted? deduction = null, Ground? ground = null, params Lack[] lacks)
    {
        Claim row = await RowAsync(claim);
        Mark[] marks = proposal == "approve" ? [new Mark("purpose", "confirmed", "受托支付凭证与购销合同一致")] : [];
        return await stage.DoAsync((by ?? ReviewPair.First).Officer, new ProposeReview.Command(claim.Bank, claim.Id, row.RowVersion, proposal, deduction is null ? [] : [deduction], marks,
            ground is null ? [] : [ground], lacks, opinion));
    }

    /// <summary>An officer's proposal and the chief's consent.</summary>
    public async Task DecideAsync(ClaimRef claim, string proposal, string opinion, ReviewPair? by = null, Deducted? deduction = null, Ground? ground = null, params Lack[] lacks)
    {
        long review = await ProposeAsync(claim, proposal, opinion, by, deduction, ground, lacks);
        await stage.DoAsync((by ?? ReviewPair.First).Chief, new DecideReview.Command(claim.Bank, claim.Id, review, true, "同意初审意见"));
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
            await stage.DoAsync(ReviewPair.First.Chief, new DecideReview.Command(claims[i].Bank, claims[i].Id, reviews[i], true, "同意初审意见"));
        }
    }

    /// <summary>The claim as its reviewer sees it.</summary>
    public Task<Claim> RowAsync(ClaimRef claim) => stage.ReadAsync(ReviewPair.First.Officer, db =>
        db.Claims.AsNoTracking().FirstAsync(c => c.PoolId == stage.Pool && c.BankId == claim.Bank && c.Id == claim.Id));

    private static string?[] Cells(Loan loan, DateOnly on, string statement)
    {
        string?[] cells = new string?[ClaimFields.All.Count];
        string principal = (Math.Min(loan.OutstandingFen!.Value, loan.PrincipalFen) / 100m).ToString("F2", CultureInfo.InvariantCulture);
        cells[(int)ClaimColumn.RiskClass] = loan.RiskClass;
        cells[(int)ClaimColumn.NplDate] = Day(loan.NplSince!.Value);
        cells[(int)ClaimColumn.CreditReportOn] = Day(ReportDay(on));
        cells[(int)ClaimColumn.OutstandingPrincipal] = principal;
        cells[(int)ClaimColumn.NplPrincipal] = principal;
        cells[(int)ClaimColumn.Statement] = statement;
        return cells;
    }

    // A report of the day before is within ten working days wherever the day falls.
    private static DateOnly ReportDay(DateOnly on) => on.AddDays(-1);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ClaimFacts FactsOf(Loan loan, DateOnly on) => new()
    {
        RiskClass = Loans.LoanMapping.Value(LoanCodes.RiskClasses, loan.RiskClass),
        NplDate = loan.NplSince!.Value,
        AppliedOn = on,
        CreditReportOn = ReportDay(on),
        OutstandingPrincipal = new Domain.Kernel.Money(loan.OutstandingFen!.Value),
    };
}
