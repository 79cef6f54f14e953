using FundPool.Data.Loans;
using Npgsql;
using NpgsqlTypes;

namespace FundPool.Application.Imports;

/// <summary>
/// The temporary table that a file's rows are copied into, compared with the library and moved from, all in sets.
/// COPY can't write under row-level security, so that the way into the library is INSERT … SELECT, which obeys it.
/// </summary>
internal sealed class Stage(NpgsqlConnection connection, int pool, int bank)
{
    private const string Columns = """
        contract_no, note_no, borrower_name, borrower_key, borrower_id_shown, borrower_id_cipher, borrower_kind, industry, employees,
        revenue_fen, total_assets_fen, loan_date, maturity_date, currency, currency_principal, fx_rate, principal_fen, annual_rate,
        product, purpose, security, features, qualifications, total_balance_fen, credit_line_fen, other_cover, branch, registered_on,
        registered_by, legacy_reason, rulebook, expected_share_bp, warnings, content_hash, search_grams
        """;

    private NpgsqlBinaryImporter? writer;

    public async Task OpenAsync(CancellationToken ct)
    {
        await ExecuteAsync($"""
            create temporary table stage on commit drop as
            select 0 as row_no, true as ruled, {Columns} from loan.loan with no data;
            alter table stage alter note_no drop not null
            """, ct);
        writer = await connection.BeginBinaryImportAsync($"copy stage (row_no, ruled, {Columns}) from stdin (format binary)", ct);
    }

    /// <summary>A row that may enter.</summary>
    public void Add(int row, Loan loan)
    {
        NpgsqlBinaryImporter w = writer!;
        w.StartRow();
        w.Write(row);
        w.Write(true);
        w.Write(loan.ContractNo);
        w.Write(loan.NoteNo);
        w.Write(loan.BorrowerName);
        w.Write(loan.BorrowerKey);
        w.Write(loan.BorrowerIdShown);
        Write(w, loan.BorrowerIdCipher);
        w.Write(loan.BorrowerKind);
        w.Write(loan.Industry);
        Write(w, loan.Employees);
        Write(w, loan.RevenueFen);
        Write(w, loan.TotalAssetsFen);
        w.Write(loan.LoanDate, NpgsqlDbType.Date);
        w.Write(loan.MaturityDate, NpgsqlDbType.Date);
        w.Write(loan.Currency);
        w.Write(loan.CurrencyPrincipal);
        w.Write(loan.FxRate);
        w.Write(loan.PrincipalFen);
        w.Write(loan.AnnualRate);
        w.Write(loan.Product);
        w.Write(loan.Purpose);
        w.Write(loan.Security);
        w.Write(loan.Features);
        w.Write(loan.Qualifications);
        w.Write(loan.TotalBalanceFen);
        Write(w, loan.CreditLineFen);
        w.Write(loan.OtherCover);
        Write(w, loan.Branch);
        w.Write(loan.RegisteredOn, NpgsqlDbType.Date);
        Write(w, loan.RegisteredBy);
        Write(w, loan.LegacyReason);
        w.Write(loan.Rulebook);
        w.Write(loan.ExpectedShareBp);
        w.Write(loan.Warnings);
        w.Write(loan.ContentHash);
        w.Write(loan.SearchGrams);
    }

    /// <summary>A refused row: only its note's number counts, so that a second row with the same one is told.</summary>
    public void AddRefused(int row, string noteNo)
    {
        NpgsqlBinaryImporter w = writer!;
        w.StartRow();
        w.Write(row);
        w.Write(false);
        w.WriteNull();
        w.Write(noteNo);
        for (int i = 0; i < 33; i++)
        {
            w.WriteNull();
        }
    }

    /// <summary>Breaks off the copying of a file that is refused as a whole.</summary>
    public ValueTask AbandonAsync() => writer!.DisposeAsync();

    public async Task CloseAsync(CancellationToken ct)
    {
        await writer!.CompleteAsync(ct);
        await writer.DisposeAsync();
        // The second row of a note loses to the first; the rest is compared with the library by the digest of the content.
        // Statistics of what is joined by, and of no more: those of the lists of words would cost as much as the comparison.
        await ExecuteAsync($"""
            alter table stage add first_row int, add standing text;
            analyze stage (row_no, note_no);
            update stage s set first_row = d.first_row
            from (select note_no, min(row_no) as first_row from stage group by note_no having count(*) > 1) d
            where d.note_no = s.note_no and d.first_row < s.row_no;
            update stage s set standing = case when l.content_hash = s.content_hash then 'unchanged' else 'exists' end
            from loan.loan l
            where l.pool_id = {pool} and l.bank_id = {bank} and l.note_no = s.note_no and s.ruled and s.first_row is null
            """, ct);
    }

    /// <summary>How many rows are new and unchanged, and the new ones' principal in fen.</summary>
    public async Task<(int New, int Unchanged, int Warned, long PrincipalFen)> CountAsync(CancellationToken ct)
    {
        await using NpgsqlCommand count = new("""
            select count(*) filter (where standing is null), count(*) filter (where standing = 'unchanged'),
                   count(*) filter (where standing is null and cardinality(warnings) > 0),
                   coalesce(sum(principal_fen) filter (where standing is null), 0)::bigint
            from stage where ruled and first_row is null
            """, connection);
        await using NpgsqlDataReader reader = await count.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt64(3));
    }

    /// <summary>The rows that only the comparison refused, in order: a duplicate with the row it repeats, or 0 for one that exists with other content.</summary>
    public async Task<List<(int Row, int FirstRow, string NoteNo)>> RefusedAsync(CancellationToken ct)
    {
        await using NpgsqlCommand select = new("""
            select row_no, coalesce(first_row, 0), note_no from stage where first_row is not null or standing = 'exists' order by row_no
            """, connection);
        await using NpgsqlDataReader reader = await select.ExecuteReaderAsync(ct);
        List<(int, int, string)> refused = [];
        while (await reader.ReadAsync(ct))
        {
            refused.Add((reader.GetInt32(0), reader.GetInt32(1), reader.GetString(2)));
        }

        return refused;
    }

    /// <summary>
    /// Moves the new rows into the library, in the order of the file: that is how they lie in the stage, for a row is moved within it only
    /// by being marked as one that doesn't enter. So there is nothing to sort: a temporary table is always scanned from its beginning.
    /// </summary>
    public Task RegisterAsync(long batch, CancellationToken ct) => ExecuteAsync($"""
        insert into loan.loan (pool_id, bank_id, batch_id, {Columns})
        select {pool}, {bank}, {batch}, {Columns} from stage
        where ruled and first_row is null and standing is null
        """, ct);

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static void Write<T>(NpgsqlBinaryImporter w, T? value)
        where T : struct
    {
        if (value is { } known)
        {
            w.Write(known);
        }
        else
        {
            w.WriteNull();
        }
    }

    private static void Write<T>(NpgsqlBinaryImporter w, T? value)
        where T : class
    {
        if (value is not null)
        {
            w.Write(value);
        }
        else
        {
            w.WriteNull();
        }
    }
}
