using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Imports;

/// <summary>The latest imports, the bank's own or, for the pool's institutions, those of all banks.</summary>
public static class ListImports
{
    [Requires(Permission.ReadLoans)]
    public sealed record Query(int Most = 50) : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(ImportBatch Batch, string FileName, string BankName);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            return await (
                from batch in db.ImportBatches.AsNoTracking()
                where batch.PoolId == pool && (bank == null || batch.BankId == bank)
                join file in db.Files on new { batch.PoolId, batch.BankId, Id = batch.FileId } equals new { file.PoolId, file.BankId, file.Id }
                join organisation in db.Organisations on new { batch.PoolId, Id = batch.BankId } equals new { organisation.PoolId, organisation.Id }
                orderby batch.Id descending
                select new Row(batch, file.Name, organisation.Name)).Take(query.Most).ToListAsync(cancellationToken);
        }
    }
}
