using FluentValidation;
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

/// <summary>A bank enters one loan by form, in the window of its quarter (a.13, a.19(1)).</summary>
public static class RegisterLoan
{
    /// <param name="Cells">What was typed, in the order of <see cref="LoanFields.All"/>.</param>
    /// <param name="LegacyReason">Why a loan of the rule's first months is loaded without its window.</param>
    [Requires(Permission.RegisterLoans)]
    [UnderArticle("19(1)")]
    public sealed record Command(IReadOnlyList<string?> Cells, string? LegacyReason = null) : IRequest<Outcome<long>>, IReasoned
    {
        public string? Reason => LegacyReason;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.LegacyReason).MaximumLength(500).OverridePropertyName("legacyReason")
                .Saying("too_long", "补录理由请在 500 字以内", "Keep the reason under 500 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IPersonalNumbers numbers) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            LoanReading reading = LoanReader.Read([.. command.Cells]);
            if (reading.Loan is not { } facts)
            {
                return reading.Problems.ToList();
            }

            RuleBase at = await rules.InAsync(db, cancellationToken);
            bool legacy = LegacyLoading.IsAsked(facts.Terms.LoanDate, at, rules.Today);
            if (legacy && string.IsNullOrWhiteSpace(command.LegacyReason))
            {
                return LegacyLoading.ReasonMissing;
            }

            Organisation own = await db.Organisations.AsNoTracking().FirstAsync(o => o.PoolId == pool && o.Id == bank, cancellationToken);
            RegistrationRuling ruling = RegistrationRuling.On(facts, rules.Today, legacy, own.IsRemovedOn(rules.Today), at.Rulebooks, at.Facts);
            if (ruling.IsRefused)
            {
                return ruling.Refusals.ToList();
            }

            Loan loan = LoanMapping.ToLoan(facts, pool, bank, numbers);
            LoanMapping.Admit(loan, ruling, rules.Today, actor.Acting.Person, legacy ? command.LegacyReason!.Trim() : null);
            db.Loans.Add(loan);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException twice) when (twice.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                return NoteExists(facts.NoteNo);
            }

            await new MeasureStanding(db).MeasureAsync(pool, bank, at, nameof(RegisterLoan), rules.Today, cancellationToken);
            return loan.Id;
        }
    }

    internal static Problem NoteExists(string noteNo) => new("note_no", "exists", new Words(
        $"借据“{noteNo}”已登记；要修改请打开该笔贷款，登记期内可直接修改，过期后走更正",
        $"Note “{noteNo}” is registered already; to change it open the loan: freely while its window is open, by correction afterwards"));
}
