using FundPool.Application.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using Npgsql;
using NpgsqlTypes;

namespace FundPool.Application.Imports;

/// <summary>A file of classification reports: each row tells a registered loan's class from a day on (a.11(2)).</summary>
internal sealed class ClassImport(NpgsqlConnection connection, ImportWork work) : IImport
{
    private ErrorSpool errors = new();
    private int rows;

    public async Task<ImportCounts> CompareAsync(FileStream file, string name, CancellationToken ct)
    {
        await ExecuteAsync("""
            create temporary table stage (row_no int not null, note_no text collate "C" not null, risk_class text not null, value_date date not null,
              outstanding_fen bigint not null, overdue_days int, loan_id bigint, verdict text) on commit drop
            """, ct);
        await using (NpgsqlBinaryImporter writer = await connection.BeginBinaryImportAsync(
            "copy stage (row_no, note_no, risk_class, value_date, outstanding_fen, overdue_days) from stdin (format binary)", ct))
        {
            using FileRows source = FileRows.Open(file, name, ClassFields.All, header => (int?)ClassFields.Find(header));
            while (source.Read())
            {
                rows++;
                work.Report("reading", rows);
                List<RowError> problems = source.CellErrors();
                if (problems.Count == 0)
                {
                    ClassReading reading = ClassReader.Read(source.Cells);
                    if (reading.Report is { } report)
                    {
                        writer.StartRow();
                        writer.Write(source.Row);
                        writer.Write(report.NoteNo);
                        writer.Write(LoanCodes.RiskClasses.Code(report.RiskClass));
                        writer.Write(report.ClassDate, NpgsqlDbType.Date);
                        writer.Write(report.OutstandingPrincipal.Fen);
                        if (report.OverdueDays is { } days)
                        {
                            writer.Write(days);
                        }
                        else
                        {
                            writer.WriteNull();
                        }

                        continue;
                    }

                    problems = [.. reading.Problems.Select(source.ErrorOf)];
                }

                problems.ForEach(errors.Add);
            }

            await writer.CompleteAsync(ct);
        }

        work.Report("comparing", rows);
        // Of two reports on one note and day the second loses; what the library already holds word for word is unchanged.
        await ExecuteAsync($"""
            analyze stage;
            update stage s set loan_id = l.id,
              verdict = case when s.value_date < l.loan_date then 'before_loan' when s.value_date > date '{work.AsOf:yyyy-MM-dd}' then 'future'
                             when s.outstanding_fen > l.principal_fen then 'above_principal' when l.library in ('closed', 'struck_out') then 'ended' end
            from loan.loan l where l.pool_id = {work.Pool} and l.bank_id = {work.Bank} and l.note_no = s.note_no;
            update stage s set verdict = 'duplicate:' || d.first_row
            from (select row_no, min(row_no) over (partition by note_no, value_date) as first_row from stage) d
            where d.row_no = s.row_no and d.first_row < s.row_no;
            update stage s set verdict = 'unchanged'
            from (select distinct on (loan_id, value_date) loan_id, value_date, risk_class, outstanding_fen, overdue_days
                  from loan.classification where pool_id = {work.Pool} and bank_id = {work.Bank} order by loan_id, value_date, id desc) c
            where s.verdict is null and c.loan_id = s.loan_id and c.value_date = s.value_date and c.risk_class = s.risk_class
              and c.outstanding_fen = s.outstanding_fen and c.overdue_days is not distinct from s.overdue_days
            """, ct);

        List<RowError> refused = [];
        int accepted = 0, unchanged = 0;
        await using (NpgsqlCommand select = new("select row_no, note_no, coalesce(verdict, case when loan_id is null then 'unknown' else '' end) from stage order by row_no", connection))
        await using (NpgsqlDataReader reader = await select.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                string verdict = reader.GetString(2);
                if (verdict.Length == 0)
                {
                    accepted++;
                }
                else if (verdict == "unchanged")
                {
                    unchanged++;
                }
                else
                {
                    refused.Add(new RowError(reader.GetInt32(0), Said(verdict, reader.GetString(1)), reader.GetString(1)));
                }
            }
        }

        ErrorSpool merged = ErrorSpool.Merge(errors, refused);
        errors.Dispose();
        errors = merged;
        return new ImportCounts(rows, accepted, unchanged, errors.Rows, 0, 0);
    }

    public IEnumerable<RowError> Errors() => errors.Read();

    public async Task KeepAsync(long batch, CancellationToken ct)
    {
        work.Report("writing", rows);
        List<long> loans = [];
        await using (NpgsqlCommand insert = new($"""
            with added as (
              insert into loan.classification (pool_id, bank_id, loan_id, risk_class, value_date, booked_on, outstanding_fen, overdue_days, reported_by, batch_id)
              select {work.Pool}, {work.Bank}, loan_id, risk_class, value_date, $1, outstanding_fen, overdue_days, $2, {batch}
              from stage where verdict is null and loan_id is not null order by row_no
              returning loan_id)
            select distinct loan_id from added
            """, connection))
        {
            insert.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = work.AsOf });
            insert.Parameters.Add(new NpgsqlParameter { Value = (object?)work.Person ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
            await using NpgsqlDataReader reader = await insert.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                loans.Add(reader.GetInt64(0));
            }
        }

        await Reclassify.ApplyAsync(connection, work.Pool, work.Bank, [.. loans], ct);
    }

    public void Dispose() => errors.Dispose();

    private static Problem Said(string verdict, string note) => verdict switch
    {
        "unknown" => new("note_no", "unknown_code", new($"贷款项目库中没有借据“{note}”；请核对借据编号，或先登记该笔贷款", $"The loan library holds no note “{note}”; check the number, or register the loan first")),
        "ended" => new("note_no", "unknown_code", new($"借据“{note}”已结项或剔除，不再报告分类；请删除该行", $"Note “{note}” is closed or struck out; no class is reported any more")),
        "before_loan" => new("class_date", "range", new("认定日期早于借据日期；请核对", "The day of the class lies before the loan date; check it")),
        "future" => new("class_date", "range", new("认定日期晚于今天；请填写已认定的日期", "The day of the class lies in the future")),
        "above_principal" => new("outstanding_principal", "range", new("本金余额大于贷款金额；请核对", "The outstanding principal exceeds the amount lent; check it")),
        _ => new("note_no", "duplicate", new($"与第 {verdict["duplicate:".Length..]} 行是同一借据同一认定日期；请只保留一行", $"Same note and day as row {verdict["duplicate:".Length..]}; keep one")),
    };

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
