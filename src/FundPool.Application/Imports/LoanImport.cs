using FundPool.Application.Loans;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using Npgsql;

namespace FundPool.Application.Imports;

/// <summary>A file of loans: read, ruled, compared with the library in sets, and moved in (contract.md section 2).</summary>
internal sealed class LoanImport(NpgsqlConnection connection, ImportWork work, RuleBase rules, IPersonalNumbers numbers, Organisation bank) : IImport
{
    private readonly Stage stage = new(connection, work.Pool, work.Bank);
    private ErrorSpool errors = new();
    private int rows;

    public async Task<ImportCounts> CompareAsync(FileStream file, string name, CancellationToken ct)
    {
        await stage.OpenAsync(ct);
        try
        {
            ReadRows(file, name, ct);
        }
        catch
        {
            // The connection is in the middle of a COPY, in which it could not even roll back.
            await stage.AbandonAsync();
            throw;
        }

        work.Report("comparing", rows);
        await stage.CloseAsync(ct);
        (int added, int unchanged, int warned, long principal) = await stage.CountAsync(ct);
        ErrorSpool merged = ErrorSpool.Merge(errors, (await stage.RefusedAsync(ct)).Select(Said));
        errors.Dispose();
        errors = merged;
        return new ImportCounts(rows, added, unchanged, errors.Rows, warned, principal);
    }

    public IEnumerable<RowError> Errors() => errors.Read();

    public async Task KeepAsync(long batch, CancellationToken ct)
    {
        work.Report("writing", rows);
        await stage.RegisterAsync(batch, ct);
    }

    public void Dispose() => errors.Dispose();

    private void ReadRows(FileStream file, string name, CancellationToken ct)
    {
        using FileRows source = FileRows.Open(file, name, LoanFields.All, header => (int?)LoanFields.Find(header));
        bool removed = bank.IsRemovedOn(work.AsOf);
        while (source.Read())
        {
            rows++;
            work.Report("reading", rows);
            ct.ThrowIfCancellationRequested();
            List<RowError> cellErrors = source.CellErrors();
            if (cellErrors.Count > 0)
            {
                Refuse(source, cellErrors);
                continue;
            }

            LoanReading reading = LoanReader.Read(source.Cells);
            if (reading.Loan is not { } facts)
            {
                Refuse(source, reading.Problems.Select(source.ErrorOf));
                continue;
            }

            RegistrationRuling ruling = RegistrationRuling.On(facts, work.AsOf, work.Legacy, removed, rules.Rulebooks, rules.Facts);
            if (ruling.IsRefused)
            {
                Refuse(source, ruling.Refusals.Select(source.ErrorOf));
                continue;
            }

            Loan loan = LoanMapping.ToLoan(facts, work.Pool, work.Bank, numbers);
            LoanMapping.Admit(loan, ruling, work.AsOf, work.Person, work.LegacyReason);
            stage.Add(source.Row, loan);
        }
    }

    private void Refuse(FileRows source, IEnumerable<RowError> problems)
    {
        foreach (RowError problem in problems)
        {
            errors.Add(problem);
        }

        string noteNo = CellText.Clean(source.Cells[(int)LoanColumn.NoteNo], foldWidth: true);
        if (noteNo.Length is > 0 and <= 64)
        {
            stage.AddRefused(source.Row, noteNo);
        }
    }

    private static RowError Said((int Row, int FirstRow, string NoteNo) refused) => new(refused.Row,
        refused.FirstRow == 0 ? RegisterLoan.NoteExists(refused.NoteNo) : new Problem("note_no", "duplicate", new Words(
            $"借据编号“{refused.NoteNo}”与第 {refused.FirstRow} 行重复；请删除其中一行，或更正编号",
            $"Note number “{refused.NoteNo}” stands in row {refused.FirstRow} already; delete one of the rows or correct the number")), refused.NoteNo);
}
