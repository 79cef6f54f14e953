using System.Diagnostics;
using FundPool.Application.Files;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Application.Spreadsheets;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Imports;

/// <summary>
/// Does the waiting step of one batch, whole or not at all: everything of a step is one transaction, and the batch's new state is part
/// of it. Whoever is killed in the middle leaves nothing behind but the waiting batch, which the next run takes up from the start.
/// An advisory lock of that transaction keeps a second runner away; it goes with the connection when its holder dies.
/// </summary>
public sealed class ImportRun(NpgsqlDataSource source, RuleSource rules, IPersonalNumbers numbers)
{
    private const int ErrorsKept = 1000;

    /// <summary>When work was done is told by the real clock: <c>--as-of</c> sets the day of the business, and the database sets <c>created_at</c> beside it.</summary>
    internal static DateTime WallClock => TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>What the run came to; null when another runner has the batch or nothing is waiting in it.</summary>
    public sealed record Answer(ImportBatch Batch, ImportCounts Counts, IReadOnlyList<RowError> FirstErrors, TimeSpan Time);

    public async Task<Answer?> RunAsync(int pool, int bank, long batchId, CancellationToken ct)
    {
        Stopwatch time = Stopwatch.StartNew();
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        (Acting acting, Cause cause)? who = await WhoAsync(db, pool, bank, batchId, ct);
        if (who is not { } known)
        {
            return null;
        }

        await using IDbContextTransaction transaction = await db.BeginAsync(known.acting, known.cause, ct);
        if (!await TryLockAsync(db, batchId, ct))
        {
            return null;
        }

        ImportBatch batch = await db.ImportBatches.FirstAsync(b => b.PoolId == pool && b.BankId == bank && b.Id == batchId, ct);
        if (batch.State is not ("checking" or "registering"))
        {
            return null;
        }

        bool keep = batch.State == "registering";
        StoredFile file = await db.Files.AsNoTracking().FirstAsync(f => f.PoolId == pool && f.BankId == bank && f.Id == batch.FileId, ct);
        DatabaseFileStore files = new(db);
        using FileStream content = await files.OpenAsync(pool, bank, batch.FileId, ct) ?? throw new InvalidOperationException($"The file of batch {batchId} is gone.");

        await using ProgressWriter progress = await ProgressWriter.OpenAsync(source, known.acting, batch, ct);
        ImportWork work = new(pool, bank, known.acting.Person, batch.AsOf, batch.LegacyReason, progress.Report);
        if (keep)
        {
            await LockBankAsync(db, pool, bank, ct);
        }

        using IImport import = batch.Kind == "loans"
            ? new LoanImport(db.Connection, work, await rules.InAsync(db, ct), numbers, await db.Organisations.AsNoTracking().FirstAsync(o => o.PoolId == pool && o.Id == bank, ct))
            : new ClassImport(db.Connection, work);
        ImportCounts counts;
        try
        {
            counts = await import.CompareAsync(content, file.Name, ct);
        }
        catch (Exception refused) when (refused is SpreadsheetRefused or ImportRefused)
        {
            await transaction.RollbackAsync(ct);
            await progress.DisposeAsync();
            return await RefuseAsync(known.acting, known.cause, batch, refused, time, ct);
        }

        bool allRefused = batch.AllOrNothing && counts.Rejected > 0;
        if (keep && !allRefused)
        {
            await import.KeepAsync(batchId, ct);
        }

        List<RowError> first = [.. import.Errors().Take(ErrorsKept)];
        await KeepErrorsAsync(db, batch, first, ct);
        batch.ErrorFileId = null;
        if (counts.Rejected > 0)
        {
            content.Position = 0;
            using FileStream workbook = TemporaryFile.Create();
            ErrorWorkbook.Write(content, file.Name, import.Errors().Select(e => new RowProblem(e.Row, e.Problem)), workbook,
                ImportTemplates.FieldsOf(batch.Kind == "loans" ? ImportKind.Loans : ImportKind.Classes));
            workbook.Position = 0;
            StoredFile stored = await files.SaveAsync(pool, bank, workbook, Path.GetFileNameWithoutExtension(file.Name) + "-错误说明.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", known.acting.Person, ct);
            batch.ErrorFileId = stored.Id;
        }

        batch.State = !keep ? "checked" : allRefused ? "failed" : "registered";
        batch.Rows = counts.Rows;
        batch.Accepted = allRefused ? 0 : counts.Accepted;
        batch.Unchanged = counts.Unchanged;
        batch.Rejected = counts.Rejected;
        batch.Warned = counts.Warned;
        batch.AcceptedPrincipalFen = allRefused ? 0 : counts.PrincipalFen;
        if (allRefused && keep)
        {
            (batch.FailureZh, batch.FailureEn) = ("要求整批通过，但有被拒的行，未登记任何一行", "All or nothing was asked for and rows are refused; no row was registered");
        }

        batch.FinishedAt = WallClock;
        await db.SaveChangesAsync(ct);
        if (keep && !allRefused)
        {
            RuleBase at = await rules.InAsync(db, ct);
            await new MeasureStanding(db).MeasureAsync(pool, bank, at, known.cause.Action, batch.AsOf, ct);
        }

        await transaction.CommitAsync(ct);
        progress.Report("done", counts.Rows);
        return new Answer(batch, counts with { Accepted = batch.Accepted ?? 0 }, first, time.Elapsed);
    }

    /// <summary>What a batch that another runner has ended came to; null while it has not.</summary>
    public async Task<Answer?> ReadAsync(int pool, int bank, long batchId, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.SystemFor(pool, bank), new Cause("ReadImport"), ct);
        ImportBatch batch = await db.ImportBatches.AsNoTracking().FirstAsync(b => b.PoolId == pool && b.BankId == bank && b.Id == batchId, ct);
        if (batch.State is "checking" or "registering")
        {
            return null;
        }

        List<ImportError> errors = await db.ImportErrors.AsNoTracking().Where(e => e.PoolId == pool && e.BankId == bank && e.BatchId == batchId).OrderBy(e => e.N).ToListAsync(ct);
        return new Answer(batch, new ImportCounts(batch.Rows ?? 0, batch.Accepted ?? 0, batch.Unchanged ?? 0, batch.Rejected ?? 0, batch.Warned ?? 0, batch.AcceptedPrincipalFen ?? 0),
            [.. errors.Select(e => new RowError(e.Row, new Problem(e.Field, e.Code, new Words(e.MessageZh, e.MessageEn)), e.Value))],
            (batch.FinishedAt - batch.ConfirmedAt) ?? TimeSpan.Zero);
    }

    /// <summary>After something unforeseen: the batch is given up with a sentence, so that nobody waits for it.</summary>
    public async Task GiveUpAsync(int pool, int bank, long batchId, string trace, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.SystemFor(pool, bank), new Cause("GiveUpImport", Trace: trace), ct);
        // Another runner may be at it, or may have ended it after all: only a batch that still waits is given up.
        if (!await TryLockAsync(db, batchId, ct)
            || await db.ImportBatches.FirstAsync(b => b.PoolId == pool && b.BankId == bank && b.Id == batchId, ct) is not { State: "checking" or "registering" } batch)
        {
            return;
        }

        batch.State = "failed";
        batch.FailureZh = $"处理时发生系统错误，未登记任何一行；请重新上传，仍不成功请联系管理员并告知编号 {trace}";
        batch.FailureEn = $"A system error occurred and no row was registered; upload again, or tell the administrator the number {trace}";
        batch.FinishedAt = WallClock;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<(Acting, Cause)?> WhoAsync(FundPoolDb db, int pool, int bank, long batchId, CancellationToken ct)
    {
        await using IDbContextTransaction look = await db.BeginAsync(Acting.SystemFor(pool, bank), new Cause("RunImport"), ct);
        ImportBatch? batch = await db.ImportBatches.AsNoTracking().FirstOrDefaultAsync(b => b.PoolId == pool && b.BankId == bank && b.Id == batchId, ct);
        if (batch is null)
        {
            return null;
        }

        int? person = batch.ConfirmedBy ?? batch.CreatedBy;
        await db.Database.ExecuteSqlAsync($"select set_config('app.organisation', {bank.ToString(System.Globalization.CultureInfo.InvariantCulture)}, true)", ct);
        string name = await db.People.AsNoTracking().Where(p => p.PoolId == pool && p.OrganisationId == bank && p.Id == person).Select(p => p.FullName).FirstOrDefaultAsync(ct) ?? "系统";
        string action = batch.Kind == "classes" ? "ReportClassifications" : batch.State == "registering" ? "RegisterLoans" : "CheckImport";
        string article = batch.Kind == "classes" ? "11(2)" : "19(1)";
        return (new Acting(Scope.Bank, pool, bank, bank, person, name), new Cause(action, batch.LegacyReason, article));
    }

    private async Task<Answer> RefuseAsync(Acting acting, Cause cause, ImportBatch batch, Exception refused, Stopwatch time, CancellationToken ct)
    {
        IReadOnlyList<Problem> problems = refused is ImportRefused columns ? columns.Problems
            : [new Problem("file", "format", ((SpreadsheetRefused)refused).Words)];
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(acting, cause, ct);
        ImportBatch failed = await db.ImportBatches.FirstAsync(b => b.PoolId == batch.PoolId && b.BankId == batch.BankId && b.Id == batch.Id, ct);
        failed.State = "failed";
        failed.FailureZh = string.Join("；", problems.Select(p => p.Message.Zh));
        failed.FailureEn = string.Join("; ", problems.Select(p => p.Message.En));
        failed.Rows = failed.Accepted = failed.Unchanged = failed.Rejected = 0;
        failed.FinishedAt = WallClock;
        await db.SaveChangesAsync(ct);
        List<RowError> errors = [.. problems.Select(p => new RowError(1, p, null))];
        await KeepErrorsAsync(db, failed, errors, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new Answer(failed, new ImportCounts(0, 0, 0, 0, 0, 0), errors, time.Elapsed);
    }

    private static async Task KeepErrorsAsync(FundPoolDb db, ImportBatch batch, List<RowError> errors, CancellationToken ct)
    {
        await db.ImportErrors.Where(e => e.PoolId == batch.PoolId && e.BankId == batch.BankId && e.BatchId == batch.Id).ExecuteDeleteAsync(ct);
        db.ImportErrors.AddRange(errors.Select((error, n) => new ImportError
        {
            PoolId = batch.PoolId,
            BankId = batch.BankId,
            BatchId = batch.Id,
            N = n,
            Row = error.Row,
            Field = error.Problem.Field,
            Code = error.Problem.Code,
            MessageZh = error.Problem.Message.Zh,
            MessageEn = error.Problem.Message.En,
            Value = error.Value is { } value ? Beginning.Of(value, 200) : null,
        }));
    }

    private static async Task<bool> TryLockAsync(FundPoolDb db, long batch, CancellationToken ct) =>
        await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock(4711, {(int)batch}) as \"Value\"").SingleAsync(ct);

    // Two imports of one bank one after the other: the second compares with what the first has written.
    private static Task LockBankAsync(FundPoolDb db, int pool, int bank, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({4712 + pool}, {bank})", ct);
}
