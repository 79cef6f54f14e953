using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Loans;

/// <summary>Corrections, those waiting first: the bank's own, or all banks' of the pool.</summary>
public static class ListCorrections
{
    [Requires(Permission.ReadLoans)]
    public sealed record Query(bool WaitingOnly = false, int Most = 100) : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(Correction Correction, string BankName, string NoteNo, string BorrowerName);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            var rows = await (
                from correction in db.Corrections.AsNoTracking()
                where correction.PoolId == pool && (bank == null || correction.BankId == bank) && (!query.WaitingOnly || correction.State == "proposed")
                join loan in db.Loans on new { correction.PoolId, correction.BankId, Id = correction.LoanId } equals new { loan.PoolId, loan.BankId, loan.Id }
                join organisation in db.Organisations on new { correction.PoolId, Id = correction.BankId } equals new { organisation.PoolId, organisation.Id }
                orderby correction.State == "proposed" descending, correction.Id descending
                select new { correction, organisation.Name, loan.NoteNo, loan.BorrowerName, loan.BorrowerKind }).Take(query.Most).ToListAsync(cancellationToken);
            return [.. rows.Select(r => new Row(r.correction, r.Name, r.NoteNo, Masking.Name(actor, r.correction.BankId, r.BorrowerKind, r.BorrowerName)))];
        }
    }
}
