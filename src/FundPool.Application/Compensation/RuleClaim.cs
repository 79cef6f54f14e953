using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>Says while one types what a claim would come to: what is wrong at which field, each condition with its article, what is missing, the amount.</summary>
public static class RuleClaim
{
    /// <param name="Cells">In the order of <see cref="ClaimFields.All"/>.</param>
    [Requires(Permission.MakeClaims)]
    public sealed record Query(long Claim, IReadOnlyList<string?> Cells) : IRequest<Outcome<Answer>>;

    /// <param name="Problems">What can't be read or may not be; what is only missing among them.</param>
    /// <param name="Ruling">Null while a field is missing.</param>
    public sealed record Answer(IReadOnlyList<Problem> Problems, ClaimEntry Entry, ClaimRuling? Ruling, DateOnly AppliedOn, IReadOnlyList<MaterialLine> Materials);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            Claim? claim = await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.PoolId == pool && c.BankId == bank && c.Id == query.Claim, cancellationToken);
            if (claim is null)
            {
                return default(NotFound);
            }

            Loan loan = await db.LoanOfAsync(claim, cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            string?[] cells = [.. query.Cells];
            cells[(int)ClaimColumn.NoteNo] = loan.NoteNo;
            ClaimReading reading = ClaimReader.Read(cells, LoanMapping.FactsOf(loan).Terms, rules.Today);
            Case? facts = await ClaimReadiness.CaseAsync(db, claim, loan, reading.Entry, rules.Today, cancellationToken);
            List<Deficiency> told = await ClaimMaterials.ToldAsync(db, claim, cancellationToken);
            return new Answer(reading.Problems, reading.Entry, facts is null ? null : ClaimRuling.On(facts, at), claim.AppliedOn ?? rules.Today,
                ClaimMaterials.Lines(at.Rulebooks.Home, loan, await ClaimMaterials.FilesAsync(db, claim, cancellationToken), told));
        }
    }
}
