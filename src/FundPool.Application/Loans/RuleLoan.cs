using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Loans;

/// <summary>Says while one types what a loan would come to: what is wrong at which field, each condition with its article, size class, expected share.</summary>
public static class RuleLoan
{
    /// <param name="Loan">The registered loan that is being changed, so that its own date of registration and kept number hold.</param>
    [Requires(Permission.RegisterLoans)]
    public sealed record Query(IReadOnlyList<string?> Cells, string? LegacyReason = null, long? Loan = null) : IRequest<Answer>;

    /// <param name="Problems">What can't be read or may not be; what a condition refuses is in the ruling.</param>
    /// <param name="Ruling">Null while a field can't be read.</param>
    /// <param name="Window">The last day for registering, as soon as the loan date can be read.</param>
    /// <param name="AsksLegacyReason">The loan is of the rule's first months and its window is over: it may be loaded with a reason.</param>
    /// <param name="Changes">Against the registered loan, where one is being changed.</param>
    public sealed record Answer(IReadOnlyList<Problem> Problems, RegistrationRuling? Ruling, IReadOnlyList<RulingStep> Share, Money Principal,
        Deadline? Window, bool AsksLegacyReason, IReadOnlyList<FieldChange> Changes, Share? ShareBefore);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IPersonalNumbers numbers) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            Loan? loan = query.Loan is null ? null
                : await db.Loans.AsNoTracking().FirstOrDefaultAsync(l => l.PoolId == pool && l.BankId == bank && l.Id == query.Loan, cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            string?[] cells = loan is null ? [.. query.Cells] : LoanMapping.WithKeptNumber(query.Cells, loan, numbers);
            Deadline? window = CellText.TryDay(CellText.Clean(cells[(int)LoanColumn.LoanDate], foldWidth: true), out DateOnly lent)
                ? at.Deadlines.Due("register", lent) : null;
            bool legacy = loan is null && window is not null && LegacyLoading.IsAsked(lent, at, rules.Today);
            LoanReading reading = LoanReader.Read(cells);
            List<Problem> problems = [.. reading.Problems];
            if (legacy && string.IsNullOrWhiteSpace(query.LegacyReason))
            {
                problems.Add(LegacyLoading.ReasonMissing);
            }

            string noteNo = CellText.Clean(cells[(int)LoanColumn.NoteNo], foldWidth: true);
            if (noteNo.Length > 0 && noteNo != loan?.NoteNo
                && await db.Loans.AnyAsync(l => l.PoolId == pool && l.BankId == bank && l.NoteNo == noteNo, cancellationToken))
            {
                problems.Insert(0, RegisterLoan.NoteExists(noteNo));
            }

            Share? before = loan is null ? null : new Share(loan.ExpectedShareBp);
            if (reading.Loan is not { } facts)
            {
                return new Answer(problems, null, [], default, window, legacy, [], before);
            }

            bool removed = await db.Organisations.AsNoTracking().AnyAsync(o => o.PoolId == pool && o.Id == bank && o.RemovedFrom <= rules.Today, cancellationToken);
            RegistrationRuling ruling = RegistrationRuling.On(facts, loan?.RegisteredOn ?? rules.Today, legacy || loan?.LegacyReason is not null, removed, at.Rulebooks, at.Facts);
            return new Answer(problems, ruling, ShareOutlook.PiecesOf(facts.Terms, rules.Today, at), facts.Terms.Principal, window, legacy,
                loan is null ? [] : CorrectionContent.Changes(LoanMapping.FactsOf(loan, numbers), facts), before);
        }
    }
}

/// <summary>The share of a loan piece by piece, as it would be ruled were the loan to turn non-performing now.</summary>
internal static class ShareOutlook
{
    public static IReadOnlyList<RulingStep> PiecesOf(LoanTerms terms, DateOnly today, RuleBase at)
    {
        ClaimFacts supposed = new() { RiskClass = RiskClass.Substandard, NplDate = today, AppliedOn = today, CreditReportOn = today, OutstandingPrincipal = terms.Principal };
        Ruling ruling = Ruling.On(new Case { Loan = terms, RegisteredOn = today, Claim = supposed }, at.Rulebooks, at.Facts);
        // The last piece is the sum to be paid, which only a claim has.
        RulingStep[] pieces = [.. ruling.Steps.Where(step => !step.IsCondition)];
        return pieces[..^1];
    }
}

/// <summary>Loans of the rule's first months, which may be loaded after their window with a logged reason (domain.md section 8).</summary>
internal static class LegacyLoading
{
    public static Problem ReasonMissing { get; } = new("legacy_reason", "required", new Words(
        "该笔贷款在细则施行前发放，登记期已过；补录请写明理由", "This loan is of the time before the rule came into force and its window is over; say why it is loaded now"));

    public static bool IsAsked(DateOnly loanDate, RuleBase at, DateOnly today) =>
        at.Rulebooks.Home.LegacyLoans is { } days && days.Contains(loanDate) && today > at.Deadlines.Due("register", loanDate).Due;
}
