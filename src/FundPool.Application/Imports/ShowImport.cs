using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Imports;

/// <summary>One import as it stands: progress while it runs, the preview when it is checked, the result when it is registered.</summary>
public static class ShowImport
{
    public const int ErrorsShown = 200;

    [Requires(Permission.ReadLoans)]
    public sealed record Query(int Bank, long Batch) : IRequest<Outcome<Answer>>;

    /// <param name="BankName">Whose import it is.</param>
    /// <param name="IsOwn">The reader is that bank; only it may take the file out and decide.</param>
    /// <param name="SentBefore">A registered batch made of the very same file.</param>
    public sealed record Answer(ImportBatch Batch, string BankName, bool IsOwn, string FileName, long FileSize, ImportProgress? Progress,
        IReadOnlyList<ImportError> Errors, IReadOnlyList<CodeCount> ByCode, string? CreatedBy, string? ConfirmedBy, long? SentBefore);

    /// <summary>How often a reason refused, among the refusals kept for the page.</summary>
    public sealed record CodeCount(string Code, int Rows);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            ImportBatch? batch = await db.ImportBatches.AsNoTracking()
                .FirstOrDefaultAsync(b => b.PoolId == pool && b.BankId == query.Bank && b.Id == query.Batch, cancellationToken);
            if (batch is null)
            {
                return default(NotFound);
            }

            StoredFile file = await db.Files.AsNoTracking()
                .FirstAsync(f => f.PoolId == pool && f.BankId == query.Bank && f.Id == batch.FileId, cancellationToken);
            ImportProgress? progress = await db.ImportProgress.AsNoTracking()
                .FirstOrDefaultAsync(p => p.PoolId == pool && p.BankId == query.Bank && p.BatchId == query.Batch, cancellationToken);
            IQueryable<ImportError> errors = db.ImportErrors.AsNoTracking()
                .Where(e => e.PoolId == pool && e.BankId == query.Bank && e.BatchId == query.Batch);
            List<ImportError> first = await errors.OrderBy(e => e.N).Take(ErrorsShown).ToListAsync(cancellationToken);
            List<CodeCount> byCode = await errors.GroupBy(e => e.Code)
                .Select(g => new CodeCount(g.Key, g.Select(e => e.Row).Distinct().Count())).ToListAsync(cancellationToken);
            Dictionary<int, string> names = await db.People.AsNoTracking()
                .Where(p => p.PoolId == pool && (p.Id == batch.CreatedBy || p.Id == batch.ConfirmedBy))
                .ToDictionaryAsync(p => p.Id, p => p.FullName, cancellationToken);
            string bankName = await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Id == query.Bank).Select(o => o.Name).FirstAsync(cancellationToken);
            long? before = await db.ImportBatches.AsNoTracking()
                .Where(b => b.PoolId == pool && b.BankId == query.Bank && b.Id < batch.Id && b.State == "registered" && b.Kind == batch.Kind)
                .Where(b => db.Files.Any(f => f.PoolId == pool && f.BankId == query.Bank && f.Id == b.FileId && f.Sha256 == file.Sha256))
                .OrderByDescending(b => b.Id).Select(b => (long?)b.Id).FirstOrDefaultAsync(cancellationToken);
            bool own = actor.Acting.Bank == batch.BankId;
            if (!own)
            {
                first.ForEach(Hide);
            }

            return new Answer(batch, bankName, own, file.Name, file.Size, progress, first, [.. byCode.OrderByDescending(c => c.Rows)],
                batch.CreatedBy is { } creator ? names.GetValueOrDefault(creator) : null,
                batch.ConfirmedBy is { } confirmer ? names.GetValueOrDefault(confirmer) : null, before);
        }

        // A refused row's number and name may be a natural person's; whoever is not the bank sees them masked.
        private static void Hide(ImportError error) => error.Value = error.Field switch
        {
            "borrower_id" when error.Value is not null => Mask.Identity(error.Value),
            "borrower_name" when error.Value is not null => Mask.PersonName(error.Value),
            _ => error.Value,
        };
    }
}
