using System.Text.Json;
using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Loans;

/// <summary>After its window a bank asks to change a registered loan: old value, new value, reason. Nothing changes before the reviewer consents.</summary>
public static class ProposeCorrection
{
    [Requires(Permission.ProposeCorrections)]
    [UnderArticle("11(3)")]
    public sealed record Command(long Loan, IReadOnlyList<string?> Cells, string? Reason, int Version) : IRequest<Outcome<long>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason")
                .Saying("required", "请写明更正理由，500 字以内", "Say why the correction is needed, up to 500 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IPersonalNumbers numbers) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            Loan? loan = await db.Loans.AsNoTracking().FirstOrDefaultAsync(l => l.PoolId == pool && l.BankId == bank && l.Id == command.Loan, cancellationToken);
            if (loan is null)
            {
                return default(NotFound);
            }

            if (loan.Version != command.Version)
            {
                return new Refusal(new Article("11(3)"), new Words("该笔贷款在您打开之后已有变动；请核对最新内容后再提出更正", "This loan changed after you opened it; look at it again before asking for a correction"));
            }

            if (await LoanFreeze.WhyNotAsync(db, loan, "11(3)", cancellationToken) is { } frozen)
            {
                return frozen;
            }

            if (await db.Corrections.AnyAsync(c => c.PoolId == pool && c.BankId == bank && c.LoanId == loan.Id && c.State == "proposed", cancellationToken))
            {
                return new Refusal(new Article("11(3)"), new Words("该笔贷款已有一项更正待同意；请先撤回或等待处理", "A correction of this loan is waiting already; withdraw it or wait"));
            }

            LoanReading reading = LoanReader.Read(LoanMapping.WithKeptNumber(command.Cells, loan, numbers));
            if (reading.Loan is not { } facts)
            {
                return reading.Problems.ToList();
            }

            if (facts.NoteNo != loan.NoteNo && await db.Loans.AnyAsync(l => l.PoolId == pool && l.BankId == bank && l.NoteNo == facts.NoteNo, cancellationToken))
            {
                return RegisterLoan.NoteExists(facts.NoteNo);
            }

            if (loan.OutstandingFen > facts.Terms.Principal.Fen)
            {
                return new Problem("principal", "range", new Words("贷款金额小于已报告的本金余额；请核对", "The amount is below the outstanding principal already reported; check it"));
            }

            List<FieldChange> changes = CorrectionContent.Changes(LoanMapping.FactsOf(loan, numbers), facts);
            if (changes.Count == 0)
            {
                return new Problem("reason", "required", new Words("没有任何字段被修改", "No field was changed"));
            }

            RuleBase at = await rules.InAsync(db, cancellationToken);
            RegistrationRuling ruling = RegistrationRuling.On(facts, loan.RegisteredOn, loan.LegacyReason is not null, false, at.Rulebooks, at.Facts);
            Correction correction = new()
            {
                PoolId = pool,
                BankId = bank,
                LoanId = loan.Id,
                Changes = JsonSerializer.Serialize(changes, CorrectionContent.Json),
                Facts = CorrectionContent.Seal(facts, numbers),
                Reason = command.Reason!.Trim(),
                LoanVersion = loan.Version,
                ShareBeforeBp = loan.ExpectedShareBp,
                ShareAfterBp = ruling.IsRefused ? 0 : ruling.ExpectedShare.BasisPoints,
                FindingsAfter = JsonSerializer.Serialize(ruling.Refusals.Select(p => new RuledOut(p.Code, p.Message.Zh, p.Message.En)), CorrectionContent.Json),
                ProposedBy = actor.Person(),
                ProposedByName = actor.Acting.PersonName,
            };
            db.Corrections.Add(correction);
            await db.SaveChangesAsync(cancellationToken);
            return correction.Id;
        }
    }
}
