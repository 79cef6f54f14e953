using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Loans;

/// <summary>The reviewer consents to a bank's correction or refuses it. Consent changes the loan and rules it anew; one that is no longer eligible is struck out.</summary>
public static class DecideCorrection
{
    [Requires(Permission.DecideCorrections)]
    [UnderArticle("10(2)")]
    public sealed record Command(int Bank, long Correction, bool Consent, string? Opinion) : IRequest<Outcome<long>>, IReasoned
    {
        public string? Reason => Opinion;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Opinion).NotEmpty().When(command => !command.Consent).OverridePropertyName("opinion")
                .Saying("required", "不同意时请写明理由", "Say why when refusing");
            RuleFor(command => command.Opinion).MaximumLength(500).OverridePropertyName("opinion")
                .Saying("too_long", "意见请在 500 字以内", "Keep the opinion under 500 characters");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IPersonalNumbers numbers, TimeProvider clock) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Correction? correction = await db.Corrections
                .FromSql($"select * from loan.correction where pool_id = {pool} and bank_id = {command.Bank} and id = {command.Correction} for update")
                .FirstOrDefaultAsync(cancellationToken);
            if (correction is null)
            {
                return default(NotFound);
            }

            if (correction.State != "proposed")
            {
                return new Refusal(new Article("10(2)"), new Words("该项更正已处理", "This correction was decided already"));
            }

            // The checker of the database refuses this too; the person is told before.
            if (correction.ProposedBy == actor.Person())
            {
                return new Refusal(new Article("10(2)"), new Words("提出更正的人不能同意自己的更正", "Whoever proposed a correction can't consent to it"));
            }

            Loan loan = await db.Loans.FirstAsync(l => l.PoolId == pool && l.BankId == command.Bank && l.Id == correction.LoanId, cancellationToken);
            if (command.Consent && loan.Version != correction.LoanVersion)
            {
                return new Refusal(new Article("10(2)"), new Words("该笔贷款在提出更正之后已有变动；请退回由银行重新提出", "The loan changed after the correction was proposed; refuse it so that the bank proposes it anew"));
            }

            if (command.Consent && await LoanFreeze.WhyNotAsync(db, loan, "10(2)", cancellationToken) is { } frozen)
            {
                return frozen;
            }

            LoanFacts? facts = command.Consent ? CorrectionContent.Open(correction.Facts, numbers) : null;
            if (facts is not null && facts.NoteNo != loan.NoteNo
                && await db.Loans.AnyAsync(l => l.PoolId == pool && l.BankId == command.Bank && l.NoteNo == facts.NoteNo, cancellationToken))
            {
                return new Refusal(new Article("10(2)"), new Words("更正后的借据编号在提出之后已被另一笔贷款使用；请退回由银行重新提出", "Another loan has taken the corrected note number since; refuse the correction so that the bank proposes it anew"));
            }

            // A report of the class may have come after the proposal; it leaves the loan's version as it is.
            if (facts is not null && loan.OutstandingFen > facts.Terms.Principal.Fen)
            {
                return new Refusal(new Article("10(2)"), new Words("更正后的贷款金额小于其后报告的本金余额；请退回由银行核对", "The corrected amount is below the outstanding principal reported since; refuse the correction so that the bank checks it"));
            }

            correction.State = command.Consent ? "consented" : "refused";
            correction.DecidedBy = actor.Person();
            correction.DecidedByName = actor.Acting.PersonName;
            correction.DecidedAt = clock.GetUtcNow().UtcDateTime;
            correction.Opinion = string.IsNullOrWhiteSpace(command.Opinion) ? null : command.Opinion.Trim();
            RuleBase at = await rules.InAsync(db, cancellationToken);
            if (facts is not null)
            {
                RegistrationRuling ruling = RegistrationRuling.On(facts, loan.RegisteredOn, loan.LegacyReason is not null, false, at.Rulebooks, at.Facts);
                LoanMapping.Put(facts, loan, numbers);
                loan.Rulebook = ruling.Rulebook.Code;
                loan.ExpectedShareBp = ruling.IsRefused ? 0 : ruling.ExpectedShare.BasisPoints;
                loan.Warnings = [.. ruling.WarningCodes()];
                loan.Library = ruling.IsRefused ? "struck_out" : loan.Library;
                loan.Version++;
            }

            await db.SaveChangesAsync(cancellationToken);
            await new MeasureStanding(db).MeasureAsync(pool, command.Bank, at, nameof(DecideCorrection), rules.Today, cancellationToken);
            return loan.Id;
        }
    }
}
