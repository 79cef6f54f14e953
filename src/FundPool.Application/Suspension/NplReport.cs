using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Suspension;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Suspension;

/// <summary>The figures of a.17 as they were booked by the end of a day: what was registered later or reported later does not count yet.</summary>
public static class NplReport
{
    public sealed record Row(string Bank, StandingFigures Figures, bool Suspended);

    public static async Task<IReadOnlyList<Row>> RunAsync(NpgsqlDataSource source, int pool, DateOnly day, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(new Acting(Scope.Auditor, pool, null, null, null, "报表"), new Cause("NplReport"), ct);
        SuspensionRule rule = (await new RuleSource(TimeProvider.System).InAsync(db, ct)).Suspension;
        await using NpgsqlCommand select = new("""
            select o.code, count(l.id), coalesce(sum(l.principal_fen), 0)::bigint,
                   count(l.id) filter (where c.npl and l.library <> 'closed'),
                   coalesce(sum(l.principal_fen) filter (where c.npl and l.library <> 'closed'), 0)::bigint
            from tenancy.organisation o
            left join loan.loan l on l.pool_id = o.pool_id and l.bank_id = o.id and l.registered_on <= $2 and l.library <> 'struck_out'
            left join (
              select distinct on (bank_id, loan_id) bank_id, loan_id, risk_class in ('substandard', 'doubtful', 'loss') as npl
              from loan.classification where pool_id = $1 and booked_on <= $2 order by bank_id, loan_id, value_date desc, id desc
            ) c on c.bank_id = l.bank_id and c.loan_id = l.id
            where o.pool_id = $1 and o.kind = 'bank'
            group by o.code order by o.code
            """, db.Connection) { CommandTimeout = 600 };
        select.Parameters.Add(new NpgsqlParameter<int> { TypedValue = pool });
        select.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        await using NpgsqlDataReader reader = await select.ExecuteReaderAsync(ct);
        List<Row> rows = [];
        while (await reader.ReadAsync(ct))
        {
            StandingFigures figures = new(reader.GetInt64(1), new Money(reader.GetInt64(2)), reader.GetInt64(3), new Money(reader.GetInt64(4)));
            rows.Add(new Row(reader.GetString(0), figures, rule.After(figures.Ratio, suspendedBefore: false) == Standing.Suspended));
        }

        return rows;
    }
}
