using Npgsql;

namespace FloorApp;

public sealed record LoanRow(int Bank, long Id, string NoteNo, string ContractNo, string Borrower, string BorrowerId, string Kind, DateOnly Lent, DateOnly Due,
    long Fen, decimal Rate, int Share, string Class, string Library, DateOnly Registered, string? Branch);

/// <summary>The query of the portal's own list: the newest 50 of a bank.</summary>
public static class Loans
{
    public static async Task<List<LoanRow>> NewestAsync(NpgsqlDataSource source, int bank)
    {
        await using NpgsqlCommand select = source.CreateCommand("""
            select bank_id, id, note_no, contract_no, borrower_name, borrower_id_shown, borrower_kind, loan_date, maturity_date, principal_fen,
                   annual_rate, expected_share_bp, risk_class, library, registered_on, branch
            from loan.loan where pool_id = 1 and bank_id = $1 order by loan_date desc, id desc limit 50
            """);
        select.Parameters.Add(new NpgsqlParameter<int> { TypedValue = bank });
        await using NpgsqlDataReader r = await select.ExecuteReaderAsync();
        List<LoanRow> rows = new(50);
        while (await r.ReadAsync())
        {
            rows.Add(new LoanRow(r.GetInt32(0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6),
                r.GetFieldValue<DateOnly>(7), r.GetFieldValue<DateOnly>(8), r.GetInt64(9), r.GetDecimal(10), r.GetInt32(11), r.GetString(12), r.GetString(13),
                r.GetFieldValue<DateOnly>(14), r.IsDBNull(15) ? null : r.GetString(15)));
        }

        return rows;
    }
}
