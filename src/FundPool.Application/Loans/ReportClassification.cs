using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Suspension;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Loans;

/// <summary>
/// The bank reports a loan's class with the day from which it holds (a.11(2), a.15(3)). A day in the past is allowed; what it changes is
/// shown before it is kept: <see cref="Command.Keep"/> false answers with the effect and writes nothing.
/// </summary>
public static class ReportClassification
{
    [Requires(Permission.ReportClassifications)]
    [UnderArticle("11(2)")]
    public sealed record Command(long Loan, string RiskClass, DateOnly? ValueDate, Money? Outstanding, int? OverdueDays, bool Keep) : IRequest<Outcome<Effect>>;

    /// <summary>The loan and the bank's ratio before and after.</summary>
    public sealed record Effect(string ClassBefore, string ClassAfter, DateOnly? NplSinceBefore, DateOnly? NplSinceAfter,
        StandingFigures Before, StandingFigures After, Standing StandingBefore, Standing StandingAfter, bool IsBackDated, SuspensionRule Rule);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.RiskClass).Must(code => LoanCodes.RiskClasses.TryCode(code, out _)).OverridePropertyName("riskClass")
                .Saying("unknown_code", "请选择五级分类", "Choose the class");
            RuleFor(command => command.ValueDate).NotNull().OverridePropertyName("valueDate")
                .Saying("required", "请填写认定日期", "Enter the day from which the class holds");
            RuleFor(command => command.Outstanding).NotNull().OverridePropertyName("outstanding")
                .Saying("required", "请填写认定日的本金余额", "Enter the principal outstanding on that day");
            RuleFor(command => command.Outstanding).Must(sum => sum is null || sum.Value.Fen >= 0).OverridePropertyName("outstanding")
                .Saying("range", "本金余额不能小于 0", "The outstanding principal can't be below 0");
            RuleFor(command => command.OverdueDays).GreaterThanOrEqualTo(0).OverridePropertyName("overdueDays")
                .Saying("range", "逾期天数不能小于 0", "Days overdue can't be below 0");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<Effect>>
    {
        public async Task<Outcome<Effect>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            Loan? loan = await db.Loans.AsNoTracking().FirstOrDefaultAsync(l => l.PoolId == pool && l.BankId == bank && l.Id == command.Loan, cancellationToken);
            if (loan is null)
            {
                return default(NotFound);
            }

            if (loan.Library is "closed" or "struck_out")
            {
                return new Refusal(new Article("11(2)"), new Words("该笔贷款已结项或剔除，不再报告分类", "This loan is closed or struck out; no class is reported any more"));
            }

            DateOnly day = command.ValueDate!.Value;
            Money outstanding = command.Outstanding!.Value;
            List<Problem> problems = [];
            if (day < loan.LoanDate)
            {
                problems.Add(new Problem("valueDate", "range", new Words("认定日期早于借据日期", "The day lies before the loan date")));
            }

            if (day > rules.Today)
            {
                problems.Add(new Problem("valueDate", "range", new Words("认定日期晚于今天", "The day lies in the future")));
            }

            if (outstanding.Fen > loan.PrincipalFen)
            {
                problems.Add(new Problem("outstanding", "range", new Words("本金余额大于贷款金额", "The outstanding principal exceeds the amount lent")));
            }

            if (problems.Count > 0)
            {
                return problems;
            }

            RuleBase at = await rules.InAsync(db, cancellationToken);
            MeasureStanding measure = new(db);
            StandingFigures before = await measure.FiguresAsync(pool, bank, cancellationToken);
            Standing standingBefore = await measure.LastAsync(pool, bank, cancellationToken);
            // The effect is what the write itself does; a look ahead is the same write undone.
            await db.Database.CurrentTransaction!.CreateSavepointAsync("effect", cancellationToken);
            db.Classifications.Add(new Classification
            {
                PoolId = pool,
                BankId = bank,
                LoanId = loan.Id,
                RiskClass = command.RiskClass,
                ValueDate = day,
                BookedOn = rules.Today,
                OutstandingFen = outstanding.Fen,
                OverdueDays = command.OverdueDays,
                ReportedBy = actor.Acting.Person,
            });
            await db.SaveChangesAsync(cancellationToken);
            await Reclassify.ApplyAsync(db.Connection, pool, bank, [loan.Id], cancellationToken);
            Loan changed = await db.Loans.AsNoTracking().FirstAsync(l => l.PoolId == pool && l.BankId == bank && l.Id == loan.Id, cancellationToken);
            StandingFigures after = await measure.FiguresAsync(pool, bank, cancellationToken);
            Standing standingAfter = await measure.MeasureAsync(pool, bank, at, nameof(ReportClassification), rules.Today, cancellationToken);
            if (!command.Keep)
            {
                await db.Database.CurrentTransaction!.RollbackToSavepointAsync("effect", cancellationToken);
                db.ChangeTracker.Clear();
            }

            return new Effect(loan.RiskClass, changed.RiskClass, loan.NplSince, changed.NplSince, before, after, standingBefore, standingAfter, day < loan.ClassDate, at.Suspension);
        }
    }
}
