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

/// <summary>Says while one types what a loan would come to: what is wrong at which field, each condition with its article, size class, expected share.</summary>
public static class RuleLoan
{
    /// <param name="Loan">The registered loan that is being changed, so that its own date of registration and kept number hold.</param>
    [Requires(Permission.RegisterLoans)]
    public sealed record Query(IReadOnlyList<string?> Cells, bool Legacy = false, long? Loan = null) : IRequest<Answer>;

    /// <param name="Ruling">Null while a field can't be read.</param>
    public sealed record Answer(IReadOnlyList<Problem> Problems, RegistrationRuling? Ruling);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IPersonalNumbers numbers) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            Loan? loan = query.Loan is null ? null
                : await db.Loans.AsNoTracking().FirstOrDefaultAsync(l => l.PoolId == actor.Pool() && l.BankId == actor.Bank() && l.Id == query.Loan, cancellationToken);
            string?[] cells = loan is null ? [.. query.Cells] : LoanMapping.WithKeptNumber(query.Cells, loan, numbers);
            LoanReading reading = LoanReader.Read(cells);
            if (reading.Loan is not { } facts)
            {
                return new Answer(reading.Problems, null);
            }

            RuleBase at = await rules.InAsync(db, cancellationToken);
            bool removed = await db.Organisations.AsNoTracking().AnyAsync(o => o.PoolId == actor.Pool() && o.Id == actor.Bank() && o.RemovedFrom <= rules.Today, cancellationToken);
            RegistrationRuling ruling = RegistrationRuling.On(facts, loan?.RegisteredOn ?? rules.Today, query.Legacy || loan?.LegacyReason is not null, removed, at.Rulebooks, at.Facts);
            return new Answer([.. ruling.Refusals], ruling);
        }
    }
}
