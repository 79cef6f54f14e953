using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FundPool.Application.Loans;

/// <summary>Changes a registered loan while its window is open: freely, and ruled anew. Afterwards only a correction does.</summary>
public static class EditLoan
{
    /// <param name="Version">The loan as the form showed it.</param>
    [Requires(Permission.RegisterLoans)]
    [UnderArticle("19(1)")]
    public sealed record Command(long Id, IReadOnlyList<string?> Cells, int Version) : IRequest<Outcome<long>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IPersonalNumbers numbers) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            Loan? loan = await db.Loans.FirstOrDefaultAsync(l => l.PoolId == pool && l.BankId == bank && l.Id == command.Id, cancellationToken);
            if (loan is null)
            {
                return default(NotFound);
            }

            if (loan.Version != command.Version)
            {
                return new Refusal(new Article("19(1)"), new Words("该笔贷款在您打开之后已被他人修改；请核对最新内容后再改", "Somebody changed this loan after you opened it; look at it again before changing it"));
            }

            RuleBase at = await rules.InAsync(db, cancellationToken);
            if (!LoanWindow.IsOpen(loan, at, rules.Today))
            {
                return new Refusal(new Article("19(1)"), new Words("该笔贷款的登记期已过；请用“申请更正”，由管理机构同意后生效", "The registration window of this loan has passed; ask for a correction, which the reviewer consents to"));
            }

            if (await LoanFreeze.WhyNotAsync(db, loan, "19(1)", cancellationToken) is { } frozen)
            {
                return frozen;
            }

            LoanReading reading = LoanReader.Read(LoanMapping.WithKeptNumber(command.Cells, loan, numbers));
            if (reading.Loan is not { } facts)
            {
                return reading.Problems.ToList();
            }

            Organisation own = await db.Organisations.AsNoTracking().FirstAsync(o => o.PoolId == pool && o.Id == bank, cancellationToken);
            RegistrationRuling ruling = RegistrationRuling.On(facts, loan.RegisteredOn, loan.LegacyReason is not null, own.IsRemovedOn(rules.Today), at.Rulebooks, at.Facts);
            if (ruling.IsRefused)
            {
                return ruling.Refusals.ToList();
            }

            if (loan.OutstandingFen > facts.Terms.Principal.Fen)
            {
                return new Problem("principal", "range", new Words("贷款金额小于已报告的本金余额；请核对", "The amount is below the outstanding principal already reported; check it"));
            }

            LoanMapping.Put(facts, loan, numbers);
            loan.Rulebook = ruling.Rulebook.Code;
            loan.ExpectedShareBp = ruling.ExpectedShare.BasisPoints;
            loan.Warnings = [.. ruling.WarningCodes()];
            loan.Version++;
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException twice) when (twice.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                return RegisterLoan.NoteExists(facts.NoteNo);
            }

            await new MeasureStanding(db).MeasureAsync(pool, bank, at, nameof(EditLoan), rules.Today, cancellationToken);
            return loan.Id;
        }
    }
}

/// <summary>The window of a loan's quarter (a.19(1)).</summary>
internal static class LoanWindow
{
    public static bool IsOpen(Loan loan, RuleBase at, DateOnly today) =>
        loan.Library == "loan" && today <= at.Deadlines.Due("register", loan.LoanDate).Due;
}
