using FundPool.Application.Loans;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Compensation;

/// <summary>A claim as it would be submitted on a day: the case, the ruling, and what keeps it from going on.</summary>
internal sealed record ClaimReadiness(Case? Case, ClaimRuling? Ruling, IReadOnlyList<MaterialLine> Materials, IReadOnlyList<Problem> Problems, Refusal? Refusal)
{
    public bool IsReady => Problems.Count == 0 && Refusal is null;

    public static async Task<ClaimReadiness> OfAsync(FundPoolDb db, Claim claim, Loan loan, RuleBase at, DateOnly today, CancellationToken ct)
    {
        ClaimReading reading = ClaimReader.Read(ClaimContent.CellsOf(claim, loan.NoteNo), LoanMapping.FactsOf(loan).Terms, today);
        List<Deficiency> told = await ClaimMaterials.ToldAsync(db, claim, ct);
        IReadOnlyList<MaterialLine> lines = ClaimMaterials.Lines(at.Rulebooks.Home, loan, await ClaimMaterials.FilesAsync(db, claim, ct), told);
        List<Problem> problems = [.. reading.Problems, .. ClaimMaterials.Missing(lines)];
        if (told.Any(deficiency => string.IsNullOrWhiteSpace(deficiency.Answer)))
        {
            problems.Add(new Problem("answers", "required", new Words("请逐条答复退回补正的内容", "Answer each of the deficiencies that were told")));
        }

        if (loan.Library != "loan")
        {
            return new ClaimReadiness(null, null, lines, problems, NotInLoanLibrary);
        }

        Case? facts = await CaseAsync(db, claim, loan, reading.Entry, today, ct);
        ClaimRuling? ruling = facts is null ? null : ClaimRuling.On(facts, at);
        return new ClaimReadiness(facts, ruling, lines, problems, ruling?.WhyNot);
    }

    /// <summary>The case on the day of the first submission, or on today while there was none.</summary>
    public static async Task<Case?> CaseAsync(FundPoolDb db, Claim claim, Loan loan, ClaimEntry entry, DateOnly today, CancellationToken ct)
    {
        if (entry.FactsOn(claim.AppliedOn ?? today) is not { } facts)
        {
            return null;
        }

        // A newer report that comes with a supplement is as good as one of the day of the claim.
        if (claim.AppliedOn is { } applied && facts.CreditReportOn > applied)
        {
            facts = facts with { CreditReportOn = applied };
        }

        return ClaimCase.Of(loan, facts, await BankFacts.OfAsync(db, claim.PoolId, claim.BankId, today, ct));
    }

    public static Refusal NotInLoanLibrary { get; } = new(new Article("10"), new Words("该笔贷款不在贷款项目库中，不能申请补偿", "The loan is not in the loan library; no compensation can be claimed for it"));
}
