using Npgsql;
using NpgsqlTypes;

namespace FundPool.Application.Loans;

/// <summary>
/// Works out anew what loans' classification reports add up to: the class of the latest value date, and since when the loan has been
/// non-performing without a break. Back-dated reports therefore move <c>npl_since</c>, not only what comes after them.
/// </summary>
internal static class Reclassify
{
    public static async Task<int> ApplyAsync(NpgsqlConnection connection, int pool, int bank, long[] loans, CancellationToken ct)
    {
        await using NpgsqlCommand update = new("""
            with reports as (
              select c.*, c.risk_class in ('substandard', 'doubtful', 'loss') as npl
              from loan.classification c where c.pool_id = $1 and c.bank_id = $2 and c.loan_id = any($3)
            ), latest as (
              select distinct on (loan_id) loan_id, risk_class, value_date, outstanding_fen, overdue_days
              from reports order by loan_id, value_date desc, id desc
            ), since as (
              select r.loan_id, min(r.value_date) as npl_since
              from reports r
              where r.npl and not exists (
                select from reports later where later.loan_id = r.loan_id and not later.npl and (later.value_date, later.id) > (r.value_date, r.id))
              group by r.loan_id
            )
            update loan.loan l
            set risk_class = latest.risk_class, class_date = latest.value_date, outstanding_fen = latest.outstanding_fen,
                overdue_days = latest.overdue_days, npl_since = since.npl_since
            from latest left join since using (loan_id)
            where l.pool_id = $1 and l.bank_id = $2 and l.id = latest.loan_id
              and (l.risk_class, l.class_date, l.outstanding_fen, l.overdue_days, l.npl_since)
                  is distinct from (latest.risk_class, latest.value_date, latest.outstanding_fen, latest.overdue_days, since.npl_since)
            """, connection) { CommandTimeout = 600 };
        update.Parameters.Add(new NpgsqlParameter<int> { TypedValue = pool });
        update.Parameters.Add(new NpgsqlParameter<int> { TypedValue = bank });
        update.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = loans, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        return await update.ExecuteNonQueryAsync(ct);
    }
}
