using System.Globalization;
using FundPool.Application.Compensation;
using FundPool.Application.Loans;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Suspension;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>Something that is otherwise than when the claim was submitted, or that a reviewer should know before deciding.</summary>
/// <param name="Stops">A claim can't be approved while this holds.</param>
public sealed record Notable(Words Words, bool Stops);

/// <summary>
/// A claim as it lies before the reviewer now: ruled again on today's register. Standing on the dishonesty list and membership are taken as of
/// the day of the claim, because a.30 and a.24 ask who may claim; where the bank stands today decides about the batch (docs/rules/readings.md).
/// </summary>
public sealed record ReviewDesk
{
    public required Claim Claim { get; init; }

    public required Loan Loan { get; init; }

    public required RuleBase At { get; init; }

    public required BankStanding Standing { get; init; }

    /// <summary>The case of today.</summary>
    public required Case Facts { get; init; }

    /// <summary>Ruled today.</summary>
    public required Ruling Ruling { get; init; }

    /// <summary>Why it is not reviewed now.</summary>
    public Refusal? Held { get; init; }

    /// <summary>What changed since it was submitted.</summary>
    public required IReadOnlyList<Notable> Changes { get; init; }

    /// <summary>Which look this is.</summary>
    public string Kind => KindOf(Claim.StateOf()) ?? "review";

    /// <summary>Which look a state belongs to; null where the reviewer has nothing to do.</summary>
    public static string? KindOf(ClaimState state) => state switch
    {
        ClaimState.Submitted or ClaimState.Proposed => "review",
        ClaimState.ReReview or ClaimState.ReProposed => "re_review",
        ClaimState.Objected or ClaimState.ReExamined => "re_examination",
        _ => null,
    };

    /// <summary>What deductions are taken from: today's ruling, never more than was claimed; for an objection, what was approved.</summary>
    public Money BaseWith(IEnumerable<Mark> marks)
    {
        if (Kind == "re_examination")
        {
            return new Money(Claim.ApprovedFen ?? 0);
        }

        Money ruled = Ruling.AmountOnceConfirmed(ReviewContent.Confirmed(marks));
        return Claim.AmountFen is { } claimed ? Money.Min(ruled, new Money(claimed)) : ruled;
    }

    /// <summary>What the reviewer's findings take off, one deduction a finding.</summary>
    public IReadOnlyList<FoundDeduction> Figure(FoundFacts found, IEnumerable<Mark> marks)
    {
        IReadOnlySet<string> confirmed = ReviewContent.Confirmed(marks);
        return FoundDeductions.Of(Facts, found, facts => Ruling.On(facts, At.Rulebooks, At.Facts).AmountOnceConfirmed(confirmed));
    }

    /// <summary>Why nothing can be approved on today's ruling; null where it can.</summary>
    public Refusal? WhyNotPayable(IEnumerable<Mark> marks)
    {
        if (Changes.FirstOrDefault(change => change.Stops) is { } change)
        {
            return new Refusal(new Article("20(1)"), change.Words);
        }

        if (Kind == "re_examination" || BaseWith(marks) > Money.Zero)
        {
            return null;
        }

        return Ruling.FirstRefusal is { } refusal && Ruling.Outcome == RulingOutcome.Ineligible ? refusal
            : Ruling.Steps.Where(step => step.IsCondition && step.Met is null && step.Effect == "undetermined").Select(step => new Refusal(step.Article, step.Words)).FirstOrDefault()
              ?? new Refusal(new Article("16"), new Words("按今日的登记内容没有可以补偿的金额", "On today's register there is no amount to bear"));
    }

    /// <summary>The claim as it lies now; the caller has locked it where something follows from it.</summary>
    public static async Task<ReviewDesk> OpenAsync(FundPoolDb db, RuleSource rules, Claim claim, CancellationToken ct)
    {
        RuleBase at = await rules.InAsync(db, ct);
        Loan loan = await db.Loans.AsNoTracking().FirstAsync(l => l.PoolId == claim.PoolId && l.BankId == claim.BankId && l.Id == claim.LoanId, ct);
        Organisation bank = await db.Organisations.AsNoTracking().FirstAsync(o => o.PoolId == claim.PoolId && o.Id == claim.BankId, ct);
        BankStanding standing = await BankStandings.OfAsync(db, claim.PoolId, claim.BankId, rules.Today, ct);
        DateOnly applied = claim.AppliedOn ?? rules.Today;
        RiskClass now = LoanMapping.Value(LoanCodes.RiskClasses, loan.RiskClass);
        Case facts = ClaimCase.Of(loan, new ClaimFacts
        {
            RiskClass = now < RiskClass.Substandard || claim.RiskClass is null ? now : LoanMapping.Value(LoanCodes.RiskClasses, claim.RiskClass),
            NplDate = claim.NplDate ?? loan.NplSince ?? applied,
            AppliedOn = applied,
            // A newer report that came with a supplement is as good as one of the day of the claim.
            CreditReportOn = claim.CreditReportOn is { } report && report < applied ? report : applied,
            OutstandingPrincipal = new Money(claim.OutstandingFen ?? loan.OutstandingFen ?? 0),
            NplPrincipal = claim.NplPrincipalFen is { } npl ? new Money(npl) : null,
        }, new BankFacts(
            standing.Standing == Domain.Suspension.Standing.Suspended,
            bank.DishonestFrom <= applied && (bank.DishonestUntil is null || bank.DishonestUntil >= applied),
            bank.IsRemovedOn(applied)));
        Ruling ruling = Ruling.On(facts, at.Rulebooks, at.Facts);
        return new ReviewDesk
        {
            Claim = claim,
            Loan = loan,
            At = at,
            Standing = standing,
            Facts = facts,
            Ruling = ruling,
            Held = claim.StateOf() == ClaimState.Submitted ? await HeldClaims.WhyAsync(db, at, standing, claim, ct) : null,
            Changes = [.. await ChangesAsync(db, at, standing, claim, loan, ruling, ct)],
        };
    }

    private static async Task<List<Notable>> ChangesAsync(FundPoolDb db, RuleBase at, BankStanding standing, Claim claim, Loan loan, Ruling ruling, CancellationToken ct)
    {
        List<Notable> changes = [];
        void Add(bool holds, bool stops, string zh, string en)
        {
            if (holds)
            {
                changes.Add(new Notable(new Words(zh, en), stops));
            }
        }

        string label = LoanCodes.RiskClasses.Label(LoanMapping.Value(LoanCodes.RiskClasses, loan.RiskClass)).Zh;
        string labelEn = LoanCodes.RiskClasses.Label(LoanMapping.Value(LoanCodes.RiskClasses, loan.RiskClass)).En;
        Add(loan.Library != "loan", true, "该笔贷款已不在贷款项目库（更正后剔除、结项或已转出）", "The loan is no longer in the loan library (struck out, closed or moved)");
        Add(!MeasureStanding.NonPerforming.Contains(loan.RiskClass), false, $"该笔贷款的五级分类已变为“{label}”", $"The loan is now classed {labelEn}");
        Add(loan.NplSince is { } since && since != claim.NplDate, false, $"登记的不良起始日现为 {loan.NplSince:yyyy-MM-dd}，申请填报为 {claim.NplDate:yyyy-MM-dd}", $"Non-performing since {loan.NplSince:yyyy-MM-dd} by the register, {claim.NplDate:yyyy-MM-dd} in the claim");
        Add(loan.OutstandingFen < claim.OutstandingFen, false, $"最近报告的本金余额 {Yuan(loan.OutstandingFen)} 元，低于申请填报的 {Yuan(claim.OutstandingFen)} 元", $"The last reported balance is {Yuan(loan.OutstandingFen)} CNY, below the claim's {Yuan(claim.OutstandingFen)}");
        Add(claim.Outcome != "undetermined" && claim.AmountFen is { } claimed && claimed != ruling.Amount.Fen, false,
            $"按今日的登记内容认定为 {ruling.Amount.Yuan:#,##0.00} 元，提交时为 {Yuan(claim.AmountFen)} 元", $"On today's register the ruling names {ruling.Amount.Yuan:#,##0.00} CNY, at submission {Yuan(claim.AmountFen)}");
        Add(await db.Corrections.AnyAsync(c => c.PoolId == claim.PoolId && c.BankId == claim.BankId && c.LoanId == loan.Id && c.State == "proposed", ct), false,
            "该笔贷款有一项登记更正待处理", "A correction of the loan waits to be decided");
        // The page says it elsewhere where the claim is held; here stands what came after the submission.
        if (Halt.BeforeBatch(at.Rulebooks.Home, standing) is { } halt && (standing.Dishonest || standing.Removed || standing.Since >= claim.AppliedOn))
        {
            changes.Add(new Notable(halt.Words, false));
        }

        return changes;
    }

    private static string Yuan(long? fen) => ((fen ?? 0) / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);
}
