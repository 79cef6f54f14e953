using Npgsql;

namespace FundPool.Application.Verification;

/// <summary>One thing that must always hold and does not.</summary>
/// <param name="Check">Which check found it.</param>
/// <param name="Where">The row or link.</param>
/// <param name="Problem">What is wrong there.</param>
public sealed record Violation(string Check, string Where, string Problem);

/// <summary>Checks on the live database what must always hold. Reads only; runs as the owner, since it looks across all fences.</summary>
public static class VerifyDatabase
{
    /// <summary>The checks in the order they run; each query answers (where, problem), one row a violation.</summary>
    public static IReadOnlyList<(string Name, string Sql)> Checks { get; } =
    [
        ("audit_chain", "select 'chain ' || chain || ', event ' || seq, problem from audit.breaks()"),
        ("audit_registrations", """
            select 'loan ' || l.pool_id || '/' || l.bank_id || '/' || l.id, 'no registration event with this content'
            from loan.loan l
            where not exists (select from audit.event e where e.entity = 'loan.loan' and e.entity_id = l.pool_id || '/' || l.bank_id || '/' || l.id
                              and e.after like '%"content": "' || l.content_hash || '"%')
              and not exists (select from audit.event e where e.entity = 'loan.loan' and e.action <> 'RegisterLoans'
                              and e.entity_id = l.pool_id || '/' || l.bank_id || '/' || l.id and e.after like '%"content_hash": "' || l.content_hash || '"%')
            """),
        ("library_membership", """
            select 'loan ' || pool_id || '/' || bank_id || '/' || id, 'in library ' || coalesce(library, 'none')
            from loan.loan where library is null or library not in ('loan', 'compensation', 'settlement', 'closed', 'struck_out')
            """),
        ("summary", """
            select 'bank ' || coalesce(s.bank_id, l.bank_id) || ', quarter ' || coalesce(s.quarter, l.quarter) || ', ' || coalesce(s.library, l.library) || ', ' || coalesce(s.risk_class, l.risk_class),
                   'summary ' || coalesce(s.loans, 0) || ' loans ' || coalesce(s.principal_fen, 0) || ' fen, library ' || coalesce(l.loans, 0) || ' loans ' || coalesce(l.fen, 0) || ' fen'
            from (select * from loan.summary where loans <> 0 or principal_fen <> 0) s
            full join (select pool_id, bank_id, quarter, library, risk_class, count(*) as loans, sum(principal_fen) as fen from loan.loan group by 1, 2, 3, 4, 5) l
              using (pool_id, bank_id, quarter, library, risk_class)
            where coalesce(s.loans, 0) <> coalesce(l.loans, 0) or coalesce(s.principal_fen, 0) <> coalesce(l.fen, 0)
            """),
        ("current_class", """
            select 'loan ' || l.pool_id || '/' || l.bank_id || '/' || l.id, 'is ' || l.risk_class || ', last report says ' || coalesce(c.risk_class, 'normal')
            from loan.loan l
            left join (select distinct on (pool_id, bank_id, loan_id) pool_id, bank_id, loan_id, risk_class from loan.classification
                       order by pool_id, bank_id, loan_id, value_date desc, id desc) c
              on c.pool_id = l.pool_id and c.bank_id = l.bank_id and c.loan_id = l.id
            where l.risk_class <> coalesce(c.risk_class, 'normal')
            """),
        ("files", """
            select 'file ' || f.pool_id || '/' || f.bank_id || '/' || f.id, 'holds ' || coalesce(c.size, 0) || ' of ' || f.size || ' bytes'
            from loan.file f
            left join (select pool_id, bank_id, file_id, sum(length(bytes)) as size from loan.file_chunk group by 1, 2, 3) c
              on c.pool_id = f.pool_id and c.bank_id = f.bank_id and c.file_id = f.id
            where coalesce(c.size, 0) <> f.size
            """),
        ("orphan_documents", """
            select 'file ' || f.pool_id || '/' || f.bank_id || '/' || f.id, 'belongs to nothing'
            from loan.file f
            where not exists (select from loan.document d where d.pool_id = f.pool_id and d.bank_id = f.bank_id and d.file_id = f.id)
              and not exists (select from loan.import_batch b where b.pool_id = f.pool_id and b.bank_id = f.bank_id and f.id in (b.file_id, b.error_file_id))
              and not exists (select from compensation.material m where m.pool_id = f.pool_id and m.bank_id = f.bank_id and m.file_id = f.id)
              and not exists (select from compensation.payout_paper p where p.pool_id = f.pool_id and p.bank_id = f.bank_id and p.file_id = f.id)
              and not exists (select from compensation.claim_file c where c.pool_id = f.pool_id and c.bank_id = f.bank_id and c.file_id = f.id)
              and not exists (select from compensation.objector o where o.pool_id = f.pool_id and o.organisation_id = f.bank_id and o.file_id = f.id)
              and not exists (select from compensation.bank_status s where s.pool_id = f.pool_id and s.bank_id = f.bank_id and s.file_id = f.id)
            """),
        ("batches", """
            select 'batch ' || b.pool_id || '/' || b.bank_id || '/' || b.id, 'says ' || b.accepted || ' accepted, the library holds ' || coalesce(l.n, 0)
            from loan.import_batch b
            left join (select pool_id, bank_id, batch_id, count(*) as n from loan.loan where batch_id is not null group by 1, 2, 3) l
              on l.pool_id = b.pool_id and l.bank_id = b.bank_id and l.batch_id = b.id
            where b.kind = 'loans' and coalesce(l.n, 0) <> case when b.state = 'registered' then b.accepted else 0 end
            """),
        .. MoneyChecks.All,
    ];

    /// <summary>Runs every check; the answer lists at most <paramref name="most"/> violations of each.</summary>
    public static async Task<IReadOnlyList<Violation>> RunAsync(NpgsqlDataSource owner, Action<string> progress, int most, CancellationToken ct)
    {
        List<Violation> violations = [];
        foreach ((string name, string sql) in Checks)
        {
            progress(name);
            await using NpgsqlCommand command = owner.CreateCommand($"select * from ({sql}) v limit {most}");
            command.CommandTimeout = 0;
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                violations.Add(new Violation(name, reader.GetString(0), reader.GetString(1)));
            }
        }

        return violations;
    }
}
