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
    /// <param name="Before">Only batches older than this one, for the next page.</param>
    [Requires(Permission.ReadLoans)]
    public sealed record Query(string? State = null, string? Kind = null, int? Bank = null, long? Before = null, int Size = 30) : IRequest<Answer>;

    /// <param name="Next">The batch that the next page begins after; null on the last.</param>
    /// <param name="Banks">The banks to choose from; empty for a bank itself.</param>
    public sealed record Answer(IReadOnlyList<Row> Rows, long? Next, IReadOnlyList<(int Id, string Name)> Banks);

    /// <param name="By">Who sent it, where the reader may know the bank's people.</param>
    public sealed record Row(ImportBatch Batch, string FileName, string BankName, string? By);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank ?? query.Bank;
            List<Row> rows = await (
                from batch in db.ImportBatches.AsNoTracking()
                where batch.PoolId == pool && (bank == null || batch.BankId == bank)
                    && (query.State == null || batch.State == query.State) && (query.Kind == null || batch.Kind == query.Kind)
                    && (query.Before == null || batch.Id < query.Before)
                join file in db.Files on new { batch.PoolId, batch.BankId, Id = batch.FileId } equals new { file.PoolId, file.BankId, file.Id }
                join organisation in db.Organisations on new { batch.PoolId, Id = batch.BankId } equals new { organisation.PoolId, organisation.Id }
                orderby batch.Id descending
                select new Row(batch, file.Name, organisation.Name,
                    db.People.Where(p => p.PoolId == pool && p.OrganisationId == batch.BankId && p.Id == batch.CreatedBy).Select(p => p.FullName).FirstOrDefault()))
                .Take(query.Size + 1).ToListAsync(cancellationToken);
            long? next = null;
            if (rows.Count > query.Size)
            {
                rows.RemoveAt(query.Size);
                next = rows[^1].Batch.Id;
            }

            return new Answer(rows, next, actor.Acting.Bank is null ? await BankChoices.ReadAsync(db, pool, cancellationToken) : []);
        }
    }
}

/// <summary>The banks of a pool to choose from, for those who see several.</summary>
internal static class BankChoices
{
    public static async Task<IReadOnlyList<(int Id, string Name)>> ReadAsync(FundPoolDb db, int pool, CancellationToken ct) =>
        [.. (await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Kind == "bank").OrderBy(o => o.Code)
            .Select(o => new { o.Id, o.Name }).ToListAsync(ct)).Select(o => (o.Id, o.Name))];
}
