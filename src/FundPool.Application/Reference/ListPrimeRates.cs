using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Reference;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reference;

/// <summary>The publications of the loan prime rate, the newest first, and from when on none is known.</summary>
public static class ListPrimeRates
{
    [Requires(Permission.ManageReferenceData)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="KnownBefore">Loans from this day on have no known rate until the next publication is entered.</param>
    /// <param name="IsStale">That day has come.</param>
    public sealed record Answer(IReadOnlyList<Row> Rows, DateOnly KnownBefore, bool IsStale);

    /// <param name="Unconfirmed">The figure came with the portal; nobody has compared it with the official publication.</param>
    public sealed record Row(LoanPrimeRate Rate, bool Unconfirmed);

    internal sealed class Handler(FundPoolDb db, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            List<LoanPrimeRate> rates = await db.LoanPrimeRates.AsNoTracking().OrderByDescending(r => r.PublishedOn).ToListAsync(cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            return new Answer([.. rates.Select(r => new Row(r, IsUnconfirmed(r.Note)))], at.Facts.Lpr.KnownBefore, rules.Today >= at.Facts.Lpr.KnownBefore);
        }
    }

    // The shipped table says of each row what it rests on, general knowledge or a list of somebody's; whoever compares a figure with
    // the official publication takes that remark away.
    internal static bool IsUnconfirmed(string note) => note.Length > 0;
}
