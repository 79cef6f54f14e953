using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Loans;

/// <summary>One correction whole: what would change, and the ruling as it is and as it would be.</summary>
public static class ShowCorrection
{
    [Requires(Permission.ReadLoans)]
    public sealed record Query(int Bank, long Correction) : IRequest<Outcome<Answer>>;

    /// <param name="IsStale">The loan has changed since, so that only a refusal is possible.</param>
    /// <param name="IsOwn">The reader proposed it and therefore can't decide it.</param>
    public sealed record Answer(Correction Correction, Loan Loan, string Name, string BankName, IReadOnlyList<FieldChange> Changes,
        RegistrationRuling Before, RegistrationRuling After, bool IsStale, bool IsOwn);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IPersonalNumbers numbers) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Correction? correction = await db.Corrections.AsNoTracking()
                .FirstOrDefaultAsync(c => c.PoolId == pool && c.BankId == query.Bank && c.Id == query.Correction, cancellationToken);
            if (correction is null)
            {
                return default(NotFound);
            }

            Loan loan = await db.Loans.AsNoTracking().FirstAsync(l => l.PoolId == pool && l.BankId == query.Bank && l.Id == correction.LoanId, cancellationToken);
            string bank = await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Id == query.Bank).Select(o => o.Name).FirstAsync(cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            bool legacy = loan.LegacyReason is not null;
            LoanFacts after = CorrectionContent.Open(correction.Facts, numbers);
            bool maskNames = loan.BorrowerKind == "owner" && actor.Acting.Bank != loan.BankId;
            return new Answer(
                correction,
                loan,
                Masking.Name(actor, loan),
                bank,
                Masking.Names(CorrectionContent.ReadChanges(correction.Changes), maskNames),
                RegistrationRuling.On(LoanMapping.FactsOf(loan), loan.RegisteredOn, legacy, false, at.Rulebooks, at.Facts),
                RegistrationRuling.On(after, loan.RegisteredOn, legacy, false, at.Rulebooks, at.Facts),
                correction.State == "proposed" && loan.Version != correction.LoanVersion,
                actor.Acting.Person == correction.ProposedBy);
        }
    }
}
